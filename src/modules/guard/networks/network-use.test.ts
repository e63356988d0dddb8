import { expect, test } from 'vitest';
import { blockStateOf, type NetworkUser, speaksAgainst } from './network-use.ts';

const theft = { account: 7, confirmedAt: new Date('2026-11-20T10:00Z') };
const user = { account: 8, organisation: 3, isStolen: false, seenAt: null } satisfies NetworkUser;
const at = (day: number) => new Date(`2026-11-${day}T10:00Z`);

test.each([
  ['whoever no person confirmed to be stolen', user, true],
  ['also when only their sign-in is known', { ...user, seenAt: at(25) }, true],
  ['not whose theft is confirmed and who is suspended', { ...user, isStolen: true }, false],
  ['not the stolen account, for what the thief did', { ...user, account: 7, seenAt: at(19) }, false],
  ['not the stolen account that was not seen since', { ...user, account: 7 }, false],
  ['the stolen account, once its holder works there', { ...user, account: 7, seenAt: at(21) }, true],
  ['not while it is suspended', { ...user, account: 7, seenAt: at(21), isStolen: true }, false],
])('who speaks against a block: %s', (_, who, speaks) => {
  expect(speaksAgainst(who, theft)).toBe(speaks);
});

const known = { isBlocked: false, isRead: true, isOld: false, against: 0 };
test.each([
  ['free', known],
  ['used', { ...known, against: 1 }],
  ['old', { ...known, isOld: true, against: 1 }],
  ['unread', { ...known, isRead: false, against: 1 }],
  ['blocked', { ...known, isBlocked: true, isRead: false }],
] as const)('a network is %s', (state, is) => {
  expect(blockStateOf(is)).toBe(state);
});
