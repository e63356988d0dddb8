import { expect, test } from 'vitest';
import { turnBits } from './turns.ts';

const drawn = (ats: readonly number[], list = 0) => ats.map((at) => ({ at, person: `${list}.${at}` }));

test.each([
  // Of C(16, 8) = 12,870 orders, two take turns all through; sixteen at least fifteen runs.
  ['turns all through', [1, 3, 5, 7, 9, 11, 13, 15], [2, 4, 6, 8, 10, 12, 14, 16], 12.65],
  ['all but once', [1, 3, 5, 7, 9, 11, 13, 16], [2, 4, 6, 8, 10, 12, 14, 15], 9.65],
  ['one after the other', [1, 2, 3, 4, 5, 6, 7, 8], [9, 10, 11, 12, 13, 14, 15, 16], 0],
  ['too little to tell', [1], [2], 0],
  ['three turns', [1, 3, 5], [2, 4, 6], 3.32],
])('%s', (_says, one, other, bits) => {
  expect(turnBits(drawn(one), drawn(other, 1))).toBeCloseTo(bits, 1);
  expect(turnBits(drawn(other, 1), drawn(one))).toBeCloseTo(bits, 1);
});

test('one person in both lists: nobody shared them out', () => {
  const [one, other] = [drawn([1, 3, 5, 7]), drawn([2, 4, 6, 8], 1)];
  expect(turnBits(one, other)).toBeGreaterThan(4);
  expect(turnBits(one, [...other.slice(0, 3), { at: 8, person: '0.1' }])).toBe(0);
});
