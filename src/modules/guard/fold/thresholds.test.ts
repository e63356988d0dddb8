import { expect, test } from 'vitest';
import { professions } from '../../rights/index.ts';
import { bitsFor, isResting, levelFor } from './thresholds.ts';

const rounded = (dailyLookups: number) =>
  (['challenge', 'restrict', 'suspend'] as const).map(
    (level) => Math.round(bitsFor({ dailyLookups }, level) * 10) / 10,
  );

test('thresholds are promised account-days in lookups of the profession', () => {
  const table = professions.map(({ code, figures }) => [code, ...rounded(figures.lookupsPerDay.value)]);
  expect(
    table.filter(([code]) => ['pharmacist', 'optician', 'general-practitioner'].includes(code as string)),
  ).toEqual([
    ['pharmacist', 17.2, 20.5, 23.8],
    ['optician', 13.3, 16.6, 19.9],
    ['general-practitioner', 14.4, 17.7, 21.1],
  ]);
  expect(rounded(0)).toEqual([12, 15.3, 18.6]);
});

test('a level is entered at its threshold, and left three bits below', () => {
  const asked = bitsFor({ dailyLookups: 150 }, 'restrict');
  expect(levelFor(asked - 0.01, 150, 0)).toBe(1);
  expect(levelFor(asked, 150, 0)).toBe(2);
  expect(levelFor(asked - 2.9, 150, 2)).toBe(2);
  expect(levelFor(asked - 3.1, 150, 2)).toBe(1);
  expect(levelFor(0, 150, 3)).toBe(0);
});

test.each([
  ['the same step, at no more evidence', 2, 20.5, true],
  ['a milder one', 1, 20.5, true],
  ['the same, at nearly eight times as much', 2, 23.4, true],
  ['the same, at eight times as much', 2, 23.5, false],
  ['a stricter one, which nothing led to before', 3, 20.6, false],
] as const)('after a restriction that ended at 20.5 bits, %s', (_says, level, bits, rests) => {
  expect(isResting({ level: 2, bits: 20.5 }, level, bits)).toBe(rests);
});

test('evidence as high as it gets does not rest: it could not rise any further', () => {
  expect(isResting({ level: 2, bits: 44 }, 2, 44)).toBe(false);
  expect(isResting({ level: 2, bits: 44 }, 2, 34.9)).toBe(true);
});
