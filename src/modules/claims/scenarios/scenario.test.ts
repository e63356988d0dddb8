import { expect, test } from 'vitest';
import type { Database } from '../../../platform/database/connect.ts';
import { createScenarioOf } from './play-scenarios.ts';
import { scenarios, waitOf } from './scenario.ts';

const never = new Proxy({}, { get: () => expect.fail('the database was asked') }) as Database;

test.each([
  { environment: 'development', isDemo: true, plays: true },
  { environment: 'test', isDemo: true, plays: true },
  { environment: 'production', isDemo: true, plays: false },
  { environment: 'development', isDemo: false, plays: false },
  { environment: 'test', isDemo: false, plays: false },
  { environment: 'production', isDemo: false, plays: false },
])('$environment, demo: $isDemo → scenarios are played: $plays', ({ plays, ...house }) => {
  expect(createScenarioOf(never, house) !== undefined).toBe(plays);
});

const receivedAt = new Date('2026-11-27T10:00:00Z');
const after = (scenario: string, seconds: number) =>
  waitOf(scenarios.get(scenario), { receivedAt, now: BigInt(receivedAt.getTime() + seconds * 1000) * 1000n });

test.each([
  ['slow', 0, 30],
  ['slow', 29.5, 1],
  ['slow', 30, null],
  ['down', 0, 60],
  ['down', 3590, 10],
  ['down', 3600, null],
  ['down', 86_400, null],
  ['rejects-duplicate', 0, null],
  ['signals-paid-elsewhere', 0, null],
  ['no such word', 0, null],
] as const)('%s, %d seconds after the claim came in, is looked at again in %j', (word, seconds, wait) => {
  expect(after(word, seconds)).toBe(wait);
});
