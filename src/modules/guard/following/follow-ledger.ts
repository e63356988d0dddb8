import type { Clock } from '../../../platform/clock.ts';
import { type HeldLocks, holdLocks } from '../../../platform/database/locks.ts';
import type { Log } from '../../../platform/log.ts';
import { repeat } from '../../../platform/threads/repeat.ts';
import { countAccounts } from '../../access/index.ts';
import { readLanes } from '../../ledger/index.ts';
import { expireCases } from '../acting/end-cases.ts';
import { PatientWork } from '../acting/patient-work.ts';
import type { ActTools } from '../acting/take-step.ts';
import { InputWatch } from '../alarms/input-watch.ts';
import { CampaignFollower } from '../campaigns/follow-campaigns.ts';
import type { Detector } from '../detectors/detector.ts';
import { detectors as allDetectors } from '../detectors/detectors.ts';
import { EvidenceCounts } from '../fold/e-bh.ts';
import type { GuardSettings } from '../settings/settings.ts';
import { readSettings } from '../settings/store.ts';
import { startSweeps } from '../sweeps/run-sweeps.ts';
import { followInTime } from './follow-in-time.ts';
import { LaneFollower } from './lane-follower.ts';
import { OpenCases } from './open-cases.ts';
import { Profiles } from './profiles.ts';
import { Snapshots } from './snapshots.ts';
import { tellNews } from './store.ts';

/** What the guard follows and acts with. */
export type GuardTools = ActTools & {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Log;
  /** All of them, unless others are given. */
  readonly detectors?: readonly Detector[];
};

/** One server at a time follows; the others wait for its place. */
const guardLock = { name: 'vigie guard' };
/** Half of it is of the time to a step, on average; looking oftener costs lookups more. */
const lookEveryMs = 70;
const tellEveryMs = 1_000;
/** An account in a snapshot costs 54 µs, an entry folded again after a restart a quarter of that. */
const keepEveryMs = 60_000;
/** What is read of snapshots is new while so few accounts changed, or while a campaign is to be listed. */
const few = { accounts: 250, keepEveryMs: 3_000 } as const;
/** A snapshot of so many accounts takes some 2 s, beside the following; one of 300,000 took a minute. */
const changedMost = 20_000;
const tidyEveryMs = 10_000;
const waitForPlaceMs = 1_000;

/** Starts following, now or when the server that does is gone, and sweeping what was confirmed. */
export function startGuard(tools: GuardTools): { stop(): Promise<void> } {
  const onError = (error: unknown) =>
    tools.log.error({ err: error }, 'the guard begins again from its last snapshot');
  const following = repeat((isStopping) => followWhileFirst(tools, isStopping), {
    everyMs: waitForPlaceMs,
    onError,
  });
  const sweeps = startSweeps(tools);
  return {
    async stop() {
      await Promise.all([following.stop(), sweeps.stop()]);
    },
  };
}

/** Follows as long as this server is the one that does; false, to be asked again. */
async function followWhileFirst(tools: GuardTools, isStopping: () => boolean): Promise<boolean> {
  const held = await holdLocks(tools.db, [guardLock]);
  if (held === null) return false;
  const following = new Following(tools);
  try {
    await following.begin();
    await following.go(held, isStopping);
  } finally {
    await following.end();
    await held.release();
  }
  return false;
}

/** The lanes' followers, from one loss of the lock or failure to the next. */
class Following {
  private readonly tools: GuardTools;
  private readonly lanes: LaneFollower[] = [];
  private readonly cases = new OpenCases();
  private readonly evidence = new EvidenceCounts();
  private readonly work: PatientWork;
  private readonly snapshots: Snapshots;
  private inputs: InputWatch | undefined;
  private campaigns: CampaignFollower | undefined;
  private settings: GuardSettings = { isShadow: true, shadowDetectors: [] };
  private toldAt = 0;
  private keptAt = 0;
  private tidiedAt = 0;
  private tidying: Promise<void> | undefined;
  private monitored = 0;

  constructor(tools: GuardTools) {
    this.tools = tools;
    this.work = new PatientWork(tools.clock, tools.log);
    this.snapshots = new Snapshots(tools.db);
  }

  async begin(): Promise<void> {
    await this.tidy();
    const { cases, evidence, work } = this;
    const { detectors = allDetectors } = this.tools;
    const shared = {
      ...this.tools,
      ...{ cases, evidence, work, detectors },
      profiles: new Profiles(this.tools.db),
      settings: () => this.settings,
      maySuspend: (bits: number) => evidence.maySuspend(bits, this.monitored),
      laneOf: (account: number) => this.laneOf(account),
    };
    const campaigns = await CampaignFollower.restore(shared);
    for (const { lane } of await readLanes(this.tools.db))
      this.lanes.push(await LaneFollower.restore(lane, { ...shared, campaigns }));
    this.campaigns = campaigns;
    const folds = this.lanes.map(({ fold }) => fold);
    this.inputs = new InputWatch(this.tools, folds, detectors);
    this.keptAt = this.tools.clock.monotonic();
  }

  async go(held: HeldLocks, isStopping: () => boolean): Promise<void> {
    const isOver = () => isStopping() || held.isLost();
    while (!isOver()) {
      const isMore = await this.followOnce(isOver);
      this.work.retry();
      this.tidySometimes();
      this.inputs?.lookSometimes();
      if (!(await this.keepSometimes())) return;
      if (this.isDue(this.toldAt, tellEveryMs)) await this.tell();
      if (!isMore && !isOver()) await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
    await this.work.end();
    if (held.isLost() || !(await this.snapshots.settle())) return;
    await this.inputs?.look();
    this.beginSnapshot();
    if (await this.snapshots.settle()) await this.tell();
  }

  /** Waits for what is on its way, whatever becomes of it: nothing may go on once the lock is let go. */
  async end(): Promise<void> {
    await Promise.allSettled([this.work.end(), this.tidying, this.inputs?.end(), this.snapshots.settle()]);
  }

  /** One query says how far every lane is. */
  private async followOnce(isOver: () => boolean): Promise<boolean> {
    const entries = new Map((await readLanes(this.tools.db)).map((each) => [each.lane, each.entries]));
    return followInTime(this.lanes, ({ lane }) => Number(entries.get(lane) ?? 0n) - 1, isOver);
  }

  /** Between two entries of every lane; written beside what follows. False when somebody else is further. */
  private async keepSometimes(): Promise<boolean> {
    const changed = this.lanes.reduce((sum, { changedCount }) => sum + changedCount, 0);
    const isSoon = changed <= few.accounts || this.campaigns?.hasNews === true;
    const everyMs = isSoon ? few.keepEveryMs : keepEveryMs;
    if (changed < changedMost && !this.isDue(this.keptAt, everyMs)) return true;
    // Whoever folds faster than it is written waits: what is not kept is in memory twice.
    if (this.snapshots.isWriting && changed < 2 * changedMost) return true;
    if (!(await this.snapshots.settle())) return false;
    this.beginSnapshot();
    this.keptAt = this.tools.clock.monotonic();
    return true;
  }

  private async tell(): Promise<void> {
    const news = this.lanes.map((lane) => lane.news());
    await tellNews(this.tools.db, news);
    this.toldAt = this.tools.clock.monotonic();
  }

  /** Beside the following: it may wait for locks, and what fails of it is done the next time. */
  private tidySometimes(): void {
    if (this.tidying !== undefined || !this.isDue(this.tidiedAt, tidyEveryMs)) return;
    this.tidying = this.tidy()
      .catch((error: unknown) => this.tools.log.error({ err: error }, 'the guard could not tidy up'))
      .finally(() => {
        this.tidying = undefined;
      });
  }

  /** What changes by time or by other hands: settings, cases that are over, how many accounts there are. */
  private async tidy(): Promise<void> {
    const { db } = this.tools;
    this.tidiedAt = this.tools.clock.monotonic();
    this.settings = await readSettings(db);
    this.monitored = await countAccounts(db);
    await expireCases(this.tools, (error, id) =>
      this.tools.log.error({ err: error, case: id }, 'the guard cannot end a case, and tries again'),
    );
    await this.cases.read(db);
    await this.campaigns?.tidy();
  }

  private beginSnapshot(): void {
    const lanes = this.lanes.flatMap((lane) => lane.capture() ?? []);
    if (lanes.length > 0) this.snapshots.begin(lanes, this.campaigns?.capture());
  }

  private laneOf(account: number): LaneFollower | undefined {
    return this.lanes.find(({ lane }) => lane === account % this.lanes.length);
  }

  private isDue(since: number, everyMs: number): boolean {
    return this.tools.clock.monotonic() - since > everyMs;
  }
}
