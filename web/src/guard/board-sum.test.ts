import { expect, test } from 'vitest';
import { allOf, type Profession } from './board-sum.ts';

const some = { cases: 2, open: 1, answered: 0, undone: 1, confirmed: 0, expired: 0, shadow: 3 };
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
