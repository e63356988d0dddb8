import { actions, departementOf, explanations, kinds, outcomes, signalBits } from '../../ledger/index.ts';
import type { Detector, Told } from '../detectors/detector.ts';
import { detectors as allDetectors } from '../detectors/detectors.ts';
import { hasMetHoney } from '../detectors/honey/walks.ts';
import { professionPlace } from '../detectors/null-rate.ts';
import {
  AccountState,
  byteAt,
  flagOf,
  numberAt,
  numberOf,
  recentMax,
  setFlag,
  wordAt,
} from './account-state.ts';
import { levelOf } from './asked-level.ts';
import { EvidenceCounts } from './e-bh.ts';
import { alternatives, bitsOf, meanOf } from './e-detector.ts';
import type { Finding } from './finding.ts';
import type { FollowedEntry } from './followed-entry.ts';
import { LaneState } from './lane-state.ts';
import type { Look } from './look.ts';
import { endWeek } from './own-share.ts';
import { hourClass, parisHour, weekOf } from './paris-hours.ts';
import type { GuardProfile } from './profile.ts';
import { foldOpening, foldStanding } from './standing.ts';
import { SubjectHash } from './subject-hash.ts';
import { bitsFor } from './thresholds.ts';
import type { Witness } from './witness.ts';

const hourUs = 3_600_000_000;
/** The first weeks of an account: its own rates are taken as they are. */
const calibratingHours = 28 * 24;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The fold over one lane: entries in order, a finding after each lookup. Nothing but the entries and the
 * profiles decides: no clock, no chance. The finding is one object that the next call fills again.
 */
export class LaneFold {
  /** What e-BH is asked with: the evidence of every account as it stood after its last lookup. */
  readonly evidence: EvidenceCounts;
  /** Why a detector was last left out. */
  lastThrown: unknown;
  private readonly states = new Map<number, AccountState>();
  private readonly lane = new LaneState();
  private readonly hash = new SubjectHash();
  private readonly profileOf: (account: number) => GuardProfile;
  private readonly detectors: readonly Detector[];
  private readonly witness: Witness | undefined;
  private readonly look = { low: 0, high: 0 } as Look;
  private readonly told = {} as Told;
  private readonly own: number[];
  private readonly finding: Mutable<Finding>;

  /** Lanes that are asked of together share their counts. */
  constructor(
    profileOf: (account: number) => GuardProfile,
    detectors = allDetectors,
    evidence = new EvidenceCounts(),
    witness?: Witness,
  ) {
    this.profileOf = profileOf;
    this.witness = witness;
    this.detectors = detectors;
    this.evidence = evidence;
    this.own = detectors.map(() => 0);
    this.finding = {
      account: 0,
      lane: 0,
      seq: 0,
      at: 0,
      bits: 0,
      own: this.own,
      level: 'none',
      honey: false,
      metHoney: false,
    };
  }

  /**
   * Folds the lane's next entry; a finding when it is a lookup. The e-detectors of a group that the account
   * is in observe it too.
   */
  fold(entry: FollowedEntry, group?: Float64Array): Finding | undefined {
    this.lane.passTo(entry.at);
    if (entry.kind === kinds.lookup) return this.foldLookup(entry, group);
    if (entry.kind === kinds.explanation) this.foldExplanation(entry);
    else if (entry.kind === kinds.standing) this.foldStanding(entry);
    else foldOpening(this.stateFor(entry.account), entry);
    return undefined;
  }

  /** Accounts that have a state here. */
  accounts(): Iterable<number> {
    return this.states.keys();
  }

  /** A copy of an account's state: its snapshot. */
  stateOf(account: number): Uint8Array {
    return this.stateFor(account).bytes.slice();
  }

  /** Takes an account's snapshot back. */
  restore(account: number, bytes: Uint8Array): void {
    const state = this.stateFor(account);
    const before = numberOf(state, numberAt.bits);
    state.restore(bytes);
    this.evidence.move(before, numberOf(state, numberAt.bits));
  }

  /** An account's evidence as it stands, by detector, in bits; none of one that is not known here. */
  ownOf(account: number): number[] {
    const own: number[] = [];
    const state = this.states.get(account);
    if (state !== undefined) this.weigh(state, own);
    return own;
  }

  /** A copy of what the lane remembers beside its accounts. */
  laneState(): Uint8Array {
    return new Uint8Array(this.lane.buffer).slice();
  }

  /** Takes the lane's snapshot back. */
  restoreLane(bytes: Uint8Array): void {
    this.lane.restore(bytes);
  }

  /** Claims are not heard of: detector 4 waits. */
  get claimsSilent(): boolean {
    return this.lane.claimsSilent;
  }

  /** What the alarms about inputs are judged by. */
  get inputs(): Pick<LaneState, 'claimsMissing' | 'hearsDraws' | 'placesMissing'> {
    return this.lane;
  }

  /** For each detector, in order, how many entries it was left out of because it threw. */
  thrown(): readonly number[] {
    return this.detectors.map((_, place) => this.lane.thrown(place));
  }

  private stateFor(account: number): AccountState {
    let state = this.states.get(account);
    if (state === undefined) {
      state = new AccountState();
      this.states.set(account, state);
    }
    return state;
  }

  private foldStanding(entry: FollowedEntry): void {
    const state = this.stateFor(entry.account);
    const before = numberOf(state, numberAt.bits);
    foldStanding(state, entry);
    this.evidence.move(before, numberOf(state, numberAt.bits));
  }

  private foldLookup(entry: FollowedEntry, group: Float64Array | undefined): Finding {
    const state = this.stateFor(entry.account);
    state.group = group;
    state.witness = this.witness;
    const profile = this.profileOf(entry.account);
    this.prepareLook(entry, state, profile);
    const { look, lane, detectors } = this;
    passWeek(state, look);
    const isDisclosed = entry.outcome === outcomes.disclosed;
    if (look.stranger && !look.byClaim && isDisclosed) lane.hearDraw(entry.account);
    // Cards and claims tell no number.
    if (entry.action === actions.coverageLookup && look.high !== 0 && isDisclosed)
      lane.hearPlace(entry.account, departementOf(entry.signals) !== 0);
    for (let place = 0; place < detectors.length; place += 1) {
      try {
        detectors[place]?.look?.(look, state, lane);
      } catch (error) {
        this.leaveOut(place, error);
      }
    }
    state.numbers[numberAt.lastLookupAt] = entry.at;
    return this.find(entry, state, profile);
  }

  private prepareLook(entry: FollowedEntry, state: AccountState, profile: GuardProfile): void {
    const { look } = this;
    look.entry = entry;
    look.profession = professionPlace(profile.profession);
    look.dailyLookups = profile.dailyLookups;
    look.hour = parisHour(entry.at);
    look.hourClass = hourClass(look.hour);
    look.byClaim = entry.action >= actions.claimed && entry.action <= actions.claimReviewed;
    look.again = false;
    look.stranger = false;
    look.low = 0;
    look.high = 0;
    if (entry.subject !== null) {
      this.hash.of(entry.subject);
      look.low = this.hash.low;
      look.high = this.hash.high;
      // Claims are not remembered: reading old ones would push out who was asked about.
      look.again = !look.byClaim && wasRecent(state, look.high, Math.floor(look.hour / 24));
      look.stranger = !look.again && !entry.present && (entry.signals & signalBits.neverSeen) !== 0;
    }
    if (numberOf(state, numberAt.firstHour) === 0) state.numbers[numberAt.firstHour] = look.hour;
    look.calibrating = look.hour - numberOf(state, numberAt.firstHour) < calibratingHours;
    const opened = numberOf(state, numberAt.openedAt);
    look.opening = opened > 0 && entry.at - opened < calibratingHours * hourUs;
    look.learns =
      state.bytes[byteAt.standing] === 0 && numberOf(state, numberAt.bits) < bitsFor(profile, 'challenge');
    if (!look.learns) setFlag(state, flagOf.dayTeachesNothing, true);
  }

  private foldExplanation(entry: FollowedEntry): void {
    const { told, hash, lane } = this;
    if (entry.action === explanations.claim) lane.hearClaim();
    const state = this.states.get(entry.account);
    if (state === undefined || entry.subject === null) return;
    hash.of(entry.subject);
    told.entry = entry;
    told.low = hash.low;
    told.high = hash.high;
    for (let place = 0; place < this.detectors.length; place += 1) {
      try {
        this.detectors[place]?.explanation?.(told, state, lane);
      } catch (error) {
        this.leaveOut(place, error);
      }
    }
  }

  /** One detector fails, the others go on; the count and the reason are what is told. */
  private leaveOut(place: number, error: unknown): void {
    this.lane.countThrown(place);
    this.lastThrown = error;
  }

  /** The average, by fixed weights, of all e-detectors: valid however they depend on each other. In bits. */
  private weigh(state: AccountState, own: number[]): number {
    const { detectors } = this;
    let sum = 0;
    for (let place = 0; place < detectors.length; place += 1) {
      const { track, tracks, weight } = detectors[place] as Detector;
      const mean = meanOf(state.numbers, numberAt.tracks + track * alternatives, tracks);
      own[place] = bitsOf(mean);
      sum += weight * mean;
    }
    return bitsOf(sum);
  }

  private find(entry: FollowedEntry, state: AccountState, profile: GuardProfile): Finding {
    const { finding } = this;
    const bits = this.weigh(state, this.own);
    this.evidence.move(numberOf(state, numberAt.bits), bits);
    state.numbers[numberAt.bits] = bits;
    finding.account = entry.account;
    finding.lane = entry.lane;
    finding.seq = entry.seq;
    finding.at = entry.at;
    finding.bits = bits;
    finding.honey = state.bytes[byteAt.honey] === 1;
    finding.metHoney = hasMetHoney(state, parisHour(entry.at));
    finding.level = levelOf(state, finding, profile);
    return finding;
  }
}

/** In a new week, rates are those of the past one, and habits may be learnt again. */
function passWeek(state: AccountState, look: Look): void {
  const week = weekOf(look.hour);
  if (numberOf(state, numberAt.week) === week) return;
  endWeek(state, look.calibrating);
  state.numbers[numberAt.week] = week;
  state.words[wordAt.departementLearned] = 0;
  state.words[wordAt.habitLearned] = 0;
}

/**
 * Whether the account looked at this person earlier that day, within its last hundred or so; it has now.
 * Each day anew: an account with fifty patients in series would else be judged by its new people alone.
 */
function wasRecent({ numbers, words }: AccountState, high: number, day: number): boolean {
  if (numbers[numberAt.recentDay] !== day) {
    numbers[numberAt.recentDay] = day;
    words.fill(0, wordAt.recent, wordAt.recent + recentMax);
  }
  for (let each = wordAt.recent; each < wordAt.recent + recentMax; each += 1)
    if (words[each] === high) return true;
  const next = words[wordAt.recentNext] as number;
  words[wordAt.recent + next] = high;
  words[wordAt.recentNext] = (next + 1) % recentMax;
  return false;
}
