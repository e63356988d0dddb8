import { expect, test } from 'vitest';
import { AllowanceModel } from '../../src/modules/ledger/allowance.model.ts';
import { Random } from '../random.ts';
import { LeanAllowance } from './lean-allowance.ts';

const figures = { cap: 12, renewalPerDay: 2, usual: 3, peoplePerDayMax: 25, opening: 5 };
const words: Readonly<Record<number, string>> = {
  0: 'disclosed',
  4: 'allowance-spent',
  5: 'unknown-spent',
  6: 'day-full',
  9: 'unknown',
};
const explained = { explained: 'explained', nothing: 'nothing-to-explain', limit: 'limit-reached' } as const;

test.each([1, 2, 3, 4, 5, 6])('the same answers as the model of the record, seed %i', (seed) => {
  const random = new Random(seed);
  const model = new AllowanceModel(figures, 100);
  let lean = new LeanAllowance(figures, 100);
  const cases = new Set<string>();
  for (let step = 0, day = 100; step < 3_000; step += 1) {
    if (random.chance(0.04)) day += random.chance(0.02) ? 420 : random.between(1, 3);
    if (random.chance(0.002)) lean = lean.fork();
    const person = random.below(120);
    const subject = String(person);
    if (random.chance(0.3)) {
      const told = model.explain(day, subject, 'claim', `claim ${step}`);
      expect(explained[lean.explain(day, person)], `step ${step}`).toBe(told);
      cases.add(told);
      continue;
    }
    const isNobody = random.chance(0.1);
    const present = random.chance(0.2);
    const told = model.lookUp(day, { subject: isNobody ? null : subject, nir: null, present });
    expect(words[lean.lookUp(day, isNobody ? -1 : person, present)], `step ${step}`).toBe(told);
    expect(lean.chargedOn(day)).toBe(model.chargedOn(day));
    cases.add(told);
  }
  expect(cases.size).toBeGreaterThan(6);
});

test('a fork goes on by itself', () => {
  const before = new LeanAllowance(figures, 100);
  before.lookUp(100, 1, false);
  const fork = before.fork();
  fork.lookUp(100, 2, false);
  expect([before.chargedOn(100), fork.chargedOn(100)]).toEqual([1, 2]);
  expect([before.knows(2, 100), fork.knows(1, 100)]).toEqual([false, true]);
  expect([fork.explain(100, 1), before.chargedOn(100)]).toEqual(['explained', 1]);
});
