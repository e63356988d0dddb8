import { expect, test } from 'vitest';
import { chance } from './chance.ts';
import { alternatives, bitsOf, evidenceMax, meanOf, observe, observePair } from './e-detector.ts';

/**
 * Mean observations until the threshold, over seeds, at the rate itself: the worst that is still usual
 * work.
 */
function meanRun(
  threshold: number,
  runs: number,
  step: (m: Float64Array, random: () => number) => void,
): number {
  let sum = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const random = chance(seed);
    const m = new Float64Array(alternatives);
    do {
      step(m, random);
      sum += 1;
    } while (meanOf(m, 0, 1) < threshold);
  }
  return sum / runs;
}

for (const rate of [0.002, 0.05, 0.2, 0.5])
  test(`at usual work, rate ${rate}, an alarm comes after its threshold of observations at least`, () => {
    const run = meanRun(1000, 400, (m, random) => observe({ numbers: m }, 0, random() < rate, rate));
    expect(run).toBeGreaterThan(1000);
  });

test('the same for a product of two observations', () => {
  const rates = { first: 0.2, second: 0.4 };
  const run = meanRun(1000, 400, (m, random) => {
    if (random() >= rates.first) observe({ numbers: m }, 0, false, rates.first);
    else observePair({ numbers: m }, 0, rates, random() < rates.second);
  });
  expect(run).toBeGreaterThan(1000);
});

test('the mean of a factor at usual work is 1, whichever alternative', () => {
  for (const rate of [0.001, 0.3, 0.9]) {
    const [yes, no] = [new Float64Array(alternatives), new Float64Array(alternatives)];
    observe({ numbers: yes }, 0, true, rate);
    observe({ numbers: no }, 0, false, rate);
    for (let k = 0; k < alternatives; k += 1)
      expect(rate * (yes[k] as number) + (1 - rate) * (no[k] as number)).toBeCloseTo(1, 12);
  }
});

test('evidence is held where nothing more is decided, and never below nothing', () => {
  const m = new Float64Array(alternatives);
  for (let each = 0; each < 1000; each += 1) observe({ numbers: m }, 0, true, 0.1);
  expect([...m]).toEqual(Array(alternatives).fill(evidenceMax));
  expect(bitsOf(0.2)).toBe(0);
  expect(bitsOf(1024)).toBe(10);
});
