import { describe, expect, test } from 'vitest';
import { secondsToMidnight, tellRefusal } from './refusal.ts';

const at = (text: string): bigint => BigInt(Date.parse(text)) * 1000n;

describe('a refusal says what gives the allowance back, and when', () => {
  test.each([
    ['2026-01-10T22:59:59Z', 1],
    ['2026-01-10T23:00:00Z', 86_400],
    ['2026-07-10T12:00:00Z', 10 * 3600],
    ['2026-10-24T22:00:00Z', 25 * 3600],
    ['2026-03-28T23:00:00Z', 23 * 3600],
  ])('from %s, %i seconds to midnight in Paris', (now, seconds) => {
    expect(secondsToMidnight(at(now))).toBe(seconds);
  });

  test.each([
    ['allowance-spent', { people: 0, unknown: 20, today: 9 }, ['presence', 'claim', 'reason', 'renewal']],
    ['unknown-spent', { people: 9, unknown: 0, today: 9 }, ['presence', 'renewal']],
    ['nir-closed', { people: 9, unknown: 9, today: 9 }, ['new-day']],
    ['day-full', { people: 9, unknown: 9, today: 0 }, ['new-day']],
  ] as const)('%s', (because, left, ways) => {
    const told = tellRefusal(because, left, at('2026-01-10T12:00:00Z'));
    expect(told.givesBack.map(({ what }) => what)).toEqual(ways);
    expect(told.givesBack.at(-1)?.when).toBe('2026-01-10T23:00:00Z');
    expect(told.retryAfterSeconds).toBe(11 * 3600);
  });

  test('with both balances empty, the two reasons tell the same', () => {
    const left = { people: 0, unknown: 0, today: 9 };
    const now = at('2026-01-10T12:00:00Z');
    expect(tellRefusal('allowance-spent', left, now)).toEqual(tellRefusal('unknown-spent', left, now));
  });
});
