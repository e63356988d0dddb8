import { expect, test } from 'vitest';
import { professions } from '../../src/modules/rights/index.ts';
import { findAttack } from '../../world/guard/attacks.ts';
import { summer } from '../../world/guard/calendar.ts';
import { settle } from '../../world/guard/population.ts';
import { campaignsOf, drawSome, drawVictims } from './stolen-days.ts';

const codes = professions.map(({ code }) => code).sort();

test.each([1, 7, 2026])('seed %i: thieves come to every profession', (seed) => {
  const population = settle({ accounts: 420, seed, calendar: summer });
  const professionOf = (account: number) => population.workers.get(account)?.post.profession.code ?? '';
  const victims = drawVictims(population, 110, seed);
  expect(new Set(victims.accounts).size).toBe(victims.accounts.length);
  const attack = findAttack('slow');
  if (attack === undefined) throw new Error('no slow attack');
  const stolen = new Map<string, number>();
  for (const size of attack.accounts)
    for (let campaign = 0; campaign < (campaignsOf[size] ?? 0); campaign += 1)
      for (const account of drawSome(victims, attack, { size, seed, campaign })) {
        const code = professionOf(account);
        stolen.set(code, (stolen.get(code) ?? 0) + 1);
      }
  expect([...stolen.keys()].sort()).toEqual(codes);
  // A fifth of all accounts are nurses: they are not robbed more than others.
  expect(stolen.get('nurse')).toBeLessThan(2 * (181 / codes.length));
});
