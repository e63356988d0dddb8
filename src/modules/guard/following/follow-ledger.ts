import type { Clock } from '../../../platform/clock.ts';
import { type HeldLocks, holdLocks } from '../../../platform/database/locks.ts';
import type { Log } from '../../../platform/log.ts';
import { repeat } from '../../../platform/threads/repeat.ts';
import { countAccounts } from '../../access/index.ts';
import { readLanes } from '../../ledger/index.ts';
import { expireCases } from '../acting/end-cases.ts';
import type { ActTools } from '../acting/take-step.ts';
import { mayBeSuspended } from '../fold/e-bh.ts';
import type { GuardSettings } from '../settings/settings.ts';
import { readSettings } from '../settings/store.ts';
import { LaneFollower, type LaneTools } from './lane-follower.ts';
import { OpenCases } from './open-cases.ts';
import { Profiles } from './profiles.ts';
import { touchPositions } from './store.ts';

/** What the guard follows and acts with. */
export type GuardTools = ActTools & { readonly clock: Pick<Clock, 'monotonic'>; readonly log: Log };

/** One server at a time follows; the others wait for its place. */
const guardLock = { name: 'vigie guard' };
/** Within 100 ms of a commit, half of it waiting on average. */
const lookEveryMs = 50;
const keepEveryMs = 3_000;
const tidyEveryMs = 10_000;
const waitForPlaceMs = 1_000;

/** Starts following, now or when the server that does is gone. */
export function startGuard(tools: GuardTools): { stop(): Promise<void> } {
  const onError = (error: unknown) =>
    tools.log.error({ err: error }, 'the guard begins again from its last snapshot');
  return repeat((isStopping) => followWhileFirst(tools, isStopping), { everyMs: waitForPlaceMs, onError });
}

/** Follows as long as this server is the one that does; false, to be asked again. */
async function followWhileFirst(tools: GuardTools, isStopping: () => boolean): Promise<boolean> {
  const held = await holdLocks(tools.db, [guardLock]);
  if (held === null) return false;
  try {
    const following = await Following.begin(tools);
    await following.go(held, isStopping);
  } finally {
    await held.release();
  }
  return false;
}

/** The lanes' followers, from one loss of the lock or failure to the next. */
class Following {
  private readonly tools: GuardTools;
  private readonly lanes: LaneFollower[] = [];
  private readonly cases = new OpenCases();
  private settings: GuardSettings = { isShadow: true, shadowDetectors: [] };
  private keptAt = 0;
  private tidiedAt = 0;
  private monitored = 0;

  private constructor(tools: GuardTools) {
    this.tools = tools;
  }

  static async begin(tools: GuardTools): Promise<Following> {
    const following = new Following(tools);
    await following.tidy();
    const shared: LaneTools = {
      ...tools,
      profiles: new Profiles(tools.db),
      cases: following.cases,
      settings: () => following.settings,
      maySuspend: (account) => following.maySuspend(account),
    };
    for (const { lane } of await readLanes(tools.db)) {
      following.lanes.push(await LaneFollower.restore(lane, shared));
    }
    return following;
  }

  async go(held: HeldLocks, isStopping: () => boolean): Promise<void> {
    const isOver = () => isStopping() || held.isLost();
    while (!isOver()) {
      const isMore = await this.followOnce(isOver);
      const now = this.tools.clock.monotonic();
      if (now - this.tidiedAt > tidyEveryMs) await this.tidy();
      if (now - this.keptAt > keepEveryMs && !(await this.keep())) return;
      if (!isMore && !isOver()) await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
    if (!held.isLost()) await this.keep();
  }

  /** One query says which lanes have something new. */
  private async followOnce(isOver: () => boolean): Promise<boolean> {
    const sizes = new Map((await readLanes(this.tools.db)).map(({ lane, entries }) => [lane, entries]));
    let isMore = false;
    for (const lane of this.lanes) {
      if (Number(sizes.get(lane.lane) ?? 0n) - 1 <= lane.place) continue;
      if (await lane.followSome(isOver)) isMore = true;
    }
    return isMore;
  }

  private async keep(): Promise<boolean> {
    for (const lane of this.lanes) if (!(await lane.keep())) return false;
    await touchPositions(this.tools.db);
    this.keptAt = this.tools.clock.monotonic();
    return true;
  }

  /** What changes by time or by other hands: settings, cases that are over, how many accounts there are. */
  private async tidy(): Promise<void> {
    const { db } = this.tools;
    this.settings = await readSettings(db);
    this.monitored = await countAccounts(db);
    await expireCases(this.tools);
    await this.cases.read(db);
    this.tidiedAt = this.tools.clock.monotonic();
  }

  private async maySuspend(account: number): Promise<boolean> {
    return mayBeSuspended(this.evidence(), this.monitored).has(account);
  }

  private *evidence() {
    for (const { fold } of this.lanes) yield* fold.evidence();
  }
}
