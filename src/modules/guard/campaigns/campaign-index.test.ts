import { expect, test } from 'vitest';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import { CampaignIndex } from './campaign-index.ts';
import { familiesOf } from './families.ts';
import { readGroup, writeGroup } from './group-state.ts';

const second = 1_000_000;
const minute = 60 * second;
const day = 86_400 * second;
const monday = Date.UTC(2026, 2, 2) * 1000;
const clients = 24;
const honest = 600;
const clerks = 40;
/** After the weeks in which everything is usual. */
const stolenOn = 42;

type Some = { at: number; account: number } & Partial<FollowedEntry>;

/** A lookup; of a stranger, unless it says otherwise. */
function lookup(some: Some): FollowedEntry {
  return {
    ...{ lane: 0, seq: 0, by: some.account, kind: 1, action: 1, organisation: some.account },
    ...{ client: 1, network: 1, session: some.account, subject: `${some.account}.${some.at}` },
    ...{ outcome: 1, reason: 0, present: false, signals: 1, count: 1, ...some },
  };
}

/** Honest accounts that each work at their own desk, with one of some software: once a day, a stranger. */
function honestDays(days: number): FollowedEntry[] {
  const entries: FollowedEntry[] = [];
  for (let on = 0; on < days; on += 7)
    for (let account = 1; account <= honest; account += 1) {
      const isClerk = account > honest - clerks;
      entries.push(
        lookup({
          ...{ account, at: monday + on * day + 8 * 60 * minute + ((account * 7919) % 36_000) * second },
          ...{ network: isClerk ? 5_000 : 10_000 + account, client: 1 + (account % clients) },
          organisation: isClerk ? 5_000 : account,
        }),
      );
    }
  return entries;
}

/** What accounts do once they are in somebody else's hand. */
function theft(accounts: readonly number[], some: (which: number) => Partial<FollowedEntry>) {
  return accounts.flatMap((account, which) =>
    [0, 1, 2].map((turn) =>
      lookup({
        ...{ account, session: 1_000_000 + account, client: 30 },
        at: monday + stolenOn * day + 9 * 60 * minute + which * second + turn * 5 * minute,
        ...some(which),
      }),
    ),
  );
}

function follow(entries: readonly FollowedEntry[], index = new CampaignIndex(() => 20)): CampaignIndex {
  const inOrder = [...entries].sort((one, other) => one.at - other.at || one.account - other.account);
  inOrder.forEach((entry, seq) => {
    index.follow({ ...entry, seq });
  });
  return index;
}

const groupsOf = (index: CampaignIndex) =>
  index.groups().map(({ members }) => [...members].sort((one, other) => one - other));
const nineteen = Array.from({ length: 19 }, (_, which) => 3 + 17 * which);
const weeks = honestDays(stolenOn + 14);

test('honest accounts, forty of them behind one network of one organisation, are no campaign', () => {
  expect(groupsOf(follow(weeks))).toEqual([]);
});

test.each([
  ['one network', (_: number) => ({ network: 4_000_000 }), ['network', 'client', 'sign-in']],
  ['a network each', (which: number) => ({ network: 4_000_000 + which }), ['client', 'sign-in']],
])('nineteen stolen accounts with one software and %s are one group', (_says, some, families) => {
  const index = follow([...weeks, ...theft(nineteen, some)]);
  expect(groupsOf(index)).toEqual([nineteen]);
  for (const link of index.groups()[0]?.links ?? []) expect(familiesOf(link.families)).toEqual(families);
});

test('each of these alone links nobody', () => {
  const alone = (some: (which: number) => Partial<FollowedEntry>) =>
    groupsOf(follow([...weeks, ...theft(nineteen, some)]));
  const apart = (which: number) => ({
    at: monday + (stolenOn + (which % 10)) * day + (8 + Math.floor(which / 10)) * 60 * minute,
  });
  // A new software that all of them got, on other days and from their own desks.
  expect(alone((which) => ({ ...apart(which), network: 10_000 + (nineteen[which] ?? 0) }))).toEqual([]);
  // A network that they came to on other days, each with its own software.
  const own = (which: number) => 1 + ((nineteen[which] ?? 0) % clients);
  expect(alone((which) => ({ ...apart(which), network: 4_000_000, client: own(which) }))).toEqual([]);
});

test('practices of one house share its network and a popular software: no campaign', () => {
  const house = Array.from({ length: 8 }, (_, which) => 5 + clients * which);
  const living = weeks.map((entry) => (house.includes(entry.account) ? { ...entry, network: 7_000 } : entry));
  expect(groupsOf(follow(living))).toEqual([]);
  // Nor when they moved in together last week.
  const moved = theft(house, (which) => ({
    ...{ network: 7_000, client: 1 + ((house[which] ?? 0) % clients) },
    at: monday + (stolenOn + which) * day + 9 * 60 * minute,
  }));
  expect(groupsOf(follow([...weeks, ...moved]))).toEqual([]);
});

test('a locum who works in another pharmacy is linked to nobody of it', () => {
  const pharmacy = [100, 101, 102];
  const [locum = 0] = [200];
  const entries = weeks.map((entry) =>
    pharmacy.includes(entry.account) ? { ...entry, network: 8_000, client: 25, organisation: 8_000 } : entry,
  );
  const work = theft([locum], () => ({ network: 8_000, client: 25 }));
  expect(groupsOf(follow([...entries, ...work]))).toEqual([]);
});

test('accounts of one organisation are not linked, though somebody stole them together', () => {
  const index = follow([...weeks, ...theft(nineteen, () => ({ network: 4_000_000, organisation: 77 }))]);
  expect(groupsOf(index)).toEqual([]);
});

test('saved and restored anywhere, it comes to the same groups', () => {
  const entries = [...weeks, ...theft(nineteen, (which) => ({ network: 4_000_000 + (which % 3) }))].sort(
    (one, other) => one.at - other.at || one.account - other.account,
  );
  const numbered = entries.map((entry, seq) => ({ ...entry, seq }));
  const never = new CampaignIndex(() => 20);
  const saved = new Map<number, string>();
  let often = new CampaignIndex(() => 20);
  const places = new Set([10, 5_000, entries.length - 60, entries.length - 40, entries.length - 5]);
  numbered.forEach((entry, place) => {
    never.follow(entry);
    often.follow(entry);
    if (!places.has(place)) return;
    for (const of of often.takeChanged()) saved.set(of.account, JSON.stringify(of));
    const [state, groups] = [often.state(), often.groups().map(writeGroup)];
    often = new CampaignIndex(() => 20);
    often.restore(
      state,
      [...saved.values()].map((text) => JSON.parse(text)),
      groups.map(readGroup),
    );
  });
  expect(groupsOf(never)).toEqual([nineteen]);
  expect(often.groups().map(writeGroup)).toEqual(never.groups().map(writeGroup));
  expect(often.state()).toEqual(never.state());
});

test('a group that a person declared harmless is not formed again', () => {
  const index = follow([...weeks, ...theft(nineteen, () => ({ network: 4_000_000 }))]);
  for (const account of nineteen) index.release(account);
  expect(groupsOf(index)).toEqual([]);
  follow(
    theft(nineteen, () => ({ network: 4_000_000, session: 5 })).map((entry) => ({
      ...entry,
      at: entry.at + 15 * day,
    })),
    index,
  );
  expect(groupsOf(index)).toEqual([]);
});

test('a member declared harmless is not linked anew by the session or the rhythm it goes on with', () => {
  const index = follow([...weeks, ...theft(nineteen, () => ({ network: 4_000_000 }))]);
  const [account = 0] = nineteen;
  index.release(account);
  const later = (entry: FollowedEntry) => ({
    ...entry,
    at: entry.at + 600_000_000,
    seq: entry.seq + 1_000_000,
  });
  follow(theft(nineteen, () => ({ network: 4_000_000 })).map(later), index);
  expect(index.groupOf(account)).toBeUndefined();
  const again = new CampaignIndex(() => 10);
  again.restore(index.state(), structuredClone(index.takeChanged()), []);
  expect(again.accountOf(account)).toEqual(index.accountOf(account));
});

test('a group in which nobody drew a stranger for two weeks is over', () => {
  const index = follow([...weeks, ...theft(nineteen, () => ({ network: 4_000_000 }))]);
  follow([lookup({ account: 1, at: monday + (stolenOn + 16) * day, network: 10_001 })], index);
  expect(groupsOf(index)).toEqual([]);
  expect(index.takeGone()).toHaveLength(1);
});

test('whom it drew is forgotten after two weeks, a quiet account after thirty days', () => {
  const index = follow([...weeks, ...theft(nineteen, () => ({ network: 4_000_000 }))]);
  const [account = 0] = nineteen;
  const subjects = theft([account], () => ({})).map(({ subject }) => String(subject));
  const kept = JSON.stringify(index.takeChanged());
  for (const subject of subjects) expect(kept).not.toContain(subject);
  expect(index.accountOf(account)?.draws).toHaveLength(3);
  const passTo = (on: number) =>
    follow([lookup({ account: 1, at: monday + on * day, network: 10_001, client: 2 })], index);
  passTo(stolenOn + 15);
  expect(index.takeForgotten()).toEqual([]);
  expect(index.takeChanged().find((of) => of.account === account)?.draws).toEqual([]);
  // The honest ones worked for a week more.
  passTo(stolenOn + 39);
  const forgotten = index.takeForgotten();
  expect(forgotten).toEqual(expect.arrayContaining([...nineteen]));
  expect(index.accountOf(account)).toBeUndefined();
  // Back before it was told: it is not to be forgotten any more.
  passTo(stolenOn + 62);
  follow([lookup({ account: 1, at: monday + (stolenOn + 62) * day, network: 10_001 })], index);
  expect(index.takeForgotten()).not.toContain(1);
});

test('a group observes what comes from something new to its members, and not their owners at work', () => {
  const index = follow([...weeks, ...theft(nineteen, () => ({ network: 4_000_000 }))]);
  const [account = 0] = nineteen;
  const at = monday + (stolenOn + 1) * day;
  const desk = { network: 10_000 + account, client: 1 + (account % clients) };
  const [group] = index.groups();
  const seq = 1e9;
  expect(index.tracksOf(lookup({ account, at, seq, ...desk }))).toBeUndefined();
  expect(index.tracksOf(lookup({ account, at, seq, network: 4_000_000, client: 30 }))).toBe(group?.tracks);
  expect(index.tracksOf(lookup({ account, at, seq, ...desk, network: 123 }))).toBe(group?.tracks);
  expect(index.tracksOf(lookup({ account: 1, at, seq, network: 4_000_000 }))).toBeUndefined();
  // What was kept already is not observed again.
  expect(index.tracksOf(lookup({ account, at, network: 4_000_000, client: 30 }))).toBeUndefined();
});
