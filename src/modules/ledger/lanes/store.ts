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

/** Whether the owner of the database replaced its ledger's clock, and how far it is ahead of real time. */
export async function readLedgerClock(
  db: Database,
): Promise<{ readonly isReplaced: boolean; readonly aheadMs: number }> {
  const [row] = await db`
    select btrim(prosrc) <> 'select clock_timestamp()' as is_replaced,
           round(extract(epoch from ledger.now() - clock_timestamp()) * 1000)::float8 as ahead
      from pg_proc where oid = 'ledger.now()'::regprocedure`;
  return { isReplaced: row?.is_replaced ?? true, aheadMs: row?.ahead ?? 0 };
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

/** What a lane did today (Europe/Paris) and in the last hour: numbers of entries. */
export type LaneFigures = LaneState & {
  readonly today: number;
  readonly lastHour: number;
  /** Refusals of today, those that were only counted too. */
  readonly refusalsToday: number;
  /** Whether its last entry lies ahead of the database's clock: it writes nothing until that has come. */
  readonly isAhead: boolean;
};

/** Every lane with its figures. From its head back to last midnight or an hour ago, whichever is earlier. */
export async function readLaneFigures(db: Database): Promise<LaneFigures[]> {
  const rows = await db`
    with clock as materialized (
      select ledger.now() as now,
        (ledger.paris_day(ledger.now())::timestamp at time zone 'Europe/Paris') as midnight),
    lane as materialized (
      select l.lane, l.size, l.last_at, c.now, c.midnight,
          least(c.midnight, c.now - interval '1 hour') as since
        from ledger.lane l, clock c),
    -- Entries of a lane are numbered in the order of their time: what is before is found from the head.
    before as materialized (
      select l.*, coalesce((select e.seq from ledger.entry e where e.lane = l.lane and e.at < l.since
        order by e.seq desc limit 1), -1) as seq from lane l)
    select b.lane, b.size::text as entries, t.today, t.last_hour, t.refusals,
        b.last_at > b.now + interval '5 minutes' as is_ahead,
        case when b.size > 0
          then to_char(b.last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end as last_at
      from before b, lateral (
        select count(*) filter (where e.at >= b.midnight)::int as today,
            count(*) filter (where e.at >= b.now - interval '1 hour')::int as last_hour,
            coalesce(sum(e.count) filter (where e.kind in (1, 4) and e.outcome = 2 and e.at >= b.midnight),
              0)::int as refusals
          from ledger.entry e where e.lane = b.lane and e.seq > b.seq and e.at >= b.since) t
     order by b.lane`;
  return rows.map((row) => ({
    lane: row.lane,
    entries: BigInt(row.entries),
    lastAt: row.last_at,
    today: row.today,
    lastHour: row.last_hour,
    refusalsToday: row.refusals,
    isAhead: row.is_ahead,
  }));
}

/** How many accounts there are, stand at their cap, or are contained; and the database's clock. */
export async function readCounts(db: Database) {
  const [row] = await db`
    select count(*)::int as accounts, count(*) filter (where standing > 0)::int as contained,
        count(*) filter (where cap > 0 and charged >= cap + case
          when ledger.paris_day(ledger.now()) < opened_on + 30 then opening else 0 end)::int as at_cap,
        (extract(epoch from ledger.now()) * 1000000)::bigint::text as now
      from ledger.account`;
  return {
    accounts: row?.accounts as number,
    contained: row?.contained as number,
    atCap: row?.at_cap as number,
    now: BigInt(row?.now),
  };
}
