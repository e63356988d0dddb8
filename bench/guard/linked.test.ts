import { expect, test } from 'vitest';
import { findAttack } from '../../world/guard/attacks.ts';
import { dayAt, summer } from '../../world/guard/calendar.ts';
import { settle } from '../../world/guard/population.ts';
import { playHonestDays } from './honest-days.ts';
import { drawVictims, forkGuard, playStolenDays } from './stolen-days.ts';

const seed = 5;
const population = settle({ accounts: 420, seed, calendar: summer });
/** The guard learns for four weeks; the thieves come on a Monday two weeks later. */
const honest = playHonestDays(population, { warmDays: 28, days: 2, maxima: [], say: () => {} });
let monday = 42;
while (dayAt(summer, monday).number % 7 !== 4) monday += 1;
const victims = drawVictims(population, monday, seed);
const compared = [
  { name: 'alone', hasAllowance: true, watch: forkGuard(population, honest.fold, undefined) },
  { name: 'linked', hasAllowance: true, watch: forkGuard(population, honest.fold, honest.index) },
];

test('the forty clerks behind one network are in no group', () => {
  const clerks = [...population.workers.keys()].slice(-40);
  expect(clerks.filter((account) => honest.index.groupOf(account) !== undefined)).toEqual([]);
  expect(honest.together).toBe(0);
});

test.each([
  ['slow', 5],
  ['slow', 19],
  ['slow-one-network', 19],
  ['slow-one-network', 60],
  ['amelipro-2022', 19],
])(
  '%s, %i accounts: linked, they lose half of the people at most',
  (name, size) => {
    const attack = findAttack(name);
    if (attack === undefined) throw new Error(`no attack ${name}`);
    const [alone = 0, linked = 0] = playStolenDays(victims, attack, { size, seed, compared }).map(
      ({ totals }) => totals.reduce((sum, people) => sum + people, 0),
    );
    expect(linked).toBeLessThan(0.5 * alone);
  },
  120_000,
);
