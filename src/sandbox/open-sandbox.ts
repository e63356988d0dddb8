import type { DemoClock } from '../../world/demo-clock.ts';
import type { WatchCalls } from '../http/watch-calls.ts';
import { demoRoutes, hasDemoDoor, type Route } from '../modules/access/index.ts';
import type { Ledger } from '../modules/ledger/index.ts';
import { findInsurer } from '../modules/rights/index.ts';
import type { Keys } from '../modules/vault/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database/connect.ts';
import { assert } from '../platform/errors.ts';
import { CallLog } from './call-log.ts';
import { createMask } from './mask.ts';
import { replayRoutes } from './replay-routes.ts';
import { Replays } from './replays.ts';
import { sandboxRoutes } from './routes.ts';

/** What a demo on this machine has, and no other house: its door, its people, its clock, its calls. */
export type Sandbox = {
  readonly routes: readonly Route[];
  /** Keeps what software calls, masked by what these routes declare. */
  watch(routes: readonly Route[]): WatchCalls;
  /** Hears where the server answers, once it does. */
  answersAt(url: string): void;
  /** Ends what it plays. */
  stop(): Promise<unknown>;
};

/** What a sandbox is opened with. */
export type SandboxParts = {
  readonly config: Pick<Config, 'environment' | 'host'>;
  readonly isDemo: boolean;
  readonly db: Database;
  readonly keys: Keys;
  readonly ledger: Ledger;
  /** Where browsers reach the server. */
  readonly origin: string;
  readonly clock: Clock;
  readonly demoClock?: DemoClock | undefined;
};

/** Opens it; undefined in any other house, and one that was given a clock to move does not start. */
export async function openSandbox(parts: SandboxParts): Promise<Sandbox | undefined> {
  const { config, isDemo, db, keys, ledger, origin, demoClock } = parts;
  if (!hasDemoDoor({ ...config, isDemo })) {
    assert(demoClock === undefined, 'only the clock of a demo, reached from this machine alone, is moved');
    return undefined;
  }
  // Loaded at need: no other server reads the invented people.
  const { sandboxPeople } = await import('../../world/sandbox/people.ts');
  const { sandboxInsurer } = await import('../../world/sandbox/plans.ts');
  const people = (await findInsurer(db, sandboxInsurer.amcCode)) === undefined ? [] : sandboxPeople;
  const log = new CallLog();
  const { clock, moveTo } = demoClock ?? { clock: parts.clock, moveTo: undefined };
  const own = sandboxRoutes({ log, clock, moveTo, insurer: sandboxInsurer.name, people });
  const { guardStands, startReplay } = await import('../../world/replay/play-replay.ts');
  const { scenarios } = await import('../../world/replay/scenarios.ts');
  const replays = new Replays(startReplay, { db, keys, ledger, clock, origin });
  const replaying = replayRoutes({ replays, scenarios, guard: () => guardStands(db) });
  return {
    routes: [...demoRoutes({ db, keys }), ...own, ...replaying],
    answersAt: (url) => replays.answersAt(url),
    stop: () => replays.stop(),
    watch(routes) {
      const mask = createMask(routes, people);
      return (call) => log.hear(call, mask);
    },
  };
}
