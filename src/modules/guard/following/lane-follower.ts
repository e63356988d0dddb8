import { kinds, readEntriesAfter } from '../../ledger/index.ts';
import { chooseSteps } from '../acting/choose-steps.ts';
import { followOpened } from '../acting/end-cases.ts';
import type { PatientWork } from '../acting/patient-work.ts';
import { keepEvidence } from '../acting/store.ts';
import { type ActTools, takeStep } from '../acting/take-step.ts';
import type { CampaignFollower } from '../campaigns/follow-campaigns.ts';
import type { Detector } from '../detectors/detector.ts';
import { bitsIn } from '../fold/account-state.ts';
import type { EvidenceCounts } from '../fold/e-bh.ts';
import { type Finding, levels } from '../fold/finding.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import { LaneFold } from '../fold/lane-fold.ts';
import { isLaneOfLayout } from '../fold/lane-state.ts';
import { isPackedOfLayout, packState, unpackState } from '../fold/packed-state.ts';
import { bitsFor } from '../fold/thresholds.ts';
import type { GuardSettings } from '../settings/settings.ts';
import { KnownStandings } from './known-standings.ts';
import type { OpenCases } from './open-cases.ts';
import type { Profiles } from './profiles.ts';
import { RecentLookups } from './recent-lookups.ts';
import type { LaneSnapshot } from './snapshots.ts';
import * as store from './store.ts';
import { WatchedDays } from './watched-days.ts';

/** What a lane's follower shares with those of the other lanes. */
export type LaneTools = ActTools & {
  readonly profiles: Profiles;
  readonly cases: OpenCases;
  readonly work: PatientWork;
  readonly evidence: EvidenceCounts;
  readonly detectors: readonly Detector[];
  readonly settings: () => GuardSettings;
  /** Whether e-BH over the accounts of all lanes lets an account with so many bits be suspended. */
  readonly maySuspend: (bits: number) => boolean;
  /** Which accounts belong together, over all lanes. */
  readonly campaigns: Pick<CampaignFollower, 'tracksOf' | 'follow'>;
};

const readAtOnce = 2_000;
/** From how far below the first threshold a case looks back. */
const lookBackBits = 8;
/** A honey person, as work: it asks for more than evidence that is to be suspended. */
const honeyLevel = levels.length;

/**
 * Follows one lane: folds its entries in order and takes the steps they lead to. What it holds in memory
 * can be made again from its last snapshot and the ledger; when anything fails but a step, it is thrown away
 * and made again so. A step that fails waits, and is tried again.
 */
export class LaneFollower {
  readonly lane: number;
  readonly fold: LaneFold;
  private readonly tools: LaneTools;
  private readonly standings = new KnownStandings();
  private readonly changed = new Set<number>();
  private readonly days = new WatchedDays();
  /** What a case of an account will look back on. */
  readonly recent = new RecentLookups();
  /** Accounts that were asked of the snapshot; undefined when there is none. */
  private recalled: Set<number> | undefined;
  private upTo = -1;
  private unfolded = { entries: [] as readonly FollowedEntry[], from: 0 };
  private seq = -1;
  private keptSeq = -1;
  /** Up to here entries are only folded: they were acted on before, by another version. */
  private actedSeq = -1;
  /** The last snapshot is of another version. */
  private isOutdated = false;

  private constructor(lane: number, tools: LaneTools) {
    this.lane = lane;
    this.tools = tools;
    this.fold = new LaneFold(tools.profiles.of, tools.detectors, tools.evidence);
  }

  /**
   * The follower as its last snapshot left it. Accounts are taken back when an entry of theirs comes: all of
   * 300,000 took half a minute and 3 GB, their evidence alone takes a second.
   */
  static async restore(lane: number, tools: LaneTools): Promise<LaneFollower> {
    const follower = new LaneFollower(lane, tools);
    const position = await store.readPosition(tools.db, lane);
    if (position === undefined) {
      const first = { lane, seq: -1, from: -1, laneState: follower.fold.laneState() };
      await store.movePosition(tools.db, first);
      return follower;
    }
    follower.keptSeq = position.seq;
    follower.actedSeq = position.seq;
    // Of another version: folded again from the first entry. What was acted on is not acted on again.
    follower.isOutdated = !isReadable(position);
    if (follower.isOutdated) return follower;
    follower.seq = position.seq;
    follower.recalled = new Set();
    follower.fold.restoreLane(position.laneState);
    for (const bits of await store.readHighEvidence(tools.db, lane)) tools.evidence.move(0, bits);
    return follower;
  }

  /** The last entry that was folded; -1 before the first. */
  get place(): number {
    return this.seq;
  }

  /** How many accounts changed since the last snapshot. */
  get changedCount(): number {
    return this.changed.size;
  }

  /** What there is to say of it now. */
  news(): store.LaneNews {
    const { lane, seq } = this;
    return { lane, folded: seq, waiting: this.tools.work.waitingIn(lane) };
  }

  /** The standing of an account as far as the entries folded tell, with what the guard did itself. */
  standingOf(account: number): number {
    return this.standings.of(account);
  }

  /** Notes a step that was taken because of others; an account not taken back yet brings its own along. */
  noteStep(account: number, to: number): void {
    if (this.recalled !== undefined && !this.recalled.has(account)) return;
    this.standings.raise(account, to);
  }

  /** Reads what is new up to an entry, a few thousand at most, unless some still wait to be folded. */
  async read(upTo: number): Promise<void> {
    this.upTo = upTo;
    if (this.head !== undefined || this.seq >= upTo) return;
    const most = Math.min(readAtOnce, upTo - this.seq);
    const entries = await readEntriesAfter(this.tools.db, { lane: this.lane, seq: this.seq, most });
    await this.recall(entries);
    await this.tools.profiles.learn(
      entries.filter(({ kind }) => kind === kinds.lookup).map(({ account }) => account),
    );
    this.unfolded = { entries, from: 0 };
  }

  /** The first entry that was read and not folded; undefined when there is none. */
  get head(): FollowedEntry | undefined {
    return this.unfolded.entries[this.unfolded.from];
  }

  /** Whether all that was read is folded, and there is more. */
  get isSpent(): boolean {
    return this.head === undefined && this.seq < this.upTo;
  }

  /** Folds the head and acts on it. Most lead to nothing: undefined then, and nobody waits. */
  followHead(): Promise<void> | undefined {
    const { head } = this;
    const acting = head && this.follow(head);
    // Until what it leads to is done, or waits, it is not followed: a snapshot is of before it.
    if (acting !== undefined) return acting.then(() => this.pass());
    this.pass();
    return undefined;
  }

  /**
   * What a snapshot holds, as it is between two entries; undefined when nothing came since the last, or a
   * step waits: after a crash its entry must be folded again.
   */
  capture(): LaneSnapshot | undefined {
    const { lane, seq, keptSeq: from, fold } = this;
    if (seq < from || (seq === from && !this.isOutdated)) return undefined;
    if (this.tools.work.waitingIn(lane) > 0) return undefined;
    const accounts = [...this.changed].map((account) => this.rowOf(account));
    this.changed.clear();
    this.isOutdated = false;
    this.keptSeq = seq;
    return { lane, seq, from, laneState: fold.laneState(), accounts, watched: this.days.take() };
  }

  private pass(): void {
    this.seq = this.head?.seq ?? this.seq;
    this.unfolded.from += 1;
    // Sixty-four lanes would keep 128,000 of them, until each has something new.
    if (this.head === undefined) this.unfolded = { entries: [], from: 0 };
  }

  private async recall(entries: readonly FollowedEntry[]): Promise<void> {
    const { recalled, fold } = this;
    if (recalled === undefined) return;
    const missing = [...new Set(entries.map(({ account }) => account))].filter((each) => !recalled.has(each));
    if (missing.length === 0) return;
    for (const row of await store.readAccountStates(this.tools.db, this.lane, missing)) {
      const { account, standing, activeOn, state } = row;
      // It was counted with the others when the lane was restored.
      fold.evidence.move(bitsIn(state), 0);
      fold.restore(account, unpackState(state));
      this.standings.restore(account, standing);
      this.days.restore(account, activeOn);
    }
    for (const account of missing) recalled.add(account);
  }

  private rowOf(account: number): store.AccountRow {
    const state = packState(this.fold.stateOf(account));
    return { account, standing: this.standingOf(account), activeOn: this.days.lastOf(account), state };
  }

  /** Folds an entry; undefined when it leads to nothing. */
  private follow(entry: FollowedEntry): Promise<void> | undefined {
    const { account } = entry;
    const finding = this.fold.fold(entry, this.tools.campaigns.tracksOf(entry));
    this.changed.add(account);
    if (entry.kind === kinds.standing) this.standings.follow(entry);
    if (entry.seq <= this.actedSeq) {
      if (entry.kind === kinds.lookup) this.days.pass(entry);
      // Campaigns are kept by themselves and are never behind: a verdict of long ago would release again.
      return undefined;
    }
    if (entry.kind === kinds.lookup) this.days.count(entry, this.tools.profiles.of(account).profession);
    if (finding !== undefined) this.remember(finding);
    const isOpened = entry.kind === kinds.standing && entry.action === 0;
    if (!isOpened && (finding === undefined || finding.level === 'none'))
      return this.tools.campaigns.follow(entry, finding);
    return this.act(entry, { isOpened, finding });
  }

  private async act(
    entry: FollowedEntry,
    { isOpened, finding }: { isOpened: boolean; finding: Finding | undefined },
  ): Promise<void> {
    if (isOpened) await this.endCase(entry);
    if (finding !== undefined) await this.judge(finding);
    await this.tools.campaigns.follow(entry, finding);
  }

  private async endCase(entry: FollowedEntry): Promise<void> {
    const { account, lane } = entry;
    const end = async () => {
      await followOpened(this.tools, entry);
      this.tools.cases.close(account);
    };
    await this.tools.work.run({ lane, account, level: 0, do: end });
  }

  private remember(finding: Finding): void {
    const { account } = finding;
    const watchFrom = bitsFor(this.tools.profiles.of(account), 'challenge') - lookBackBits;
    if (finding.bits >= watchFrom || this.tools.cases.of(account) !== undefined)
      this.recent.remember(finding);
  }

  private async judge(finding: Finding): Promise<void> {
    const { account, lane, honey } = finding;
    if (finding.level === 'none') return;
    const level = honey ? honeyLevel : levels.indexOf(finding.level);
    // The fold fills its finding again at the next entry, and this may wait.
    const kept = { ...finding, own: [...finding.own] };
    await this.tools.work.run({ lane, account, level, do: () => this.step(kept) });
  }

  private async step(finding: Finding): Promise<void> {
    const { account, level } = finding;
    const { cases } = this.tools;
    const open = cases.of(account);
    if (open !== undefined && open.ids.length > 0) await this.keepSince(account, open.ids);
    const standing = this.standingOf(account);
    const known = this.tools.profiles.of(account);
    const settings = this.tools.settings();
    const { detectors } = this.tools;
    const isAsked = level === 'suspend' && !finding.honey && standing < 3;
    const maySuspend = isAsked && this.tools.maySuspend(finding.bits);
    const shadow = open?.shadow ?? 0;
    const judged = { finding, profile: known, settings, detectors, standing, shadow, maySuspend };
    for (const step of chooseSteps(judged)) {
      const outcome = await this.recent.give(
        account,
        (points) => takeStep(this.tools, { ...step, finding, known, from: standing, points }),
        (done) => done.came === 'done',
      );
      if (!step.isShadow) this.standings.note(finding, Math.max(standing, step.to));
      await cases.noteOutcome(this.tools.db, account, step, outcome);
    }
  }

  /** What an open case goes on seeing. */
  private async keepSince(account: number, ids: readonly string[]): Promise<void> {
    await this.recent.give(
      account,
      async (points) => {
        for (const id of ids) await keepEvidence(this.tools.db, id, points);
      },
      () => true,
    );
  }
}

function isReadable({ laneState, someState }: store.Position): boolean {
  return isLaneOfLayout(laneState) && (someState === null || isPackedOfLayout(someState));
}
