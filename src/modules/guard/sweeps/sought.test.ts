import { expect, test } from 'vitest';
import type { FirstUse } from '../../ledger/index.ts';
import { familiesOf } from '../campaigns/families.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import { isActedOn, judgeFinds, seekFrom, sweepEntries, usersOf } from './sought.ts';

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
const use = (kind: FirstUse['kind'], value: number, firstAt: number, drewStrangers = true): FirstUse => ({
  ...{ kind, value, firstAt, drewStrangers },
});
const desk = [use('network', 7, day), use('client', 1, day)];
const own = [
  ...desk,
  ...[use('network', 8, 60 * day), use('client', 2, 60 * day)],
  ...[use('network', thief.network, stolenAt), use('client', thief.client, stolenAt)],
  use('network', 778, stolenAt + minute, false),
];
const sought = seekFrom(own, stolen);

test('what is searched for is what was new when strangers were drawn', () => {
  // Not its desk, not a telephone it had for a month, not a network it drew nobody from.
  expect(sought).toMatchObject({ networks: [777], clients: [30], begunAt: [stolenAt], hasDesk: true });
});

test('an account that was only used from its desk gives nothing to search for', () => {
  expect(seekFrom(desk, stolen)).toMatchObject({ networks: [], clients: [] });
});

test('without a desk of two weeks before, both networks are looked for', () => {
  const young = [use('network', 777, stolenAt), use('network', 7, stolenAt + minute)];
  expect(seekFrom(young, stolen)).toMatchObject({ networks: [777, 7], hasDesk: false });
});

const recent = stolenAt - 10 * day;

test.each<[string, FollowedEntry[], string[], number, boolean]>([
  ['the same network and software', [lookup(9, recent, thief)], ['network', 'client'], 1, true],
  ['the software alone', [lookup(9, recent, { client: 30 })], ['client'], 1, false],
  [
    'the software alone, begun within minutes',
    [lookup(9, stolenAt + 20 * minute, { client: 30 })],
    ['client', 'sign-in'],
    1,
    true,
  ],
  [
    'both, but only people it knew',
    [lookup(9, recent, { ...thief, signals: 0 })],
    ['network', 'client'],
    0,
    false,
  ],
  [
    'both, one after the other',
    [
      lookup(9, recent, { network: 777 }),
      lookup(9, recent + day, { client: 30 }),
      lookup(9, recent + 2 * day),
    ],
    ['network', 'client'],
    2,
    true,
  ],
  [
    'the software it had for long, and the network since',
    [lookup(9, day, { client: 30 }), lookup(9, stolenAt - day, thief)],
    ['network'],
    2,
    false,
  ],
])('%s', (_says, entries, families, people, isActed) => {
  const [found] = judgeFinds(sought, sweepEntries(sought, entries));
  expect([familiesOf(found?.families ?? 0), found?.people]).toEqual([families, people]);
  expect(found !== undefined && isActedOn(found)).toBe(isActed);
});

test('a neighbour who was at that network long before is not found, however near it worked', () => {
  const neighbour = [lookup(9, day, { network: 777 }), lookup(9, stolenAt + minute, { network: 777 })];
  // In one piece or in two, as the ledger was read.
  expect(judgeFinds(sought, sweepEntries(sought, neighbour))).toEqual([]);
  const pieces = neighbour.flatMap((entry) => sweepEntries(sought, [entry]));
  expect(judgeFinds(sought, pieces.slice(0, 1))).toEqual([]);
});

test('what more than a hundred organisations use is no sign of one hand', () => {
  const many = Array.from({ length: 101 }, (_, place) =>
    lookup(100 + place, stolenAt, place === 0 ? thief : { client: 30 }),
  );
  const judged = judgeFinds(sought, sweepEntries(sought, many));
  expect(judged.map(({ account, families }) => [account, familiesOf(families)])).toEqual([
    [100, ['network', 'sign-in']],
  ]);
});

test('neither colleagues of the stolen account nor those who share nothing are found', () => {
  expect(sweepEntries(sought, [lookup(9, day), lookup(8, day, { ...thief, organisation: 7 })])).toEqual([]);
  // But who used the network is noted of every house.
  expect(usersOf(sought, [lookup(8, day, { ...thief, organisation: 7 }), lookup(7, day, thief)])).toEqual([
    { network: 777, account: 8 },
  ]);
});
