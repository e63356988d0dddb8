import { expect, test } from 'vitest';
import { isDay, parisDay, systemClock } from './clock.ts';

const at = (iso: string) => BigInt(Date.parse(iso)) * 1000n;

test.each([
  ['2025-01-15T22:59:59.999Z', '2025-01-15'],
  ['2025-01-15T23:00:00Z', '2025-01-16'],
  ['2025-07-14T21:59:59Z', '2025-07-14'],
  ['2025-07-14T22:00:00Z', '2025-07-15'],
  ['2025-03-30T00:59:00Z', '2025-03-30'],
  ['2025-10-26T23:00:00Z', '2025-10-27'],
  ['2024-02-29T12:00:00Z', '2024-02-29'],
  ['1969-12-31T23:30:00Z', '1970-01-01'],
])('at %s it is %s in Paris', (iso, day) => {
  expect(parisDay(at(iso))).toBe(day);
});

test.each(['2025-02-29', '2025-13-01', '2025-00-10', '2025-1-1', '', '2025-01-01T00:00', '0000-00-00'])(
  '%j is not a day',
  (text) => expect(isDay(text)).toBe(false),
);

test('a leap day is a day', () => expect(isDay('2024-02-29')).toBe(true));

test('the system clock counts microseconds, and its monotonic side never goes back', () => {
  expect(Number(systemClock.now() / 1000n)).toBeGreaterThan(Date.now() - 5_000);
  const first = systemClock.monotonic();
  expect(systemClock.monotonic()).toBeGreaterThanOrEqual(first);
});
