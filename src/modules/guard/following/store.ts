import { byteaArray, intArray, textArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** How far a lane was folded, and what the lane remembers. */
export type Position = { readonly seq: number; readonly laneState: Buffer };

/** How far a lane was folded; undefined when it never was. */
export async function readPosition(db: Database, lane: number): Promise<Position | undefined> {
  const [row] = await db<Position[]>`
    select seq::float8 as seq, lane_state as "laneState" from guard.position
     where lane = ${lane}::int::smallint`;
  return row;
}

/** An account as it was at the lane's position. */
export type AccountRow = {
  readonly account: number;
  readonly standing: number;
  /** YYYY-MM-DD. */
  readonly activeOn: string | null;
  readonly state: Uint8Array;
};

/** Accounts of a lane after one of them, in their order. */
export async function readAccountStates(
  db: Database,
  asked: { readonly lane: number; readonly after: number; readonly most: number },
): Promise<AccountRow[]> {
  const rows = await db<AccountRow[]>`
    select account, standing, active_on::text as "activeOn", state from guard.account_state
     where lane = ${asked.lane}::int::smallint and account > ${asked.after}::int
     order by account limit ${asked.most}::int`;
  return [...rows];
}

/**
 * Moves a lane's position on; false when somebody else is further: two followers for a moment, one of which
 * lost its lock and does not know it yet.
 */
export async function movePosition(
  tx: Transaction,
  to: { readonly lane: number; readonly seq: number; readonly from: number; readonly laneState: Uint8Array },
): Promise<boolean> {
  const rows = await tx`
    insert into guard.position (lane, seq, lane_state)
    values (${to.lane}::int::smallint, ${String(to.seq)}::text::bigint, ${Buffer.from(to.laneState)})
    on conflict (lane) do update set seq = excluded.seq, lane_state = excluded.lane_state, seen_at = now()
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

/** Says that the follower works, though nothing may have happened. */
export async function touchPositions(db: Database): Promise<void> {
  await db`update guard.position set seen_at = now()`;
}

/** Where each lane is, and since when nothing was heard of the follower; null when it never worked here. */
export async function readPlaces(
  db: Database,
): Promise<{ places: { lane: number; seq: number }[]; quietSeconds: number | null }> {
  const rows = await db<{ lane: number; seq: number; quiet: number }[]>`
    select lane, seq::float8 as seq, extract(epoch from now() - seen_at)::float8 as quiet
      from guard.position`;
  const quietSeconds = rows.length === 0 ? null : Math.max(...rows.map(({ quiet }) => quiet));
  return { places: rows.map(({ lane, seq }) => ({ lane, seq })), quietSeconds };
}
