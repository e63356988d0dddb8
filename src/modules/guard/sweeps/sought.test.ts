import { expect, test } from 'vitest';
import { familiesOf } from '../campaigns/families.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import { isActedOn, seekFrom, sweepEntries } from './sought.ts';

const minute = 60_000_000;
const day = 86_400_000_000;
const stolenAt = 80 * day;

function lookup(account: number, at: number, some: Partial<FollowedEntry> = {}): FollowedEntry {
  return {
    ...{ lane: 0, seq: at / minute, by: account, kind: 1, action: 1, organisation: account, client: 1 },
    ...{ network: account, session: 1, subject: `${account}.${at}`, outcome: 1, reason: 0, present: false },
    ...{ signals: 1, count: 1, at, account, ...some },
  };
}

const thief = { network: 777, client: 30 };
const stolen = { account: 7, organisation: 7, containedAt: stolenAt + 2 * day };
const own = [
  lookup(7, day),
  lookup(7, 60 * day, { network: 8, client: 2 }),
  lookup(7, stolenAt, thief),
  lookup(7, stolenAt + minute, { ...thief, network: 778, signals: 0 }),
];
const sought = seekFrom(own, stolen);

test('what is searched for is what was new when strangers were drawn', () => {
  // Not its desk, not a telephone it had for a month, not a network it drew nobody from.
  expect(sought).toMatchObject({ networks: [777], clients: [30], begunAt: [stolenAt] });
});

test('an account that was only used from its desk gives nothing to search for', () => {
  expect(seekFrom(own.slice(0, 1), stolen)).toMatchObject({ networks: [], clients: [] });
});

test.each<[string, FollowedEntry[], string[], number, boolean]>([
  ['the same network and software', [lookup(9, day, thief)], ['network', 'client'], 1, true],
  ['the software alone', [lookup(9, day, { client: 30 })], ['client'], 1, false],
  [
    'the software alone, begun within minutes',
    [lookup(9, stolenAt + 20 * minute, { client: 30 })],
    ['client', 'sign-in'],
    1,
    true,
  ],
  [
    'both, but only people it knew',
    [lookup(9, day, { ...thief, signals: 0 })],
    ['network', 'client'],
    0,
    false,
  ],
  [
    'both, one after the other',
    [lookup(9, day, { network: 777 }), lookup(9, 2 * day, { client: 30 }), lookup(9, 3 * day)],
    ['network', 'client'],
    2,
    true,
  ],
])('%s', (_says, entries, families, people, isActed) => {
  const [found] = sweepEntries(sought, entries);
  expect([familiesOf(found?.families ?? 0), found?.people]).toEqual([families, people]);
  expect(found !== undefined && isActedOn(found)).toBe(isActed);
});

test('neither colleagues of the stolen account nor those who share nothing are found', () => {
  expect(sweepEntries(sought, [lookup(9, day), lookup(8, day, { ...thief, organisation: 7 })])).toEqual([]);
});
