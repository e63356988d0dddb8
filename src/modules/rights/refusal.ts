import { parisDay } from '../../platform/clock.ts';
import type { AllowanceLeft, RefusalReason } from '../ledger/index.ts';

/** One way to draw again: what to do or wait for, and from when it counts. */
export type GivesBack = { readonly what: string; readonly says: string; readonly when: string };

/** What a refused caller is told. Nothing of it depends on whether the person exists. */
export type RefusalTold = {
  readonly detail: string;
  readonly givesBack: readonly GivesBack[];
  readonly retryAfterSeconds: number;
};

/** Why a lookup beyond the allowance was refused, what gives the allowance back, and when. */
export function tellRefusal(because: RefusalReason, left: AllowanceLeft, now: bigint): RefusalTold {
  const midnight = new Date(Number(nextMidnight(now) / 1000n)).toISOString().replace('.000Z', 'Z');
  return {
    detail: detailOf(because, left),
    givesBack: waysOf(because, left, midnight),
    retryAfterSeconds: secondsToMidnight(now),
  };
}

/** Seconds until the day turns in Paris: between 1 and 25 hours, since one day a year has 25. */
export function secondsToMidnight(now: bigint): number {
  return Number((nextMidnight(now) - now + 999_999n) / 1_000_000n);
}

function nextMidnight(now: bigint): bigint {
  const today = parisDay(now);
  // Midnight in Paris falls on a whole UTC hour.
  const hour = 3_600_000_000n;
  let turn = (now / hour + 1n) * hour;
  while (parisDay(turn) === today) turn += hour;
  return turn;
}

function detailOf(because: RefusalReason, left: AllowanceLeft): string {
  if (because === 'nir-closed') {
    return 'Three birth dates did not match this number today: it is closed to this account until tomorrow.';
  }
  if (because === 'day-full') {
    return 'This account has looked up as many different people today as its profession ever does.';
  }
  // One text for both balances and every person: it must not tell whether this one exists.
  return left.people === 0
    ? 'This account has drawn as many new people without explanation as it may.'
    : 'This account has asked for too many people whom nobody knows.';
}

function waysOf(because: RefusalReason, left: AllowanceLeft, midnight: string): GivesBack[] {
  const presence = {
    what: 'presence',
    says: 'Send the code of the person’s card: it costs nothing.',
    when: 'now',
  };
  if (because === 'nir-closed') {
    return [{ what: 'new-day', says: 'The number opens again.', when: midnight }];
  }
  if (because === 'day-full') {
    return [{ what: 'new-day', says: 'A new day begins, in Paris.', when: midnight }];
  }
  if (left.people > 0) {
    return [presence, { what: 'renewal', says: 'Two unknown people a day come back.', when: midnight }];
  }
  return [
    presence,
    { what: 'claim', says: 'An accepted claim for a person already looked up gives one back.', when: 'now' },
    { what: 'reason', says: 'A reason given by hand gives one back, five times a week.', when: 'now' },
    {
      what: 'renewal',
      says: 'A tenth of the allowance comes back, if half of the last 30 days’ people were explained.',
      when: midnight,
    },
  ];
}
