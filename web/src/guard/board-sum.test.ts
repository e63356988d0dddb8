import { expect, test } from 'vitest';
import { allOf, type Profession, verdictOf } from './board-sum.ts';

const over = { answered: 0, undone: 1, confirmed: 0, expired: 0 };
const some = { cases: 2, open: 1, ...over, falseAlarms: 1, shadow: 3 };
const profession = (code: string, accountDays: number): Profession => ({
  ...{ profession: code, accountDays, lookups: 10 * accountDays },
  steps: [
    { standing: 'challenged', promisedAccountDays: 1_000, allowed: accountDays / 1_000, ...some },
    {
      standing: 'restricted',
      promisedAccountDays: 10_000,
      allowed: accountDays / 10_000,
      ...some,
      undone: 0,
    },
  ],
});

test('professions add up step by step, each promise kept as it is', () => {
  const all = allOf([profession('optician', 400), profession('dentist', 1_600)]);
  expect(all).toMatchObject({ accountDays: 2_000, lookups: 20_000 });
  expect(all.steps).toMatchObject([
    { standing: 'challenged', promisedAccountDays: 1_000, allowed: 2, cases: 4, undone: 2, shadow: 6 },
    { standing: 'restricted', promisedAccountDays: 10_000, allowed: 0.2, undone: 0 },
  ]);
  expect(allOf([])).toEqual({ accountDays: 0, lookups: 0, steps: [] });
});

test.each([
  ['many more than allowed', 5, 40, 'broken'],
  ['as many as allowed', 5, 5, 'kept'],
  ['one, of a promise of less than one', 0.2, 1, 'tooEarly'],
  ['two, of a promise of less than one', 0.2, 2, 'broken'],
  ['none, of a promise of less than one', 0.2, 0, 'tooEarly'],
] as const)('%s', (_says, allowed, falseAlarms, verdict) => {
  expect(verdictOf({ allowed, falseAlarms })).toBe(verdict);
});
