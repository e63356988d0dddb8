import { expect, test } from 'vitest';
import { isLive } from './session-limits.ts';

test.each([
  ['professional', 7199, 43_199, true],
  ['professional', 7200, 43_199, false],
  ['professional', 0, 43_200, false],
  ['security-officer', 899, 0, true],
  ['security-officer', 900, 0, false],
  ['member', 0, 3600, false],
  ['insurer-service', 0, 0, false],
] as const)('%s, %i s unused, %i s old: %s', (role, idle, whole, live) => {
  expect(isLive(role, { idle, whole })).toBe(live);
});
