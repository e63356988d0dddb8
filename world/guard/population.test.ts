import { beforeAll, expect, test } from 'vitest';
import type { FollowedEntry } from '../../src/modules/guard/index.ts';
import { departementOf, signalBits } from '../../src/modules/ledger/index.ts';
import { type Calendar, dayAt, isWeekend } from './calendar.ts';
import type { Doing } from './doing.ts';
import { type Population, planDay, settle } from './population.ts';

const calendar: Calendar = { firstDay: '2026-06-08', surges: [{ from: 8, days: 5, share: 0.4 }] };
const days = 19;

type Played = {
  readonly population: Population;
  readonly doings: Doing[][];
  readonly entries: FollowedEntry[];
};

function play(seed: number, accounts = 420): Played {
  const population = settle({ accounts, seed, calendar });
  const entries: FollowedEntry[] = [];
  const doings = Array.from({ length: days }, (_, index) => {
    const planned = planDay(population, index);
    for (const doing of planned) {
      const { entry, isLimited } = population.record.keep(doing);
      if (isLimited) population.workers.get(doing.account)?.tryAgain(doing.person, doing.at);
      if (entry !== undefined) entries.push(entry);
    }
    return planned;
  });
  return { population, doings, entries };
}

let played: Played;
beforeAll(() => {
  played = play(3);
}, 60_000);

const professionOf = (account: number) => played.population.workers.get(account)?.post.profession.code ?? '';
const lookups = (profession: string) =>
  played.entries.filter(
    ({ kind, action, account }) => kind === 1 && action === 1 && professionOf(account) === profession,
  );

test('the same seed is the same stream, and another seed another one', { timeout: 60_000 }, () => {
  const some = (seed: number) => play(seed, 60).entries;
  expect(some(5)).toEqual(some(5));
  expect(some(6)).not.toEqual(some(5));
});

test('one practice in ten only sends claims: every evening, or once a week, within minutes', () => {
  const sent = played.doings.map((doings) => doings.filter(({ what }) => what === 'sent'));
  const asking = new Set(played.doings.flat().map(({ account, what }) => (what === 'lookup' ? account : 0)));
  const houses = new Set(sent.flat().map(({ account }) => account));
  for (const account of asking) houses.delete(account);
  expect(houses.size / played.population.workers.size).toBeGreaterThan(0.04);
  expect(houses.size / played.population.workers.size).toBeLessThan(0.14);
  const countOf = (account: number) =>
    sent.map((doings) => doings.filter((each) => each.account === account).length);
  // What an allowance did not take on Friday is sent again on other days.
  const weekly = [...houses].filter((account) => {
    const counts = countOf(account).sort((one, other) => other - one);
    const [most, all] = [counts.slice(0, 3), counts].map((some) => some.reduce((sum, each) => sum + each, 0));
    return (most ?? 0) > 0.7 * (all ?? 0);
  });
  expect(weekly.length / houses.size).toBeGreaterThan(0.1);
  expect(weekly.length / houses.size).toBeLessThan(0.6);
});

test('a day of work brings the people of the profession, whole weeks and empty ones left out', () => {
  const busy = (profession: string) => {
    const perDay = new Map<string, Set<string>>();
    for (const { account, at, subject } of lookups(profession)) {
      const index = Math.floor((at / 1000 - Date.parse('2026-06-07T22:00:00Z')) / 86_400_000);
      // Tuesdays to Fridays without the epidemic.
      if (index >= 8 || isWeekend(dayAt(calendar, index)) || index % 7 === 0) continue;
      const key = `${account} ${index}`;
      perDay.set(key, (perDay.get(key) ?? new Set()).add(subject ?? ''));
    }
    return [...perDay.values()].reduce((sum, { size }) => sum + size, 0) / perDay.size;
  };
  expect(Math.abs(busy('general-practitioner') / (22 * 0.98) - 1)).toBeLessThan(0.12);
  expect(Math.abs(busy('dentist') / (12 * 0.98) - 1)).toBeLessThan(0.15);
  expect(Math.abs(busy('pharmacist') / (150 * 0.98) - 1)).toBeLessThan(0.15);
});

test('an epidemic brings 40 % more to who is busier then, and nobody else', () => {
  const on = (profession: string, index: number) =>
    played.doings[index]?.filter(
      ({ account, what }) => what === 'lookup' && professionOf(account) === profession,
    ).length ?? 0;
  const more = (profession: string) =>
    (on(profession, 8) + on(profession, 9) + on(profession, 10)) /
    (on(profession, 1) + on(profession, 2) + on(profession, 3));
  expect(more('general-practitioner')).toBeGreaterThan(1.2);
  expect(more('physiotherapist')).toBeLessThan(1.2);
});

test('new people, presence and claims follow the table', () => {
  const of = lookups('general-practitioner');
  const isNew = of.filter(({ signals }) => (signals & signalBits.neverSeen) !== 0);
  expect(isNew.length / of.length).toBeCloseTo(0.15, 1);
  expect(of.filter(({ present }) => present).length / of.length).toBeCloseTo(0.5, 1);
  const alone = isNew.filter(({ present, at }) => !present && at < (played.entries.at(-1)?.at ?? 0) - 6e11);
  const explained = new Set(
    played.entries.filter(({ kind, action }) => kind === 2 && action === 1).map((each) => each.subject),
  );
  const followed = alone.filter(({ subject }) => explained.has(subject)).length / alone.length;
  expect(followed).toBeGreaterThan(0.85);
  expect(followed).toBeLessThan(0.99);
});

test('people come from here and beside; numbers rise half of the time', () => {
  const of = lookups('dentist').filter(({ subject }) => subject !== null);
  const account = of[0]?.account ?? 0;
  const places = new Map<number, number>();
  for (const each of of)
    if (each.account === account)
      places.set(departementOf(each.signals), (places.get(departementOf(each.signals)) ?? 0) + 1);
  const most = Math.max(...places.values()) / [...places.values()].reduce((sum, each) => sum + each, 0);
  expect(most).toBeGreaterThan(0.35);
  expect(most).toBeLessThan(0.75);
  const risen = of.filter(({ signals }) => (signals & signalBits.ascending) !== 0).length / of.length;
  expect(risen).toBeCloseTo(0.5, 1);
});

test('the lane has no gaps and time never goes back; hardly anything honest is refused', () => {
  const { entries } = played;
  expect(entries.every(({ seq }, index) => seq === index + 1)).toBe(true);
  expect(entries.every(({ at }, index) => at >= (entries[index - 1]?.at ?? 0))).toBe(true);
  const of = entries.filter(({ kind }) => kind === 1);
  expect(of.filter(({ outcome }) => outcome === 2).length / of.length).toBeLessThan(0.002);
});

test('forty clerks of a hospital are behind one network', () => {
  const clerks = [...played.population.workers.values()].slice(-40).map(({ post }) => post);
  expect(new Set(clerks.map(({ network }) => network)).size).toBe(1);
  expect(new Set(clerks.map(({ account }) => account)).size).toBe(40);
});

test('a contained account is refused as the record refuses', () => {
  const { record } = settle({ accounts: 5, seed: 1, calendar });
  const ask = (present: boolean): number | undefined =>
    record.keep({ ...(played.doings[0]?.[0] as Doing), what: 'lookup', account: 1, person: 77, present })
      .entry?.outcome;
  const at = dayAt(calendar, 1).startsAt;
  const outcomes = [0, 1, 2, 3].map((standing) => {
    record.changeStanding(1, standing, { who: 0, at });
    return [ask(true), ask(false)];
  });
  expect(outcomes).toEqual([
    [1, 1],
    [1, 2],
    [1, 2],
    [2, 2],
  ]);
});
