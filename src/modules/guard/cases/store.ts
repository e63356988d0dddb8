import { intArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { CaseEnd } from '../acting/store.ts';
import { isPackedOfLayout, unpackState } from '../fold/packed-state.ts';

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

/** Cases, what is open first and of that the strongest evidence; then the newest. Or one of them alone. */
export async function listCaseRows(
  db: Database,
  asked: { readonly most: number; readonly only?: string; readonly account?: number },
): Promise<CaseRow[]> {
  const rows = await db<CaseRow[]>`
    select id::text as id, account, organisation, profession, is_shadow as "isShadow", state, level, bits,
        is_honey as "isHoney", opened_at as "openedAt", closed_at as "closedAt"
      from guard.case_file
     where (${asked.only ?? null}::text is null or id = ${asked.only ?? null}::text::bigint)
       and (${asked.account ?? null}::int is null or account = ${asked.account ?? null}::int)
     order by (state = 'open' and not is_shadow) desc, state = 'open' desc,
       case when state = 'open' then level end desc, case when state = 'open' then bits end desc,
       opened_at desc, id desc
     limit ${asked.most}::int`;
  return [...rows];
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
  readonly reasonSealed: Buffer | null;
};

/** The steps of a case, the first first. */
export async function listSteps(db: Database, id: string): Promise<StepRow[]> {
  const rows = await db<StepRow[]>`
    select at, what, from_standing as "from", to_standing as "to", by, lane, seq::text as seq,
        entry_seq::text as "entrySeq", bits, reason_sealed as "reasonSealed"
      from guard.case_step where case_file = ${id}::text::bigint order by id`;
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
export type AccountStepRow = StepRow & {
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
