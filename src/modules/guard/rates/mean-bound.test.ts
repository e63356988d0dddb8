import { expect, test } from 'vitest';
import { chance } from '../fold/chance.ts';
import { meanLower, meanUpper } from './mean-bound.ts';

/** Rates of accounts that differ: each account's own, and what came of so many observations of it. */
function accountsOf(
  { accounts, observations, rate }: { accounts: number; observations: number; rate: (u: number) => number },
  random: () => number,
): number[] {
  return Array.from({ length: accounts }, () => {
    const own = rate(random());
    let events = 0;
    for (let each = 0; each < observations; each += 1) if (random() < own) events += 1;
    return events / observations;
  });
}

const worlds = [
  { says: 'alike', accounts: 40, observations: 200, rate: () => 0.2, mean: 0.2 },
  { says: 'half above, half below', accounts: 40, observations: 50, mean: 0.2, rate: (u: number) => 0.4 * u },
  { says: 'one in twenty has all of the events', accounts: 60, observations: 200, mean: 0.025 },
  { says: 'seldom', accounts: 200, observations: 30, rate: () => 0.002, mean: 0.002 },
  { says: 'few accounts', accounts: 5, observations: 40, rate: () => 0.3, mean: 0.3 },
  { says: 'many', accounts: 400, observations: 20, rate: (u: number) => 0.5 + 0.5 * u, mean: 0.75 },
] as const;
const runs = 300;
/** Of 300 runs, 25 or more are wrong with one chance in a hundred, at one in twenty. */
const wrongMost = 24;

for (const { says, accounts, observations, mean, ...world } of worlds)
  test(`${says}: the mean is above or below its bounds in one case of twenty at most`, () => {
    const rate = 'rate' in world ? world.rate : (u: number) => (u < 0.05 ? 0.5 : 0);
    const random = chance(accounts);
    let [above, below] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      const seen = accountsOf({ accounts, observations, rate }, random);
      if (meanUpper(seen) < mean) above += 1;
      if (meanLower(seen) > mean) below += 1;
    }
    expect([above <= wrongMost, below <= wrongMost]).toEqual([true, true]);
  });

test('over entries, as if they were independent, a bound would be wrong far more often', () => {
  const random = chance(60);
  const [accounts, observations, mean] = [60, 200, 0.025];
  let wrong = 0;
  for (let run = 0; run < runs; run += 1) {
    const seen = accountsOf({ accounts, observations, rate: (u) => (u < 0.05 ? 0.5 : 0) }, random);
    const share = seen.reduce((sum, rate) => sum + rate, 0) / accounts;
    // Of so many entries the bound of Clopper and Pearson is the usual one.
    const spread = Math.sqrt((share * (1 - share)) / (accounts * observations));
    if (share + 1.645 * spread < mean) wrong += 1;
  }
  expect(wrong / runs).toBeGreaterThan(0.3);
});

test('where nothing happened, it is near that of Clopper and Pearson, and nowhere below it', () => {
  for (const accounts of [10, 100, 1_000]) {
    const exact = 1 - 0.05 ** (1 / accounts);
    const bound = meanUpper(Array.from({ length: accounts }, () => 0));
    expect([bound > exact, bound < 1.25 * exact]).toEqual([true, true]);
  }
});

test('steady accounts say much, a single one next to nothing', () => {
  expect(meanUpper(Array.from({ length: 200 }, (_, each) => 0.15 + (each % 11) / 100))).toBeLessThan(0.22);
  expect(meanUpper([0.2])).toBeGreaterThan(0.9);
  expect(meanUpper([])).toBe(1);
  expect([meanUpper([1, 1, 1]), meanLower([0, 0, 0])].map((each) => each.toFixed(3))).toEqual([
    '1.000',
    '0.000',
  ]);
});
