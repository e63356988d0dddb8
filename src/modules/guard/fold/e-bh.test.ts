import { assert, double, array as listOf, property } from 'fast-check';
import { expect, test } from 'vitest';
import { EvidenceCounts } from './e-bh.ts';

function counted(bits: readonly number[]): EvidenceCounts {
  const counts = new EvidenceCounts();
  for (const each of bits) counts.move(0, each);
  return counts;
}

/** Evidence of accounts 1, 2, 3 … against the accounts that may be suspended, of 1,000. */
const table: readonly (readonly [says: string, bits: readonly number[], chosen: readonly number[]])[] = [
  ['nobody', [], []],
  ['one below 10,000 to one', [13.2], []],
  ['one above it', [13.4], [1]],
  ['ten at a tenth of that each', Array(10).fill(10), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ['nine are one too few', Array(9).fill(10), []],
  ['one strong account carries no weak one', [30, 12.2], [1]],
  ['two strong ones carry a third', [30, 30, 11.8], [1, 2, 3]],
  ['their order is nothing', [11.8, 30, 5, 30], [1, 2, 4]],
  ['as much as there ever is', [48], [1]],
];

for (const [says, bits, chosen] of table)
  test(`e-BH: ${says}`, () => {
    const counts = counted(bits);
    const accounts = bits.map((_, index) => index + 1);
    expect(accounts.filter((each) => counts.maySuspend(bits[each - 1] ?? 0, 1000))).toEqual(chosen);
  });

test('more monitored accounts ask for more evidence', () => {
  const counts = counted([20]);
  expect(counts.maySuspend(20, 100_000)).toBe(true);
  expect(counts.maySuspend(20, 300_000)).toBe(false);
});

test('an account that came down carries nobody any more', () => {
  const counts = counted([30, 30, 11.8]);
  counts.move(30, 0);
  counts.move(30, 2.5);
  expect(counts.maySuspend(11.8, 1000)).toBe(false);
});

/** As the definition says it: sorted, and the greatest k that holds. */
function defined(bits: readonly number[], monitored: number): ReadonlySet<number> {
  const order = bits.map((_, index) => index).sort((one, other) => (bits[other] ?? 0) - (bits[one] ?? 0));
  const k = order.findLastIndex((index, place) => 2 ** (bits[index] ?? 0) >= monitored / (0.1 * (place + 1)));
  return new Set(order.slice(0, k + 1));
}

test('it suspends nobody whom the definition does not, and misses a sixteenth of a bit at most', () => {
  assert(
    property(listOf(double({ min: 0, max: 48, noNaN: true }), { minLength: 1, maxLength: 60 }), (bits) => {
      const counts = counted(bits);
      const allowed = defined(bits, 60);
      const sure = defined(
        bits.map((each) => Math.max(0, each - 1 / 16)),
        60,
      );
      bits.forEach((each, index) => {
        const may = counts.maySuspend(each, 60);
        if (may) expect(allowed).toContain(index);
        if (sure.has(index)) expect(may).toBe(true);
      });
    }),
    { numRuns: 500, seed: 6 },
  );
});
