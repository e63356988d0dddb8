import type { Database } from '../../../platform/database/connect.ts';

/** How far a lane is: so many entries, numbered from 0 without holes, and when the last was written. */
export type LaneState = { readonly lane: number; readonly entries: bigint; readonly lastAt: string | null };

/** A place in the ledger. */
export type Place = { readonly lane: number; readonly seq: bigint };

/** Every lane, as it is now. */
export async function readLanes(db: Database): Promise<LaneState[]> {
  const rows = await db`
    select lane, size::text as entries,
           case when size > 0
             then to_char(last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end as last_at
      from ledger.lane order by lane`;
  return rows.map((row) => ({ lane: row.lane, entries: BigInt(row.entries), lastAt: row.last_at }));
}

/** Whether a database has a ledger at all. */
export async function hasLedger(db: Database): Promise<boolean> {
  const [row] = await db`select to_regclass('ledger.lane') is not null as is_there`;
  return row?.is_there === true;
}

/** The first places, up to five, where a lane does not go on as its count says; none is []. */
export async function findHoles(db: Database): Promise<Place[]> {
  const rows = await db`
    (select lane, seq::text as seq
       from (select lane, seq, lag(seq) over (partition by lane order by seq) as before from ledger.entry) e
      where seq <> coalesce(before + 1, 0) limit 5)
    union all
    (select l.lane, l.size::text from ledger.lane l
      where l.size <> coalesce((select max(e.seq) + 1 from ledger.entry e where e.lane = l.lane), 0)
      limit 5)`;
  return rows.map((row) => ({ lane: row.lane, seq: BigInt(row.seq) }));
}

/** What tells one entry from any other that could have its place: its instant and its batch. */
export async function readMark(db: Database, { lane, seq }: Place): Promise<string | undefined> {
  const [row] = await db`
    select extract(epoch from at)::text || ' ' || batch as mark from ledger.entry
     where lane = ${lane}::int::smallint and seq = ${String(seq)}::text::bigint`;
  return row?.mark;
}

/** Accounts whose standing is not the open one, strictest last: number and code. */
export async function readContained(db: Database): Promise<ReadonlyMap<number, number>> {
  const rows = await db`select account, standing from ledger.account where standing > 0 order by account`;
  return new Map(rows.map((row) => [row.account as number, row.standing as number]));
}

/** Whether an account may do all that its role may; one that is not there may nothing. */
export async function isOpen(db: Database, account: number): Promise<boolean> {
  const [row] = await db`
    select standing from ledger.account
     where account = ${account}::int and lane = ${account}::int % (select count(*) from ledger.lane)`;
  return row?.standing === 0;
}

/** Until which day entries have a month to go in: beyond it the ledger refuses. */
export async function readLastMonth(db: Database): Promise<string | undefined> {
  const [row] = await db`
    select max(substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \\(''(\\d{4}-\\d\\d-\\d\\d)')) as until
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'ledger.entry'::regclass`;
  return row?.until ?? undefined;
}
