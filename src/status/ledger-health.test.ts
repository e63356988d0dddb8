import { expect, test } from 'vitest';
import { concernsOf, monthsReady, type ServiceHealth } from './ledger-health.ts';

const clock = { now: () => BigInt(Date.parse('2026-11-24T10:00:00Z')) * 1000n };
const lane = { lane: 0, entries: 3n, lastAt: null, today: 3, lastHour: 1, refusalsToday: 0 };
const well: ServiceHealth = {
  lanes: [{ ...lane, isAhead: false, inFlight: 0, waiting: 0 }],
  clock: { aheadSeconds: 2, hasJumped: false },
  accounts: { all: 10, atCap: 4, contained: 1 },
  monthsUntil: '2027-12-01',
  imports: { waiting: 2, running: 1, quiet: 0 },
  standbys: 1,
  behindBytes: 0,
  disks: [{ what: 'data', freeBytes: 50, totalBytes: 100 }],
};

test('accounts at their cap, refusals and files that wait are no concern: the rules do their work', () => {
  expect(concernsOf(well, clock)).toEqual([]);
});

test.each<[string, Partial<ServiceHealth>]>([
  ['clock-jumped', { clock: { aheadSeconds: 0, hasJumped: true } }],
  ['clocks-apart', { clock: { aheadSeconds: -300, hasJumped: false } }],
  ['lane-ahead', { lanes: [{ ...lane, isAhead: true, inFlight: 0, waiting: 0 }] }],
  ['no-month', { monthsUntil: '2027-01-01' }],
  ['no-month', { monthsUntil: null }],
  ['disk-low', { disks: [{ what: 'keys', freeBytes: 9, totalBytes: 100 }] }],
  ['standby-behind', { behindBytes: 9e9 }],
  ['import-quiet', { imports: { waiting: 0, running: 1, quiet: 1 } }],
])('%s', (concern, changed) => {
  expect(concernsOf({ ...well, ...changed }, clock)).toEqual([concern]);
});

test.each([
  ['2027-12-01', 12],
  ['2027-01-01', 1],
  ['2026-12-01', 0],
  ['2026-10-01', 0],
  [null, 0],
])('months ready until %s: %s', (until, months) => {
  expect(monthsReady(until, clock)).toBe(months);
});
