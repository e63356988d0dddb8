import { readEntriesAfter } from '../../ledger/index.ts';
import { chooseSteps } from '../acting/choose-steps.ts';
import { followOpened } from '../acting/end-cases.ts';
import { type EvidencePoint, keepEvidence } from '../acting/store.ts';
import { type ActTools, takeStep } from '../acting/take-step.ts';
import { detectors } from '../detectors/detectors.ts';
import type { Finding } from '../fold/finding.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import { LaneFold } from '../fold/lane-fold.ts';
import { bitsFor } from '../fold/thresholds.ts';
import type { GuardSettings } from '../settings/settings.ts';
import type { OpenCases } from './open-cases.ts';
import type { Profiles } from './profiles.ts';
import * as store from './store.ts';
import { WatchedDays } from './watched-days.ts';

/** What a lane's follower shares with those of the other lanes. */
export type LaneTools = ActTools & {
  readonly profiles: Profiles;
  readonly cases: OpenCases;
  readonly settings: () => GuardSettings;
  /** Whether e-BH over the accounts of all lanes lets an account be suspended. */
  readonly maySuspend: (account: number) => Promise<boolean>;
};

const kindLookup = 1;
const kindStanding = 3;
/** The ledger's reason of a standing that the guard changed. */
const byGuard = 2;
const readAtOnce = 2_000;
const restoredAtOnce = 5_000;
/** How many of an account's last lookups a case looks back on, and from how far below the first threshold. */
const lookBackMost = 60;
const lookBackBits = 8;

/**
 * Follows one lane: folds its entries in order and takes the steps they lead to. What it holds in memory
 * can be made again from its last snapshot and the ledger; when anything fails, it is thrown away and made
 * again so.
 */
export class LaneFollower {
  readonly lane: number;
  readonly fold: LaneFold;
  private readonly tools: LaneTools;
  private readonly standings = new Map<number, number>();
  private readonly changed = new Set<number>();
  private readonly days = new WatchedDays();
  private readonly recent = new Map<number, EvidencePoint[]>();
  private seq = -1;
  private keptSeq = -1;

  private constructor(lane: number, tools: LaneTools) {
    this.lane = lane;
    this.tools = tools;
    this.fold = new LaneFold(tools.profiles.of);
  }

  /** The follower as its last snapshot left it. */
  static async restore(lane: number, tools: LaneTools): Promise<LaneFollower> {
    const follower = new LaneFollower(lane, tools);
    const position = await store.readPosition(tools.db, lane);
    if (position === undefined) return follower;
    follower.seq = position.seq;
    follower.keptSeq = position.seq;
    follower.fold.restoreLane(position.laneState);
    for (let after = 0; ; ) {
      const rows = await store.readAccountStates(tools.db, { lane, after, most: restoredAtOnce });
      for (const { account, standing, activeOn, state } of rows) {
        follower.fold.restore(account, state);
        if (standing > 0) follower.standings.set(account, standing);
        follower.days.restore(account, activeOn);
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < restoredAtOnce) return follower;
      after = last.account;
    }
  }

  /** The last entry that was folded; -1 before the first. */
  get place(): number {
    return this.seq;
  }

  /** Folds what was committed since, up to a few thousand entries; whether there may be more. */
  async followSome(isStopping: () => boolean): Promise<boolean> {
    const after = { lane: this.lane, seq: this.seq, most: readAtOnce };
    const entries = await readEntriesAfter(this.tools.db, after);
    await this.tools.profiles.learn(
      entries.filter(({ kind }) => kind === kindLookup).map(({ account }) => account),
    );
    for (const entry of entries) {
      // Between two entries: what was folded was acted on.
      if (isStopping()) return false;
      await this.follow(entry);
      this.seq = entry.seq;
    }
    return entries.length === readAtOnce;
  }

  /** Keeps where it is; false when somebody else is further. */
  async keep(): Promise<boolean> {
    const { lane, seq, keptSeq } = this;
    if (seq === keptSeq) return true;
    const accounts = [...this.changed];
    const watched = this.days.take();
    const isOurs = await this.tools.db.begin(async (tx) => {
      const laneState = this.fold.laneState();
      if (!(await store.movePosition(tx, { lane, seq, from: keptSeq, laneState }))) return false;
      for (let from = 0; from < accounts.length; from += restoredAtOnce) {
        const some = accounts.slice(from, from + restoredAtOnce);
        await store.keepAccounts(
          tx,
          lane,
          some.map((account) => this.rowOf(account)),
        );
      }
      if (watched.length > 0) await store.addWatched(tx, watched);
      return true;
    });
    if (!isOurs) return false;
    this.changed.clear();
    this.keptSeq = seq;
    return true;
  }

  private rowOf(account: number): store.AccountRow {
    const standing = this.standings.get(account) ?? 0;
    const state = this.fold.stateOf(account);
    return { account, standing, activeOn: this.days.lastOf(account), state };
  }

  private async follow(entry: FollowedEntry): Promise<void> {
    const { account } = entry;
    const finding = this.fold.fold(entry);
    this.changed.add(account);
    if (entry.kind === kindStanding) await this.followStanding(entry);
    if (entry.kind === kindLookup) this.days.count(entry, this.tools.profiles.of(account).profession);
    if (finding !== undefined) await this.judge(finding);
  }

  /** Its own steps were noted when they were taken; those entries come after. */
  private async followStanding(entry: FollowedEntry): Promise<void> {
    const { account, action, reason } = entry;
    const before = this.standings.get(account) ?? 0;
    this.standings.set(account, reason === byGuard && action > 0 ? Math.max(before, action) : action);
    if (action !== 0) return;
    await followOpened(this.tools, entry);
    this.tools.cases.close(account);
  }

  private async judge(finding: Finding): Promise<void> {
    const { account, level } = finding;
    const profile = this.tools.profiles.of(account);
    const open = this.tools.cases.of(account);
    const watchFrom = bitsFor(profile, 'challenge') - lookBackBits;
    if (finding.bits >= watchFrom || open !== undefined) this.remember(finding);
    if (level === 'none') return;
    if (open !== undefined) await this.keepSince(account, open.ids);
    const standing = this.standings.get(account) ?? 0;
    const settings = this.tools.settings();
    const isAsked = level === 'suspend' && !finding.honey && standing < 3;
    const maySuspend = isAsked && (await this.tools.maySuspend(account));
    const shadow = open?.shadow ?? 0;
    const judged = { finding, profile, settings, detectors, standing, shadow, maySuspend };
    for (const step of chooseSteps(judged)) {
      const points = this.recent.get(account) ?? [];
      const asked = { ...step, finding, known: this.tools.profiles.of(account), from: standing, points };
      const { came, caseFile } = await takeStep(this.tools, asked);
      if (!step.isShadow) this.standings.set(account, Math.max(standing, step.to));
      if (caseFile !== null) this.tools.cases.open(account, { id: caseFile, ...step });
      else if (came === 'before') await this.tools.cases.read(this.tools.db);
      if (came === 'done') this.recent.delete(account);
    }
  }

  /** What an open case goes on seeing. */
  private async keepSince(account: number, ids: readonly string[]): Promise<void> {
    const points = this.recent.get(account) ?? [];
    for (const id of ids) await keepEvidence(this.tools.db, id, points);
    this.recent.delete(account);
  }

  private remember({ account, lane, seq, at, bits, own }: Finding): void {
    const points = this.recent.get(account) ?? [];
    points.push({ lane, seq, at, bits, own: [...own] });
    if (points.length > lookBackMost) points.shift();
    this.recent.set(account, points);
  }
}
