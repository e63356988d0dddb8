import { expect, test } from 'vitest';
import { allowanceFigures, findProfession, mostPeopleDrawn } from '../../src/modules/rights/index.ts';
import { attackAmelipro } from './amelipro.ts';
import type { AttackPlan } from './report.ts';

/** `npm run attack` in small; the same thieves, and the same servers. */
const plan: AttackPlan = { days: 2, accounts: 2, people: 700, profession: 'laboratory' };

test('forged claims draw no more people than is stated, and hardly fewer', { timeout: 180_000 }, async () => {
  const profession = findProfession(plan.profession);
  if (profession === undefined) throw new Error('no such profession');
  const most = plan.accounts * mostPeopleDrawn(allowanceFigures(profession.figures), plan.days);
  const { strangers, drawn, unrecorded, byDay } = await attackAmelipro(plan, () => {});
  expect(strangers).toBeLessThanOrEqual(most);
  // A feeble attack proves nothing.
  expect(strangers).toBeGreaterThanOrEqual(0.9 * most);
  expect([drawn, unrecorded]).toEqual([strangers, 0]);
  expect(byDay.every((day) => day.strangers > 0 && day.refused > 0)).toBe(true);
});
