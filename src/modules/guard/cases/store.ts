import { intArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { type CaseEnd, pointsMost } from '../acting/store.ts';
import { isPackedOfLayout, unpackState } from '../fold/packed-state.ts';
import type { CasePart, CasePlace } from './case-place.ts';

type Fragment = ReturnType<typeof causeOf>;

/** A case as a list shows it; standings are places in the list of standings. */
export type CaseRow = {
  readonly id: string;
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly isShadow: boolean;
  readonly state: 'open' | CaseEnd;
  readonly level: number;
  readonly bits: number;
  readonly isHoney: boolean;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
};

/**
 * What led to a step of the guard: the evidence of the account itself or of its group, a lower bar because a
 * member linked to it was confirmed, a sweep that found it, or a person who confirmed its campaign.
 */
export const causes = ['own', 'group', 'confirmed-member', 'sweep', 'person'] as const;
export type Cause = (typeof causes)[number];

/** A case with what led to its strongest step, and the sweep that found it, if one did. */
export type CausedCaseRow = CaseRow & { readonly ledBy: Cause; readonly sweep: string | null };

/**
 * Cases of one part, in its order: what is open by the strictest step and the strongest evidence, the newest
 * of equals first; what ended by number, the newest first. So many at most, from after a place on.
 */
export async function listCaseRows(
  db: Database,
  asked: {
    readonly part: CasePart;
    readonly most: number;
    readonly account?: number | undefined;
    readonly after?: CasePlace | undefined;
  },
): Promise<CausedCaseRow[]> {
  const { part, most, account, after } = asked;
  const isOfPart = {
    open: db`f.state = 'open' and not f.is_shadow`,
    watching: db`f.state = 'open' and f.is_shadow`,
    ended: db`f.state <> 'open'`,
  }[part];
  const order = part === 'ended' ? db`f.id desc` : db`f.level desc, f.bits desc, f.id desc`;
  const picked = db`
    select f.* from guard.case_file f
     where ${isOfPart} and (${account ?? null}::int is null or f.account = ${account ?? null}::int)
       and ${after === undefined ? db`true` : isBehind(db, after)}
     order by ${order} limit ${most}::int`;
  return readCaused(db, picked, order);
}

/** A case by its number. */
export async function findCaseRow(db: Database, id: string): Promise<CausedCaseRow | undefined> {
  const [row] = await readCaused(
    db,
    db`select * from guard.case_file where id = ${id}::text::bigint`,
    db`f.id`,
  );
  return row;
}

/** Whether a case stands behind a place of its part. */
function isBehind(db: Database, { part, level, bits, id }: CasePlace): Fragment {
  if (part === 'ended') return db`f.id < ${id}::text::bigint`;
  return db`(f.level, f.bits, f.id) < (${level}::int, ${String(bits)}::text::float8, ${id}::text::bigint)`;
}

/** Cases that were picked, with what led to the strongest step of each. */
async function readCaused(db: Database, picked: Fragment, order: Fragment): Promise<CausedCaseRow[]> {
  const rows = await db<CausedCaseRow[]>`
    select f.id::text as id, f.account, f.organisation, f.profession, f.is_shadow as "isShadow", f.state,
        f.level, f.bits, f.is_honey as "isHoney", f.opened_at as "openedAt", f.closed_at as "closedAt",
        coalesce(led.cause, 'own') as "ledBy",
        (select min(found.sweep)::text from guard.sweep_account found
          where led.cause = 'sweep' and found.account = f.account and found.lane = led.lane
            and found.seq = led.seq) as sweep
      from (${picked}) f
      left join lateral (
        select s.lane, s.seq, ${causeOf(db)} as cause from guard.case_step s
         where s.case_file = f.id and s.what = 'contained'
         order by s.is_honey desc, s.bits desc, s.to_standing desc limit 1) led on true
     order by ${order}`;
  return [...rows];
}

/** How many cases there are: open, open and only watching, ended. */
export type CaseCounts = { readonly open: number; readonly watching: number; readonly ended: number };

/** Counts cases; of one account, when one is given. */
export async function countCases(db: Database, account?: number): Promise<CaseCounts> {
  const [row] = await db<CaseCounts[]>`
    select count(*) filter (where state = 'open' and not is_shadow)::int as open,
        count(*) filter (where state = 'open' and is_shadow)::int as watching,
        count(*) filter (where state <> 'open')::int as ended
      from guard.case_file
     where ${account ?? null}::int is null or account = ${account ?? null}::int`;
  return row ?? { open: 0, watching: 0, ended: 0 };
}

/**
 * The cause of a step `s`. Only a step of the account's own evidence has a point with the same bits at its
 * lookup; where a case has as many points as it keeps, the last are missing. Without evidence of detectors it
 * was a sweep (no bits), a lower bar, or a person (who alone suspends so).
 */
function causeOf(db: Database) {
  return db`
    case when s.is_honey or s.bits is null then 'own'
         when s.own = '{}' and s.bits = 0 then 'sweep'
         when s.own = '{}' and s.to_standing = 3 then 'person'
         when s.own = '{}' then 'confirmed-member'
         when exists (select from guard.evidence e where e.case_file = s.case_file and e.lane = s.lane
                         and e.seq = s.seq and e.bits = s.bits)
           or (select count(*) from guard.evidence e where e.case_file = s.case_file)
              >= ${pointsMost}::int then 'own'
         else 'group' end`;
}

/** A step of a case, its reason still sealed. */
export type StepRow = {
  readonly at: Date;
  readonly what: 'contained' | CaseEnd;
  readonly from: number;
  readonly to: number;
  readonly by: number;
  readonly lane: number | null;
  readonly seq: string | null;
  readonly entrySeq: string | null;
  readonly bits: number | null;
  /** Null for what the guard did not lead to. */
  readonly ledBy: Cause | null;
  readonly reasonSealed: Buffer | null;
};

/** The steps of a case, the first first. */
export async function listSteps(db: Database, id: string): Promise<StepRow[]> {
  const rows = await db<StepRow[]>`
    select at, what, from_standing as "from", to_standing as "to", by, lane, seq::text as seq,
        entry_seq::text as "entrySeq", bits, reason_sealed as "reasonSealed",
        case when what = 'contained' then ${causeOf(db)} end as "ledBy"
      from guard.case_step s where case_file = ${id}::text::bigint order by id`;
  return [...rows];
}

/** The evidence after a lookup. */
export type PointRow = {
  readonly lane: number;
  readonly seq: string;
  readonly at: Date;
  readonly bits: number;
  readonly own: readonly number[];
};

/** How the evidence of a case came about, in order. */
export async function listPoints(db: Database, id: string): Promise<PointRow[]> {
  const rows = await db`
    select lane, seq::text as seq, at, bits, own::text as own from guard.evidence
     where case_file = ${id}::text::bigint order by lane, evidence.seq`;
  return rows.map(
    ({ own, ...row }) => ({ ...row, own: own.slice(1, -1).split(',').map(Number) }) as PointRow,
  );
}

/** The newest case of an account that is no shadow and open. */
export async function findOwnCase(db: Database, account: number): Promise<CaseRow | undefined> {
  const [row] = await db<CaseRow[]>`
    select id::text as id, account, organisation, profession, is_shadow as "isShadow", state, level, bits,
        is_honey as "isHoney", opened_at as "openedAt", closed_at as "closedAt"
      from guard.case_file where account = ${account} and state = 'open' and not is_shadow`;
  return row;
}

/** When the last step of a case was taken. */
export async function lastStepAt(db: Database, id: string): Promise<Date | null> {
  const [row] = await db`select max(at) as at from guard.case_step where case_file = ${id}::text::bigint`;
  return row?.at ?? null;
}

/** An account as the last snapshot left it. */
export type StateRow = { readonly account: number; readonly state: Uint8Array };

/** What the last snapshots say of accounts; nothing of those of another layout. */
export async function listStates(db: Database, accounts: readonly number[]): Promise<StateRow[]> {
  const rows = await db<{ account: number; state: Buffer }[]>`
    select account, state from guard.account_state
     where account = any (${intArray(accounts)}::text::int[])`;
  return rows
    .filter(({ state }) => isPackedOfLayout(state))
    .map(({ account, state }) => ({ account, state: unpackState(state) }));
}

/** The newest place of each account's cases, of those that are open. */
export async function listNewestPoints(
  db: Database,
  accounts: readonly number[],
): Promise<{ readonly account: number; readonly at: Date; readonly bits: number }[]> {
  const rows = await db`
    select c.account, e.at, e.bits from guard.case_file c
      cross join lateral (select at, bits from guard.evidence where case_file = c.id
                           order by lane desc, seq desc limit 1) e
     where c.account = any (${intArray(accounts)}::text::int[]) and c.state = 'open'`;
  return rows.map(({ account, at, bits }) => ({ account, at, bits }));
}

/** A step about an account, in shadow or not. */
export type AccountStepRow = Omit<StepRow, 'ledBy'> & {
  readonly account: number;
  readonly caseFile: string;
  readonly isShadow: boolean;
};

/** Steps about accounts since an instant, the first first. */
export async function listStepsSince(
  db: Database,
  asked: { readonly accounts: readonly number[]; readonly since: Date },
): Promise<AccountStepRow[]> {
  const rows = await db<AccountStepRow[]>`
    select s.account, s.case_file::text as "caseFile", c.is_shadow as "isShadow", s.at, s.what,
        s.from_standing as "from", s.to_standing as "to", s.by, s.lane, s.seq::text as seq,
        s.entry_seq::text as "entrySeq", s.bits, s.reason_sealed as "reasonSealed"
      from guard.case_step s join guard.case_file c on c.id = s.case_file
     where s.account = any (${intArray(asked.accounts)}::text::int[]) and s.at >= ${asked.since}
     order by s.id`;
  return [...rows];
}

/** The newest cases of an account that changed something, and are no older than so many days. */
export async function listOwnCases(
  db: Database,
  asked: { readonly account: number; readonly days: number; readonly most: number },
): Promise<CaseRow[]> {
  const rows = await db<CaseRow[]>`
    select id::text as id, account, organisation, profession, is_shadow as "isShadow", state, level, bits,
        is_honey as "isHoney", opened_at as "openedAt", closed_at as "closedAt"
      from guard.case_file
     where account = ${asked.account} and not is_shadow
       and opened_at > ledger.now() - make_interval(days => ${asked.days}::int)
     order by opened_at desc, id desc limit ${asked.most}::int`;
  return [...rows];
}
