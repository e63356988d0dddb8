import type { Detector } from '../detectors/detector.ts';
import { detectors } from '../detectors/detectors.ts';
import { meanLower, meanUpper } from './mean-bound.ts';
import type { Seen } from './rate-counts.ts';

/**
 * What a measurement says of a bound: it holds; it is above, and the promise does not hold until the table is
 * raised; it depends on who was left out; there were too few accounts.
 */
export const verdicts = ['holds', 'above', 'left-out', 'too-few'] as const;
export type Verdict = (typeof verdicts)[number];

/** How often the event of a detector happens at usual work of a profession, against its table. */
export type MeasuredRate = {
  readonly detector: number;
  readonly name: string;
  /** A code of the table of professions; '' for accounts that have none. */
  readonly profession: string;
  /** Those that were observed at usual work, and how often together. */
  readonly accounts: number;
  readonly observations: number;
  readonly events: number;
  /** The mean of the rates of accounts, each counted once; null without any. */
  readonly rate: number | null;
  /** The mean of all such accounts is above it in one case of twenty at most. */
  readonly upper: number;
  /** Observations while contained, or near it. */
  readonly leftOut: number;
  /** The same bound, had whoever of those left out makes it highest been at usual work. */
  readonly upperAtMost: number;
  /** Accounts that are by themselves above the table's bound: after four weeks their own rate is used. */
  readonly accountsAbove: number;
  readonly table: Table;
  readonly verdict: Verdict;
};

type Table = { readonly value: number; readonly upper: number; readonly mark: string };
type Asked = Pick<MeasuredRate, 'detector' | 'name' | 'profession' | 'table'> & { readonly rate: number };

/** Fewer observations say nothing of one account; as for the rates it is judged by. */
const observationsLeast = 20;

/** Every rate that anything was observed of, in the order of detectors and of professions. */
export function measuredRates(seenOf: (rate: number, profession: string) => readonly Seen[]): MeasuredRate[] {
  return detectors
    .filter(({ waiting }) => waiting !== true)
    .flatMap(askedOf)
    .flatMap((asked) => measure(asked, seenOf(asked.rate, asked.profession)) ?? []);
}

function askedOf({ number, name, track, nullRates, sideRates = [] }: Detector): Asked[] {
  const same = (of: string, rate: number) => ({ detector: number, name: of, rate });
  const main = nullRates.map(({ profession, value, upper, mark }) => {
    return { ...same(name, track), profession, table: { value, upper, mark } };
  });
  const sides = sideRates.flatMap(({ name: of, rate, upper, mark }) =>
    nullRates.map(({ profession }) => {
      return { ...same(of, rate), profession, table: { value: upper, upper, mark } };
    }),
  );
  return [...main, ...sides];
}

function measure(asked: Asked, all: readonly Seen[]): MeasuredRate | undefined {
  const seen = all.filter(({ observations, leftOut }) => observations + leftOut > 0);
  if (seen.length === 0) return undefined;
  const usual = seen.filter(({ observations }) => observations > 0);
  const rates = usual.map(({ observations, events }) => events / observations);
  const most = ratesAtMost(seen);
  const { detector, name, profession, table } = asked;
  const upper = meanUpper(rates);
  const upperAtMost = Math.max(upper, meanUpper(most));
  return {
    ...{ detector, name, profession, table, upper, upperAtMost },
    accounts: usual.length,
    observations: sumOf(usual, ({ observations }) => observations),
    events: sumOf(usual, ({ events }) => events),
    rate: rates.length === 0 ? null : meanOf(rates),
    leftOut: sumOf(seen, ({ leftOut }) => leftOut),
    accountsAbove: usual.filter(
      ({ observations, events }) => observations >= observationsLeast && events > table.upper * observations,
    ).length,
    verdict: verdictOf({ rates, most, upper, upperAtMost }, table.upper),
  };
}

/** Each account's rate, with what was left out of it where that is more; others only where above the mean. */
function ratesAtMost(seen: readonly Seen[]): number[] {
  const whole = (one: Seen) => (one.events + one.leftOutEvents) / (one.observations + one.leftOut);
  const most = seen
    .filter(({ observations }) => observations > 0)
    .map((one) => Math.max(one.events / one.observations, whole(one)));
  const others = seen.filter(({ observations }) => observations === 0).map(whole);
  let [sum, count] = [sumOf(most, (rate) => rate), most.length];
  for (const rate of others.sort((one, other) => other - one)) {
    if (count > 0 && rate * count <= sum) break;
    most.push(rate);
    sum += rate;
    count += 1;
  }
  return most;
}

function verdictOf(
  found: Pick<MeasuredRate, 'upper' | 'upperAtMost'> & {
    readonly rates: readonly number[];
    readonly most: readonly number[];
  },
  bound: number,
): Verdict {
  if (found.upperAtMost <= bound) return 'holds';
  if (found.rates.length > 0 && meanLower(found.rates) > bound) return 'above';
  const isBelow = found.rates.length === 0 || meanOf(found.rates) <= bound;
  return found.upper <= bound || (isBelow && meanOf(found.most) > bound) ? 'left-out' : 'too-few';
}

function meanOf(values: readonly number[]): number {
  return sumOf(values, (value) => value) / values.length;
}

function sumOf<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}
