import { detectors } from '../detectors/detectors.ts';
import { numberAt, trackCount } from '../fold/account-state.ts';
import { alternatives, bitsOf, meanOf } from '../fold/e-detector.ts';
import { bitsFor, levelFor } from '../fold/thresholds.ts';
import type { LinkedAccount } from './linked-account.ts';

/** Two accounts that are linked; `one` is the smaller number. */
export type Link = {
  readonly one: number;
  readonly other: number;
  /** In bits: how rare what they share is. */
  readonly weight: number;
  readonly families: number;
};

/** Accounts that are linked, directly or through others, and their evidence together. */
export type Group = {
  /** The entry that founded it, lane/seq. */
  readonly key: string;
  readonly foundedAt: number;
  readonly turn: number;
  members: number[];
  readonly joinedAt: Map<number, { readonly at: number; readonly lane: number; readonly seq: number }>;
  links: Link[];
  /** E-detectors over the lookups of all members, from the moment each of them joined. */
  readonly tracks: Float64Array;
  /** Lookups on a usual day of all members. */
  dailyLookups: number;
  level: number;
  /** The strongest evidence it ever had. */
  bits: number;
  lastAt: number;
  isConfirmed: boolean;
  /** It came near a challenge, or a member was contained: it is a campaign, and told. */
  isTold: boolean;
};

const tracksLength = numberAt.tracks + trackCount * alternatives;

/**
 * What groups may add to the false steps that accounts suffer by themselves: a tenth. A group is judged as
 * one account that makes the lookups of all its members, and ten times as many.
 */
export const groupShare = 10;
/** How much lower the bar is once a person confirmed that a member was stolen: 64 times. Assumed. */
export const confirmedBits = 6;
/** A group so near to a challenge is told as a campaign. */
const toldBits = 8;

/** A group of nobody yet. */
export function newGroup(at: { key: string; foundedAt: number; turn: number }): Group {
  return {
    ...at,
    ...{ members: [], joinedAt: new Map(), links: [], tracks: new Float64Array(tracksLength) },
    ...{ dailyLookups: 0, level: 0, bits: 0, lastAt: at.foundedAt },
    ...{ isConfirmed: false, isTold: false },
  };
}

/** The lookups that a group's thresholds follow from. */
export function judgedLookups(group: Pick<Group, 'dailyLookups' | 'isConfirmed'>): number {
  return (group.dailyLookups * groupShare) / 2 ** loweredBy(group);
}

/** The evidence of all members together, and of each detector, in bits. */
function evidenceOf(group: Group): { readonly bits: number; readonly own: readonly number[] } {
  let sum = 0;
  const own = detectors.map(({ track, tracks, weight }) => {
    const mean = meanOf(group.tracks, numberAt.tracks + track * alternatives, tracks);
    sum += weight * mean;
    return bitsOf(mean);
  });
  return { bits: bitsOf(sum), own };
}

/** What the evidence of a group asks for, 0 to 2: suspending asks for an account's own. */
export function judgeGroup(group: Group): { readonly bits: number; readonly own: readonly number[] } {
  const evidence = evidenceOf(group);
  group.level = Math.min(2, levelFor(evidence.bits, judgedLookups(group), group.level));
  group.bits = Math.max(group.bits, evidence.bits);
  const toldFrom = bitsFor({ dailyLookups: judgedLookups(group) }, 'challenge') - toldBits;
  if (evidence.bits >= toldFrom || group.level > 0) group.isTold = true;
  return evidence;
}

/** What stood behind a step that ended: the member's own evidence, and its group's, with a lowered bar. */
export function stepEnded(of: LinkedAccount, group: Group | undefined): NonNullable<LinkedAccount['ended']> {
  const level = of.heldTo ?? 1;
  if (group === undefined) return { level, own: of.bits, group: 0 };
  const lowered = loweredBy(group);
  return { level, own: of.bits + lowered, group: evidenceOf(group).bits + lowered };
}

/** By how many bits the bar is lowered. */
export function loweredBy({ isConfirmed }: Pick<Group, 'isConfirmed'>): number {
  return isConfirmed ? confirmedBits : 0;
}

/** Takes another group in. The sum of two groups' e-detectors is one of the two together. */
export function absorb(group: Group, other: Group): void {
  group.members.push(...other.members);
  for (const [account, joined] of other.joinedAt) group.joinedAt.set(account, joined);
  group.links.push(...other.links);
  other.tracks.forEach((m, place) => {
    group.tracks[place] = (group.tracks[place] as number) + m;
  });
  group.dailyLookups += other.dailyLookups;
  group.level = Math.max(group.level, other.level);
  group.bits = Math.max(group.bits, other.bits);
  group.lastAt = Math.max(group.lastAt, other.lastAt);
  group.isConfirmed ||= other.isConfirmed;
  group.isTold ||= other.isTold;
}
