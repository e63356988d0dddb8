import type { Clock } from '../../platform/clock.ts';
import { Failure } from '../../platform/errors.ts';

/** A wall clock that moved this far against the monotonic one has jumped. */
const jumpMs = 5 * 60 * 1000;

/**
 * The wall clock, or a failure while it has jumped: a jump must renew nothing, give nothing back
 * and write no entry
 * at a false time. It recovers when the clock comes back; a correction that lasts is accepted by a
 * restart.
 */
export function steadyClock(clock: Clock): () => bigint {
  const offsetMs = () => Number(clock.now() / 1000n) - clock.monotonic();
  const anchorMs = offsetMs();
  return () => {
    const jumpedMs = offsetMs() - anchorMs;
    if (Math.abs(jumpedMs) >= jumpMs) {
      const privateCause = `the wall clock jumped by ${Math.round(jumpedMs / 1000)} s`;
      throw new Failure('ledger-unavailable', { privateCause });
    }
    return clock.now();
  };
}
