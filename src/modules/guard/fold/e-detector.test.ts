import { describe, expect, test } from 'vitest';
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

/** How what three detectors see hangs together: each at its own rate, whatever came before. */
const together: readonly (readonly [says: string, see: (draw: () => number) => readonly boolean[]])[] = [
  ['see the same', (draw) => rates3(draw())],
  ['see each something of its own', (draw) => [draw() < 0.05, draw() < 0.2, draw() < 0.5]],
  [
    'see what the others do not',
    (draw) => {
      const one = draw();
      return [one < 0.05, one >= 0.05 && one < 0.25, one >= 0.5];
    },
  ],
];
const rates = [0.05, 0.2, 0.5] as const;

function rates3(draw: number): readonly boolean[] {
  return rates.map((rate) => draw < rate);
}

/** Mean observations until a number made of three detectors' reaches 1000. */
function meanRunOf(
  see: (draw: () => number) => readonly boolean[],
  made: (m: Float64Array) => number,
): number {
  let sum = 0;
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = chance(seed);
    const m = new Float64Array(3 * alternatives);
    do {
      for (const [place, happened] of see(random).entries())
        observe({ numbers: m }, place * alternatives, happened, rates[place] as number);
      sum += 1;
    } while (made(m) < 1000);
  }
  return sum / 300;
}

describe.each(together)('three detectors that %s', (_, see) => {
  test('their average alarms after its threshold of observations at least', () => {
    const weights = [0.2, 0.5, 0.3];
    const averaged = (m: Float64Array) =>
      weights.reduce((sum, weight, place) => sum + weight * meanOf(m, place * alternatives, 1), 0);
    expect(meanRunOf(see, averaged)).toBeGreaterThan(1000);
  });

  test('their product alarms far sooner: it is no evidence', () => {
    const multiplied = (m: Float64Array) =>
      [0, 1, 2].reduce((product, place) => product * (1 + meanOf(m, place * alternatives, 1)), 1);
    expect(meanRunOf(see, multiplied)).toBeLessThan(500);
  });
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
