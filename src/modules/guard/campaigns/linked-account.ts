import { outcomes, signalBits } from '../../ledger/index.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import { SubjectHash } from '../fold/subject-hash.ts';
import { type Family, families } from './families.ts';
import * as figures from './figures.ts';

/** Something an account uses: a network or a software, by its number in the ledger. Microseconds UTC. */
export type Use = {
  readonly value: number;
  readonly firstAt: number;
  lastAt: number;
  /** Never new: what it worked with when the guard began to learn, or what a person declared harmless. */
  isUsual: boolean;
};

/** A session, and when it began from something new; 0 when it did not. */
export type SessionBegin = { readonly session: number; readonly begunAt: number };

/** What the index remembers of an account: a few hundred bytes, all of it plain data. */
export type LinkedAccount = {
  readonly account: number;
  organisation: number;
  networks: Use[];
  clients: Use[];
  sessions: SessionBegin[];
  /** Its last lookup. */
  lane: number;
  seq: number;
  at: number;
  /** The ledger's reason of its last containment: what a person ordered is no false alarm when it ends. */
  heldFor?: number;
  /** To which standing it was contained last. */
  heldTo?: number;
  /** When its holder last answered a challenge. */
  answeredAt: number;
  /**
   * The last step that ended without a person's word, with what stood behind it: its own bits, its group's.
   */
  ended?: { readonly level: number; readonly own: number; readonly group: number };
  /** Its own evidence after its last lookup, in bits. */
  bits: number;
  /** Strangers it was told of while it used something new. */
  people: number;
  /** When it was last told of a stranger, and its last strangers under something new. */
  strangerAt: number;
  draws: { readonly at: number; readonly person: string }[];
  /** Waits between strangers: how many, the mean of their log2 in seconds, and its mean deviation. */
  gaps: number;
  gapMean: number;
  gapSpread: number;
  /**
   * What it drew strangers under: attributes, and the turn of the index at which it was listed as one who
   * did; 0 when it was not, because enough others are.
   */
  drawn: [key: number, turn: number][];
};

/** An account nothing is known of yet. */
export function newAccount(account: number, organisation: number): LinkedAccount {
  return {
    ...{ account, organisation, networks: [], clients: [], sessions: [] },
    ...{ lane: 0, seq: 0, at: 0, answeredAt: 0, bits: 0, people: 0, strangerAt: 0 },
    ...{ draws: [], gaps: 0, gapMean: 0, gapSpread: 0, drawn: [] },
  };
}

const hash = new SubjectHash();

/** A person as an account remembers to have drawn them: eight bytes, which are compared and lead nowhere. */
export function personOf({ subject }: Pick<FollowedEntry, 'subject'>): string {
  hash.of(subject ?? '');
  return `${hash.high.toString(36)}.${hash.low.toString(36)}`;
}

/** After a crash what was kept may be ahead of a lane's own snapshot: its entries come once more. */
export function wasSeen(of: LinkedAccount, entry: Pick<FollowedEntry, 'lane' | 'seq'>): boolean {
  return of.at > 0 && of.lane === entry.lane && entry.seq <= of.seq;
}

const familySpan = 2 ** 40;

/** An attribute: a family and a value in it, as one number. */
export function keyOf(family: Family, value: number): number {
  return families.indexOf(family) * familySpan + value;
}

/** The family of an attribute. */
export function familyOf(key: number): Family {
  return families[Math.floor(key / familySpan)] as Family;
}

/** The attribute of sessions that began at about this time. */
export function beginKey(at: number): number {
  return keyOf('sign-in', Math.floor(at / figures.togetherUs));
}

/** Whether it is new to the account. */
export function isNew(use: Use, at: number): boolean {
  return !use.isUsual && at - use.firstAt <= figures.newUs;
}

/** The attribute of its rhythm; 0 while it has none. */
export function rhythmKey({ gaps, gapMean, gapSpread }: LinkedAccount): number {
  if (gaps < figures.rhythmGaps || gapSpread > figures.rhythmSpreadMax) return 0;
  // Above zero for any wait of a second and more.
  return keyOf('rhythm', 1 + Math.max(0, Math.round(gapMean * figures.rhythmSteps)));
}

/** A wait of the account between two strangers: running means, the last ones counting most. */
export function learnGap(of: LinkedAccount, seconds: number): void {
  const log = Math.log2(Math.max(1, seconds));
  const share = 1 / Math.min(of.gaps + 1, figures.rhythmGaps);
  of.gapSpread += of.gaps === 0 ? 0 : share * (Math.abs(log - of.gapMean) - of.gapSpread);
  of.gapMean += share * (log - of.gapMean);
  of.gaps += 1;
}

/** Whether a person was told who was not there and whom the account never drew before. */
export function isStranger(entry: FollowedEntry): boolean {
  const isTold = entry.outcome === outcomes.disclosed && entry.subject !== null;
  return isTold && !entry.present && (entry.signals & signalBits.neverSeen) !== 0;
}
