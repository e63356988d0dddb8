import { expect, test } from 'vitest';
import { mayBeSuspended } from './e-bh.ts';

/** Evidence of accounts 1, 2, 3 … against the accounts that may be suspended, of 1,000 at a share of 0.1. */
const table: readonly (readonly [says: string, bits: readonly number[], chosen: readonly number[]])[] = [
  ['nobody', [], []],
  ['one below 10,000 to one', [13.2], []],
  ['one above it', [13.3], [1]],
  ['ten at a tenth of that each', Array(10).fill(10), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ['nine are one too few', Array(9).fill(10), []],
  ['one strong account carries no weak one', [30, 12.2], [1]],
  ['two strong ones carry a third', [30, 30, 11.8], [1, 2, 3]],
  ['their order is nothing', [11.8, 30, 5, 30], [2, 4, 1]],
];

for (const [says, bits, chosen] of table)
  test(`e-BH: ${says}`, () => {
    const evidence = bits.map((each, index) => ({ account: index + 1, bits: each }));
    expect([...mayBeSuspended(evidence, 1000, 0.1)]).toEqual(chosen);
  });

test('more monitored accounts ask for more evidence', () => {
  const evidence = [{ account: 1, bits: 20 }];
  expect(mayBeSuspended(evidence, 100_000).size).toBe(1);
  expect(mayBeSuspended(evidence, 300_000).size).toBe(0);
});
