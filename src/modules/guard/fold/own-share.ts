import { type AccountState, floatAt, numberAt, trackCount } from './account-state.ts';
import { alternatives, observe } from './e-detector.ts';
import type { Look } from './look.ts';

/** A week with fewer observations teaches nothing. */
const observationsLeast = 20;
/** A week's rate counts with as many observations of before, so that one odd week is not a habit. */
const priorObservations = 20;
/** An account's own rate rises by a tenth a week at most: a thief cannot teach quickly what is usual. */
const driftMax = 1.1;
/** The bound stands above the own rate, which is itself an estimate. */
const margin = 1.25;
/** Above this a yes says nothing any more. */
const nullRateMax = 0.95;

/**
 * The null rate of one account: its profession's bound, or its own rate with a margin when that is
 * higher.
 */
export function ownRate(state: AccountState, track: number, upper: number): number {
  const own = margin * (state.floats[floatAt.shares + track] as number);
  return Math.min(nullRateMax, Math.max(upper, own));
}

/**
 * One observation against the account's own rate, which learns from it at the end of the week. `rate` says
 * which one the bound is of, when it is not that of the track.
 */
export function observeOwn(
  state: AccountState,
  look: Look,
  seen: { track: number; happened: boolean; upper: number; rate?: number },
): void {
  state.witness?.(seen.rate ?? seen.track, look, seen.happened);
  const rate = ownRate(state, seen.track, seen.upper);
  observe(state, numberAt.tracks + seen.track * alternatives, seen.happened, rate);
  learnShare(state, look, seen.track, seen.happened);
}

/** One observation against a rate that is the same whatever the account did before. */
export function observeFixed(
  state: AccountState,
  look: Look,
  { rate, track, upper }: { readonly rate: number; readonly track: number; readonly upper: number },
  happened: boolean,
): void {
  state.witness?.(rate, look, happened);
  observe(state, numberAt.tracks + track * alternatives, happened, upper);
}

/** Counts for the week's rate of a track, unless the account is contained or near it. */
function learnShare(state: AccountState, look: Look, track: number, happened: boolean): void {
  if (!look.learns) return;
  const { floats } = state;
  floats[floatAt.total + track] = (floats[floatAt.total + track] as number) + 1;
  if (happened) floats[floatAt.ones + track] = (floats[floatAt.ones + track] as number) + 1;
}

/** A new week: what the past one showed becomes the account's own rates, within the allowed drift. */
export function endWeek(state: AccountState, calibrating: boolean): void {
  const { floats } = state;
  for (let track = 0; track < trackCount; track += 1) {
    const total = floats[floatAt.total + track] as number;
    if (total < observationsLeast) continue;
    const before = floats[floatAt.shares + track] as number;
    const ones = floats[floatAt.ones + track] as number;
    const week = ones / total;
    const known = before > 0 ? before : week;
    const now = (ones + priorObservations * known) / (total + priorObservations);
    const most = before > 0 && !calibrating ? before * driftMax : 1;
    floats[floatAt.shares + track] = Math.min(now, most);
    floats[floatAt.total + track] = 0;
    floats[floatAt.ones + track] = 0;
  }
}
