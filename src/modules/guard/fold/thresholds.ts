import type { Level } from './finding.ts';
import type { GuardProfile } from './profile.ts';

/** Days of one honest account, on average at least, between two false steps. */
export const accountDays = { challenge: 1_000, restrict: 10_000, suspend: 100_000 } as const;

/** A level is left only when the evidence is this many bits below it: eight times less. */
const hysteresisBits = 3;

/** After an answered challenge it is not asked again for this long: a working day. */
export const challengeAgainAfterHours = 10;

/** An account that makes one lookup a day still gets thresholds worth something. */
const lookupsLeast = 4;

/** How many bits of evidence a level asks for in a profession. */
export function bitsFor(profile: GuardProfile, level: Level): number {
  if (level === 'none') return 0;
  return Math.log2(Math.max(lookupsLeast, profile.dailyLookups) * accountDays[level]);
}

/** The place in `levels` that evidence asks for, coming from another place. */
export function levelFor(bits: number, dailyLookups: number, before: number): number {
  const daily = Math.max(lookupsLeast, dailyLookups);
  let level = 0;
  for (let each = 1; each <= 3; each += 1) {
    const asked = Math.log2(daily * (daysOf[each] as number));
    if (bits >= (each <= before ? asked - hysteresisBits : asked)) level = each;
  }
  return level;
}

const daysOf = [0, accountDays.challenge, accountDays.restrict, accountDays.suspend];
