import type { Clock } from '../src/platform/clock.ts';
import type { Database } from '../src/platform/database/connect.ts';
import { playClock } from '../world/day/played-clock.ts';

const dayMs = 86_400_000;

/**
 * A clock that the test moves, for the servers and for the ledger alike. Real time goes on inside a
 * played day.
 */
export type PlayedDays = {
  readonly clock: Clock /** Moves to the given day of the play, at nine in the morning UTC. */;
  goTo(day: number): Promise<void>;
};

/** Lets the ledger of this database read a played clock. Only the owner may, which is the point. */
export async function playDays(owner: Database, from = '2026-03-02', months = 14): Promise<PlayedDays> {
  const start = Date.parse(`${from}T09:00:00Z`);
  const played = await playClock(owner, { instantMs: start, months });
  await played.runFrom(start);
  return { clock: played.clock, goTo: (day) => played.runFrom(start + day * dayMs) };
}
