import { byteaArray, intArray, textArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { numberAt } from '../fold/account-state.ts';

/** How far a lane was folded, and what the lane remembers. */
export type Position = {
  readonly seq: number;
  readonly laneState: Buffer;
  /** The state of some account of its snapshot; null when it has none. All are of one layout. */
  readonly someState: Buffer | null;
};

/** How far a lane was folded; undefined when it never was. */
export async function readPosition(db: Database, lane: number): Promise<Position | undefined> {
  const [row] = await db<Position[]>`
    select p.seq::float8 as seq, p.lane_state as "laneState",
        (select s.state from guard.account_state s where s.lane = p.lane limit 1) as "someState"
      from guard.position p where p.lane = ${lane}::int::smallint`;
  return row;
}

/** An account as it was at the lane's position. */
export type AccountRow = {
  readonly account: number;
  readonly standing: number;
  /** YYYY-MM-DD. */
  readonly activeOn: string | null;
  /** Packed: `packState`. */
  readonly state: Buffer;
};

/** Accounts as the lane's snapshot holds them; those that it does not hold are not there. */
export async function readAccountStates(
  db: Database,
  lane: number,
  accounts: readonly number[],
): Promise<AccountRow[]> {
  const rows = await db<AccountRow[]>`
    select account, standing, active_on::text as "activeOn", state from guard.account_state
     where lane = ${lane}::int::smallint and account = any(${intArray(accounts)}::text::int[])`;
  return [...rows];
}

/** The evidence of a lane's accounts, in bits; of the many below two, none. */
export async function readHighEvidence(db: Database, lane: number): Promise<number[]> {
  // Of a number of eight bytes, low byte first, the last says whether it is at least 2. Only the beginning
  // of a state is unpacked for it.
  const rows = await db<{ bits: Buffer }[]>`
    select substring(state from ${8 * numberAt.bits + 1}::int for 8) as bits from guard.account_state
     where lane = ${lane}::int::smallint
       and get_byte(substring(state from ${8 * numberAt.bits + 8}::int for 1), 0) >= 64`;
  return rows.map(({ bits }) => bits.readDoubleLE());
}

/**
 * Moves a lane's position on; false when somebody else is further: two followers for a moment, one of which
 * lost its lock and does not know it yet.
 */
export async function movePosition(
  tx: Database | Transaction,
  to: { readonly lane: number; readonly seq: number; readonly from: number; readonly laneState: Uint8Array },
): Promise<boolean> {
  const rows = await tx`
    insert into guard.position (lane, seq, lane_state)
    values (${to.lane}::int::smallint, ${String(to.seq)}::text::bigint, ${Buffer.from(to.laneState)})
    on conflict (lane) do update set seq = excluded.seq, folded = excluded.seq,
        lane_state = excluded.lane_state, seen_at = now()
      where position.seq = ${String(to.from)}::text::bigint
    returning lane`;
  return rows.length === 1;
}

/** Keeps the accounts that changed since the last snapshot. */
export async function keepAccounts(
  tx: Transaction,
  lane: number,
  rows: readonly AccountRow[],
): Promise<void> {
  await tx`
    insert into guard.account_state (lane, account, standing, active_on, state)
    select ${lane}::int::smallint, account, standing, nullif(active_on, '')::date, state
      from unnest(${intArray(rows.map(({ account }) => account))}::text::int[],
        ${intArray(rows.map(({ standing }) => standing))}::text::smallint[],
        ${textArray(rows.map(({ activeOn }) => activeOn ?? ''))}::text::text[],
        ${byteaArray(rows.map(({ state }) => state))}::text::bytea[])
        as given(account, standing, active_on, state)
    on conflict (lane, account) do update set standing = excluded.standing,
      active_on = excluded.active_on, state = excluded.state`;
}

/** What was watched of a profession on a day since the last snapshot. */
export type WatchedRow = {
  readonly day: string;
  readonly profession: string;
  readonly accountDays: number;
  readonly lookups: number;
};

/** Adds to what was watched, in the transaction of the position: nothing is counted twice. */
export async function addWatched(tx: Transaction, rows: readonly WatchedRow[]): Promise<void> {
  await tx`
    insert into guard.watched (day, profession, account_days, lookups)
    select day::date, profession, account_days, lookups
      from unnest(${textArray(rows.map(({ day }) => day))}::text::text[],
        ${textArray(rows.map(({ profession }) => profession))}::text::text[],
        ${intArray(rows.map(({ accountDays }) => accountDays))}::text::int[],
        ${intArray(rows.map(({ lookups }) => lookups))}::text::bigint[])
        as given(day, profession, account_days, lookups)
     order by 1, 2
    on conflict (day, profession) do update set account_days = watched.account_days + excluded.account_days,
      lookups = watched.lookups + excluded.lookups`;
}

/** What is said of a lane between snapshots. */
export type LaneNews = {
  readonly lane: number;
  /** The last entry that was folded. */
  readonly folded: number;
  /** Accounts on which the guard cannot act yet. */
  readonly waiting: number;
};

/** Says that the follower works, though nothing may have happened, and how. */
export async function tellNews(db: Database, lanes: readonly LaneNews[]): Promise<void> {
  await db`
    update guard.position p set seen_at = now(), folded = news.folded, waiting = news.waiting
      from unnest(${intArray(lanes.map(({ lane }) => lane))}::text::smallint[],
        ${intArray(lanes.map(({ folded }) => folded))}::text::bigint[],
        ${intArray(lanes.map(({ waiting }) => waiting))}::text::int[]) as news(lane, folded, waiting)
     where p.lane = news.lane`;
}

/** What the follower last said of each lane, and how many seconds ago. */
export async function readNews(db: Database): Promise<(LaneNews & { readonly quietSeconds: number })[]> {
  const rows = await db<(LaneNews & { quietSeconds: number })[]>`
    select lane, folded::float8 as folded, waiting,
        extract(epoch from now() - seen_at)::float8 as "quietSeconds"
      from guard.position`;
  return [...rows];
}
