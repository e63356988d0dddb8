/**
 * An e-detector in the form of Shiryaev and Roberts: M ← L·(1 + M). L is how much likelier what was just
 * seen is under theft than at usual work; whatever came before, its mean at usual work is at most 1. Then
 * the mean number of observations until M reaches a threshold, at usual work, is at least that threshold
 * (Shin, Ramdas and Rinaldo, arXiv 2203.03532). How strong a theft is nobody knows beforehand, so six
 * alternatives run side by side and their mean counts.
 */

/**
 * The alternatives, as ratios of odds: the event's odds are 2, 4 … 256 times those of usual work. Ratios,
 * because one grid then serves every null rate: at 0.2 it means 0.33, 0.5, 0.67, 0.8, 0.94 and 0.98 (a
 * thief who mixes in 80 %, half, or none of somebody's own patients); at 0.02, 0.04 to 0.84. Powers of
 * two keep the arithmetic exact.
 */
const oddsRatios = new Float64Array([2, 4, 8, 16, 64, 256]);

/** How many alternatives run side by side. */
export const alternatives = oddsRatios.length;

/**
 * Beyond this nothing more is decided, and an account whose step was undone must be able to come down
 * again.
 */
export const evidenceMax = 2 ** 48;

/**
 * Who observes: the e-detectors of an account and, while it is in a group with others, those of the group at
 * the same places, which see the lookups of all its members as one sequence.
 */
export type Observers = { readonly numbers: Float64Array; readonly group?: Float64Array | undefined };

/** One observation of a yes or no whose rate at usual work is at most `nullRate`. */
export function observe(by: Observers, at: number, happened: boolean, nullRate: number): void {
  for (let k = 0; k < alternatives; k += 1)
    see(by, at + k, likelierBy(oddsRatios[k] as number, happened, nullRate));
}

/**
 * Two observations as one, of which the first is a yes. The rate of the second is at most `second` whatever
 * the first was.
 */
export function observePair(
  by: Observers,
  at: number,
  rates: { readonly first: number; readonly second: number },
  happened: boolean,
): void {
  for (let k = 0; k < alternatives; k += 1) {
    const odds = oddsRatios[k] as number;
    see(by, at + k, likelierBy(odds, true, rates.first) * likelierBy(odds, happened, rates.second));
  }
}

/** How many times likelier a yes or no is under one alternative than at usual work. */
function likelierBy(odds: number, happened: boolean, nullRate: number): number {
  return (happened ? odds : 1) / (1 - nullRate + nullRate * odds);
}

function see({ numbers, group }: Observers, at: number, likelier: number): void {
  numbers[at] = held(likelier * (1 + (numbers[at] as number)));
  if (group !== undefined) group[at] = held(likelier * (1 + (group[at] as number)));
}

/** The mean of the alternatives of some tracks that stand one after another. */
export function meanOf(m: Float64Array, at: number, tracks: number): number {
  let sum = 0;
  const end = at + tracks * alternatives;
  for (let k = at; k < end; k += 1) sum += m[k] as number;
  return sum / (end - at);
}

/** Evidence in bits; what is less likely under theft than at usual work is no evidence, not a credit. */
export function bitsOf(mean: number): number {
  return mean > 1 ? Math.log2(mean) : 0;
}

/** Lower is always valid: the guarantee is about how high it gets. */
export function held(m: number): number {
  return m < evidenceMax ? m : evidenceMax;
}
