import { expect, test } from 'vitest';
import { periodsOf } from './periods.ts';

const version = (from: string, isReplaced = false) => ({
  ...{ from, isReplaced, publishedAt: `${from}T00:00:00Z`, findings: 0 },
});

test('a version holds until the day before the next, and one that was replaced for nothing', () => {
  const versions = [
    version('2027-01-01'),
    version('2026-03-01'),
    version('2026-03-01', true),
    version('2024-01-01'),
  ];
  const told = periodsOf(versions, '2026-11-24').map(({ from, until, state }) => [from, until, state]);
  expect(told).toEqual([
    ['2027-01-01', null, 'future'],
    ['2026-03-01', '2026-12-31', 'current'],
    ['2026-03-01', '2026-12-31', 'replaced'],
    ['2024-01-01', '2026-02-28', 'past'],
  ]);
});

test('a version holds on its first day and on its last', () => {
  const states = (today: string) =>
    periodsOf([version('2026-03-01'), version('2024-01-01')], today).map(({ state }) => state);
  expect(states('2026-02-28')).toEqual(['future', 'current']);
  expect(states('2026-03-01')).toEqual(['current', 'past']);
});
