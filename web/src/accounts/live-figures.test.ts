import { expect, test } from 'vitest';
import { countLive, usualLookups } from './live-figures.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const page = (sessions: [created: string, seen: string, ended: string | null][]) =>
  ({
    role: 'professional',
    sessions: sessions.map(([createdAt, seenAt, endedAt]) => ({ createdAt, seenAt, endedAt })),
    software: [{ endedAt: null }, { endedAt: '2026-11-26T10:00:00Z' }],
  }) as unknown as Parameters<typeof countLive>[0];

test('a session counts while it signs in: not ended, not idle, not too old', () => {
  const live: [string, string, null] = ['2026-11-27T08:00:00Z', '2026-11-27T11:30:00Z', null];
  const idle: [string, string, null] = ['2026-11-27T08:00:00Z', '2026-11-27T09:30:00Z', null];
  const old: [string, string, null] = ['2026-11-26T20:00:00Z', '2026-11-27T11:30:00Z', null];
  const ended: [string, string, string] = [live[0], live[1], '2026-11-27T11:40:00Z'];
  expect(countLive(page([live, idle, old, ended]), now)).toEqual({ sessions: 1, software: 1 });
});

test('a usual day is the middle one of those with lookups', () => {
  const days = (...counts: number[]) => counts.map((lookups) => ({ lookups })) as never;
  expect([usualLookups(days(0, 30, 10, 0, 20)), usualLookups(days(10, 20)), usualLookups(days(0))]).toEqual([
    20,
    10,
    null,
  ]);
});
