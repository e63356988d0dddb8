import { intArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { SweepPlaces } from './places.ts';
import type { Judged, NetworkUse, Sought } from './sought.ts';

/** A sweep as a list shows it. */
export type SweepRow = {
  readonly sweep: string;
  readonly campaign: string | null;
  readonly case: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly from: Date;
  readonly to: Date;
  readonly entries: number;
  /** How many accounts it found, and the people told to them. */
  readonly found: number;
  readonly people: number;
};

/** Sweeps, the newest first; of one campaign or case alone, if asked. */
export async function listSweepRows(
  db: Database,
  asked: SweepFilter & { readonly most: number },
): Promise<SweepRow[]> {
  const rows = await db<SweepRow[]>`
    select asked.*, f.found, f.people from ${sweepsOf(db, asked)} asked
      cross join lateral (
        select count(*)::int as found, coalesce(sum(people), 0)::int as people
          from guard.sweep_account where sweep = asked.sweep::bigint) f
     order by asked."startedAt" desc, asked.sweep::bigint desc
     limit ${asked.most}::int`;
  return [...rows];
}

/** Of what sweeps are asked: all of them, those of one campaign, or that of one case. */
export type SweepFilter = { readonly campaign?: string; readonly caseFile?: string };

/** How many sweeps a list that is not cut would show. */
export async function countSweeps(db: Database, filter: SweepFilter): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from ${sweepsOf(db, filter)} asked`;
  return row?.count ?? 0;
}

function sweepsOf(db: Database, { campaign, caseFile }: SweepFilter) {
  return db`(
    select * from (
      select s.id::text as sweep, s.case_file::text as case, s.started_at as "startedAt",
          s.ended_at as "endedAt", s.from_at as "from", s.to_at as "to", s.entries::float8 as entries,
          (select max(coalesce(c.part_of, c.id))::text from guard.campaign_member m
             join guard.campaign c on c.id = m.campaign where m.account = s.account) as campaign
        from guard.sweep s) all_of_them
     where (${campaign ?? null}::text is null or campaign = ${campaign ?? null}::text)
       and (${caseFile ?? null}::text is null or "case" = ${caseFile ?? null}::text))`;
}

/** An account that a sweep found; families as a set. */
export type FoundRow = {
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly families: number;
  readonly people: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
};

/** Whom a sweep found, those with the most people first, 1,000 at most: `SweepRow.found` says how many. */
export async function listFound(db: Database, sweep: string): Promise<FoundRow[]> {
  const rows = await db<FoundRow[]>`
    select account, organisation, profession, families, people, first_at as "firstAt", last_at as "lastAt"
      from guard.sweep_account where sweep = ${sweep}::text::bigint
     order by people desc, account limit 1000`;
  return [...rows];
}

/** Asks for a sweep, once a case. */
export async function insertSweep(
  tx: Transaction,
  asked: { readonly caseFile: string; readonly account: number; readonly days: number },
): Promise<void> {
  await tx`
    insert into guard.sweep (case_file, account, started_at, from_at, to_at)
    values (${asked.caseFile}::text::bigint, ${asked.account}, ledger.now(),
      ledger.now() - make_interval(days => ${asked.days}::int), ledger.now())
    on conflict (case_file) do nothing`;
}

/** A sweep that goes on. Microseconds UTC; sought is null before it is known, and there are no places. */
export type RunningSweep = {
  readonly id: string;
  readonly account: number;
  readonly organisation: number;
  readonly containedAt: number;
  readonly fromAt: number;
  readonly toAt: number;
  readonly sought: Sought | null;
  readonly places: SweepPlaces;
};

/** Sweeps that go on, the oldest first, so many as one reading serves well. */
export async function listRunning(db: Database): Promise<RunningSweep[]> {
  const rows = await db<(Omit<RunningSweep, 'sought' | 'places'> & Record<'sought' | 'places', string>)[]>`
    select s.id::text as id, s.account, c.organisation, s.sought, s.places,
        (extract(epoch from c.opened_at) * 1000000)::float8 as "containedAt",
        (extract(epoch from s.from_at) * 1000000)::float8 as "fromAt",
        (extract(epoch from s.to_at) * 1000000)::float8 as "toAt"
      from guard.sweep s join guard.case_file c on c.id = s.case_file
     where s.ended_at is null order by s.id limit 100`;
  return rows.map((row) => ({
    ...row,
    sought: row.sought === null ? null : JSON.parse(row.sought),
    places: JSON.parse(row.places),
  }));
}

/** Keeps what is sought, and where in each lane the search begins. */
export async function keepSought(
  db: Database,
  sweep: { readonly id: string; readonly sought: Sought; readonly places: SweepPlaces },
): Promise<void> {
  await db`
    update guard.sweep set sought = ${JSON.stringify(sweep.sought)}, places = ${JSON.stringify(sweep.places)}
     where id = ${sweep.id}::text::bigint and sought is null`;
}

/** Moves a sweep on; false when somebody else moved it, or it ended. */
export async function moveSweep(
  tx: Transaction,
  to: {
    readonly id: string;
    readonly before: SweepPlaces;
    readonly places: SweepPlaces;
    readonly entries: number;
  },
): Promise<boolean> {
  const rows = await tx`
    update guard.sweep set places = ${JSON.stringify(to.places)}, entries = entries + ${to.entries}
     where id = ${to.id}::text::bigint and places = ${JSON.stringify(to.before)} and ended_at is null
    returning id`;
  return rows.length === 1;
}

/** A find as it is kept; instants as text. */
export type KeptFind = {
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly networkAt: string | null;
  readonly clientAt: string | null;
  /** As far as was read: a set, without what is judged at the end. */
  readonly families: number;
  readonly people: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly lane: number;
  readonly seq: number;
};

/** Adds to what was found before, in the transaction that moves the sweep on. */
export async function addFound(tx: Transaction, sweep: string, found: readonly KeptFind[]): Promise<void> {
  for (const each of found)
    await tx`
      insert into guard.sweep_account (sweep, account, organisation, profession, families, people, first_at,
        last_at, lane, seq, network_at, client_at)
      values (${sweep}::text::bigint, ${each.account}, ${each.organisation}, ${each.profession},
        ${each.families}::int::smallint, ${each.people}, ${each.firstAt}::text::timestamptz,
        ${each.lastAt}::text::timestamptz, ${each.lane}::int::smallint,
        ${String(each.seq)}::text::bigint, ${each.networkAt}::text::timestamptz,
        ${each.clientAt}::text::timestamptz)
      on conflict (sweep, account) do update set families = sweep_account.families | excluded.families,
        people = sweep_account.people + excluded.people, last_at = excluded.last_at, seq = excluded.seq,
        network_at = least(sweep_account.network_at, excluded.network_at),
        client_at = least(sweep_account.client_at, excluded.client_at)`;
}

/** So many users of a network are kept: one beyond suspicion decides already. */
export const usersMost = 100;

/** Adds who was seen on the networks that are looked for, in the same transaction. */
export async function addUsers(tx: Transaction, sweep: string, uses: readonly NetworkUse[]): Promise<void> {
  if (uses.length === 0) return;
  await tx`
    insert into guard.sweep_network (sweep, network, account)
    select ${sweep}::text::bigint, network, account
      from unnest(${intArray(uses.map(({ network }) => network))}::text::int[],
        ${intArray(uses.map(({ account }) => account))}::text::int[]) as given(network, account)
     where (select count(*) from guard.sweep_network u
             where u.sweep = ${sweep}::text::bigint and u.network = given.network) < ${usersMost}::int
    on conflict do nothing`;
}

/** How many other accounts a sweep found on each network it looked for. */
export async function countUsers(
  db: Database,
  sweeps: readonly string[],
): Promise<{ readonly sweep: string; readonly network: number; readonly others: number }[]> {
  const rows = await db<{ sweep: string; network: number; others: number }[]>`
    with sought as (
      select s.id, (n.value)::text::int as network
        from guard.sweep s, json_array_elements((s.sought::json) -> 'networks') n
       where s.id = any (${intArray(sweeps.map(BigInt))}::text::bigint[]) and s.sought is not null)
    select id::text as sweep, network, (
        select count(*)::int from guard.sweep_network u where u.sweep = id and u.network = sought.network)
        as others
      from sought order by id, network`;
  return [...rows];
}

/** A find that is to be judged. Microseconds UTC. */
export type FindToJudge = {
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly networkAt: number | null;
  readonly clientAt: number | null;
  readonly people: number;
  readonly at: number;
  readonly lane: number;
  readonly seq: number;
};

/** Whom a sweep found, in the order of their accounts. */
export async function listToJudge(db: Database, sweep: string): Promise<FindToJudge[]> {
  const rows = await db<FindToJudge[]>`
    select account, organisation, profession, people, lane, seq::float8 as seq,
        (extract(epoch from last_at) * 1000000)::float8 as at,
        (extract(epoch from network_at) * 1000000)::float8 as "networkAt",
        (extract(epoch from client_at) * 1000000)::float8 as "clientAt"
      from guard.sweep_account where sweep = ${sweep}::text::bigint order by account`;
  return [...rows];
}

/** Keeps what was judged, and nobody else: judged again after a kill, it is the same. */
export async function keepJudged(
  tx: Transaction,
  sweep: string,
  judged: readonly Judged<FindToJudge>[],
): Promise<void> {
  const accounts = intArray(judged.map(({ account }) => account));
  await tx`
    delete from guard.sweep_account
     where sweep = ${sweep}::text::bigint and account <> all (${accounts}::text::int[])`;
  await tx`
    update guard.sweep_account of set families = given.families,
        network_at = case when given.families & 1 <> 0 then of.network_at end,
        client_at = case when given.families & 2 <> 0 then of.client_at end
      from unnest(${accounts}::text::int[],
        ${intArray(judged.map(({ families }) => families))}::text::smallint[]) as given(account, families)
     where of.sweep = ${sweep}::text::bigint and of.account = given.account`;
}

/** Ends a sweep. */
export async function endSweep(db: Database, sweep: string): Promise<void> {
  await db`
    update guard.sweep set ended_at = ledger.now() where id = ${sweep}::text::bigint and ended_at is null`;
}
