import type { Clock } from '../../src/platform/clock.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import { createPlayedMonths, installPlayedClock, setPlayedClock } from './store.ts';

/** A clock that whoever plays moves, for the servers of this process and for the ledger alike. */
export type PlayedClock = {
  readonly clock: Clock;
  /** Stands still at an instant: whatever happens before the next move happens then. */
  standAt(instantMs: number): Promise<void>;
  /** Goes on from an instant at the pace of real time. */
  runFrom(instantMs: number): Promise<void>;
};

/** Lets the ledger of this database read a played clock. Only the owner may, which is the point. */
export async function playClock(
  owner: Database,
  from: { readonly instantMs: number; readonly months: number },
): Promise<PlayedClock> {
  let stillAtMs: number | undefined;
  let shiftMs = 0;
  const clock: Clock = {
    now: () => BigInt(stillAtMs ?? Date.now() + Math.round(shiftMs)) * 1000n,
    // Durations stay real while the clock stands still: a database that went away is still given up. It moves
    // with the clock, because a ledger refuses to write after a jump of one against the other.
    monotonic: () => performance.now() + shiftMs,
  };
  const standAt = async (instantMs: number) => {
    await setPlayedClock(owner, { stillAtMs: instantMs });
    shiftMs = instantMs - performance.now() - anchorMs;
    stillAtMs = instantMs;
  };
  const runFrom = async (instantMs: number) => {
    const shift = instantMs - Date.now();
    await setPlayedClock(owner, { shiftMs: shift });
    shiftMs = shift;
    stillAtMs = undefined;
  };
  // What the monotonic clock of this process is behind the wall clock: the same while running and standing.
  const anchorMs = Date.now() - performance.now();
  await installPlayedClock(owner);
  await standAt(from.instantMs);
  await createPlayedMonths(owner, from.months);
  return { clock, standAt, runFrom };
}
