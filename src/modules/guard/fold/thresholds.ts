import type { Level } from './finding.ts';
import type { GuardProfile } from './profile.ts';

/** Days of one honest account, on average at least, between two false steps. */
export const accountDays = { challenge: 1_000, restrict: 10_000, suspend: 100_000 } as const;

/** A level is left only when the evidence is this many bits below it: eight times less. */
const hysteresisBits = 3;

/**
 * What is higher by three bits than this rests no more: e-detectors end at 48 bits, weighed at some 40, and
 * who stands there could not rise any further. No luck of an honest account comes near.
 */
const restingBitsMost = 32;

/** A step that ended without a person's word: its place in `levels`, and the evidence at that moment. */
export type EndedStep = { readonly level: number; readonly bits: number };

/**
 * Whether a step rests: one as strict ended, and the evidence is not eight times what it was then. An
 * e-detector that stands at M grows eightfold by luck one time in eight at most, so that one false step
 * brings a second one time in eight, and not at every lookup.
 */
export function isResting(ended: EndedStep, level: number, bits: number): boolean {
  return level <= ended.level && bits < Math.min(ended.bits, restingBitsMost) + hysteresisBits;
}

/** After an answered challenge it is not asked again for this long: a working day. */
export const challengeAgainAfterHours = 10;

/** An account that makes one lookup a day still gets thresholds worth something. */
const lookupsLeast = 4;

/** How many bits of evidence a level asks for of who makes so many lookups on a usual day. */
export function bitsFor({ dailyLookups }: Pick<GuardProfile, 'dailyLookups'>, level: Level): number {
  return level === 'none' ? 0 : bitsOver(dailyLookups, accountDays[level]);
}

/** The place in `levels` that evidence asks for, coming from another place. */
export function levelFor(bits: number, dailyLookups: number, before: number): number {
  let level = 0;
  for (let each = 1; each < daysOf.length; each += 1) {
    const asked = bitsOver(dailyLookups, daysOf[each] as number);
    if (bits >= (each <= before ? asked - hysteresisBits : asked)) level = each;
  }
  return level;
}

/** By places in `levels`. */
const daysOf = [0, accountDays.challenge, accountDays.restrict, accountDays.suspend];

function bitsOver(dailyLookups: number, days: number): number {
  return Math.log2(Math.max(lookupsLeast, dailyLookups) * days);
}
