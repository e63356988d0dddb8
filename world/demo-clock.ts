import { isDemo } from '../src/modules/access/index.ts';
import type { Clock } from '../src/platform/clock.ts';
import { connect, type Database } from '../src/platform/database/connect.ts';
import { installPlayedClock, movePlayedClock } from './day/store.ts';

/** A demo's own time: the clock of a server and of its ledger, moved forward by whoever tries things out. */
export type DemoClock = {
  readonly clock: Clock;
  /** Moves both to an instant and lets them go on from there; false, and nothing moves, when that is past. */
  moveTo(instantMs: number): Promise<boolean>;
};

/** As many as a ledger is prepared with. */
const monthsAhead = 12;

/**
 * Lets the ledger of a demo's own database read a clock that moves, and goes on from where it was moved to.
 * Only the owner of a database may; its address is used for a moment each time, and no connection is kept.
 */
export async function openDemoClock(ownerUrl: string): Promise<DemoClock> {
  let aheadMs = await asOwner(ownerUrl, async (owner) => {
    if (!(await isDemo(owner))) {
      throw new Error('VIGIE_DEMO_CLOCK: only the clock of a demo is moved, and this database is none.');
    }
    await installPlayedClock(owner);
    return movePlayedClock(owner, { aheadMs: 0, months: monthsAhead });
  });
  const clock: Clock = {
    now: () => BigInt(Date.now() + aheadMs) * 1000n,
    // It moves with the clock, because a ledger refuses to write after a jump of one against the other.
    monotonic: () => performance.now() + aheadMs,
  };
  const move = async (instantMs: number): Promise<boolean> => {
    const wantedMs = Math.round(instantMs - Date.now());
    if (wantedMs < aheadMs) return false;
    // Between the two, some milliseconds: what comes just then is answered 503, and written by neither clock.
    aheadMs = await asOwner(ownerUrl, (owner) =>
      movePlayedClock(owner, { aheadMs: wantedMs, months: monthsAhead }),
    );
    return true;
  };
  let moving: Promise<unknown> = Promise.resolve();
  return {
    clock,
    moveTo(instantMs) {
      const moved = moving.then(() => move(instantMs));
      // One after the other; who comes next does not fail with who came before.
      moving = moved.catch(() => {});
      return moved;
    },
  };
}

async function asOwner<T>(ownerUrl: string, work: (owner: Database) => Promise<T>): Promise<T> {
  const owner = connect(ownerUrl, {
    max: 1,
    applicationName: 'vigie demo clock',
    statementTimeoutSeconds: 60,
  });
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}
