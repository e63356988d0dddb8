import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mostPeopleDrawn } from './draw-limit.ts';
import { allowanceFigures } from './figures.ts';
import { professions } from './professions.ts';

const figures = {
  cap: 40,
  renewalPerDay: 4,
  usualNewPeoplePerDay: 30,
  peoplePerDayMax: 750,
  openingBalance: 0,
};

test.each([
  // days, cap + claims + by hand + renewal
  [1, 40 + 30 + 5 + 0],
  [7, 40 + 210 + 5 + 24],
  [8, 40 + 240 + 10 + 28],
  [30, 40 + 900 + 25 + 116],
  [365, 40 + 10_950 + 265 + 1_456],
])('in %i days an unnoticed pharmacist account draws at most %i people', (days, most) => {
  expect(mostPeopleDrawn(figures, days)).toBe(most);
});

test('a small practice is bounded by its people a day', () => {
  expect(mostPeopleDrawn({ ...figures, peoplePerDayMax: 12 }, 1)).toBe(12);
});

test('the README states what nineteen accounts can take, computed from the table', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const most = (days: number) =>
    Math.max(...professions.map((each) => 19 * mostPeopleDrawn(allowanceFigures(each.figures), days)));
  for (const days of [1, 30, 365]) expect(readme).toContain(most(days).toLocaleString('en'));
});

test('the README states what they can take without forged claims, the same in every profession', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const unclaimed = { ...figures, usualNewPeoplePerDay: 0 };
  const most = (days: number) => (19 * mostPeopleDrawn(unclaimed, days)).toLocaleString('en');
  expect(readme).toContain(`at most ${most(1)} people in 1 day and ${most(30)} in 30`);
});
