import { expect, test } from 'vitest';
import type { FollowedEntry } from '../../src/modules/guard/index.ts';
import { nginxLines, userOf } from './nginx-log.ts';

const entry: FollowedEntry = {
  lane: 0,
  seq: 7,
  at: Date.parse('2026-09-14T08:03:09.500Z') * 1000,
  account: 1_204,
  by: 1_204,
  kind: 1,
  action: 1,
  organisation: 1_204,
  client: 3,
  network: 1_001_204,
  session: 9,
  subject: '5f0c1a2b-9d3e-4000-8000-77aa00000001',
  outcome: 1,
  reason: 0,
  present: false,
  signals: 1,
  count: 1,
};

/** What CrowdSec's and fail2ban's readers of nginx want: NGUSER has no figures, ranges are not private. */
const combined = new RegExp(
  [
    '^(203\\.0\\.113|198\\.51\\.100)\\.\\d{1,3} - [a-zA-Z.@\\-+_%]+',
    '\\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:[\\d:]{8} \\+0000\\]',
    '"(GET|POST) \\S+ HTTP/1\\.1" \\d{3} \\d+ "-" "[^"]+"$',
  ].join(' '),
);

test('a lookup is a line of the combined log, in each form', () => {
  for (const form of ['path', 'query', 'post'] as const)
    for (const line of nginxLines([entry], form)) expect(line).toMatch(combined);
  expect([...nginxLines([entry])][0]).toContain(
    `- ${userOf(1_204)} [14/Sep/2026:08:03:09 +0000] "GET /ps/assure/${entry.subject} HTTP/1.1" 200`,
  );
});

test('only lookups are lines; refused is 429, and nobody is another address each time', () => {
  const explanation = { ...entry, kind: 2 };
  const refused = { ...entry, outcome: 2 };
  const unknown = { ...entry, outcome: 3, subject: null };
  const lines = [...nginxLines([explanation, refused, unknown, { ...unknown, seq: 8 }])];
  expect(lines.map((line) => / (\d{3}) \d+ "-"/.exec(line)?.[1])).toEqual(['429', '404', '404']);
  expect(new Set(lines.map((line) => line.split('"')[1])).size).toBe(3);
});

test('users are letters, and every account has its own', () => {
  const users = Array.from({ length: 2_000 }, (_, account) => userOf(account));
  expect(new Set(users).size).toBe(2_000);
  expect(users.every((user) => /^[a-z]+$/.test(user))).toBe(true);
});

test('no token looks like a number of the kind people have', () => {
  const [line] = nginxLines([entry]);
  expect(line).not.toMatch(/(^|\D)[12]\d{12}(\d\d)?(\D|$)/);
});
