import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/connect.ts';
import { type LaneFigures, readCounts, readLaneFigures, readLastMonth } from './lanes/store.ts';
import type { LaneQueue } from './record-batches.ts';
import { madeDurable } from './trouble.ts';

/** How the ledger stands, in numbers. What is in flight is of this server; the rest is of them all. */
export type LedgerHealth = {
  readonly lanes: readonly (LaneFigures & { readonly inFlight: number; readonly waiting: number })[];
  readonly clock: {
    /** How far the database's clock is ahead of this server's; negative when it is behind. */
    readonly aheadSeconds: number;
    /** Whether this server's clock jumped against its own monotonic one since it started. */
    readonly hasJumped: boolean;
  };
  readonly accounts: { readonly all: number; readonly atCap: number; readonly contained: number };
  /** The first day that no month of entries is made for. */
  readonly monthsUntil: string | null;
};

/** Reads how the ledger stands. */
export async function readHealth(
  db: Database,
  is: { readonly queues: readonly LaneQueue[]; readonly clock: Clock; readonly now: () => bigint },
): Promise<LedgerHealth> {
  const lanes = await madeDurable(readLaneFigures(db));
  const { accounts: all, atCap, contained, now } = await madeDurable(readCounts(db));
  const aheadSeconds = Number((now - is.clock.now()) / 1_000_000n);
  return {
    lanes: lanes.map((lane) => ({
      ...lane,
      ...(is.queues[lane.lane]?.load() ?? { inFlight: 0, waiting: 0 }),
    })),
    clock: { aheadSeconds, hasJumped: hasJumped(is.now) },
    accounts: { all, atCap, contained },
    monthsUntil: (await madeDurable(readLastMonth(db))) ?? null,
  };
}

function hasJumped(now: () => bigint): boolean {
  try {
    now();
    return false;
  } catch {
    return true;
  }
}
