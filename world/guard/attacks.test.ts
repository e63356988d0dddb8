import { expect, test } from 'vitest';
import { asksMost, type Thief } from './attack-parts.ts';
import { attacks, findAttack } from './attacks.ts';
import { dayAt, summer } from './calendar.ts';
import type { Doing } from './doing.ts';
import { playAttack } from './play-attack.ts';
import { settle } from './population.ts';

const population = settle({ accounts: 20, seed: 4, calendar: summer });
const firstDay = 42;
const { startsAt } = dayAt(summer, firstDay);

function thief(account = 2, which = 0): Thief {
  const victim = population.workers.get(account);
  if (victim === undefined) throw new Error('no victim');
  return { victim, seed: 9, which, campaign: 1, dayStartsAt: startsAt };
}

function asked(name: string, of: Thief = thief()): Doing[] {
  return [...(findAttack(name)?.does(of) ?? [])];
}

const seconds = (doings: readonly Doing[]) =>
  ((doings.at(-1)?.at ?? 0) - (doings[0]?.at ?? 0)) / 1e6 / (doings.length - 1);

test.each(attacks.map(({ name }) => [name] as const))('%s: the same thief does the same again', (name) => {
  const first = asked(name);
  expect(asked(name)).toEqual(first);
  expect(first.length).toBeGreaterThan(20);
  expect(first.every(({ byThief, account, present }) => byThief && account === 2 && !present)).toBe(true);
  expect(
    first.every(({ at }, index) => at >= (first[index - 1]?.at ?? 0) || first[index]?.what !== 'claim'),
  ).toBe(true);
});

test('the speeds are those of their names', () => {
  expect(seconds(asked('burst'))).toBeCloseTo(0.1, 2);
  expect(seconds(asked('one-a-second'))).toBeCloseTo(1, 1);
  expect(seconds(asked('one-a-minute'))).toBeCloseTo(60, 0);
  const hours = asked('slow').map(({ at }) => (at - startsAt) / 3.6e9);
  expect(hours.every((hour) => hour % 24 >= 9 && hour % 24 < 18)).toBe(true);
  expect(hours.filter((hour) => hour < 24).length).toBeGreaterThan(70);
  expect(asked('burst')).toHaveLength(asksMost);
});

test('a walk meets neighbours and nobodies, sorted or not; a list does not', () => {
  const share = (doings: readonly Doing[], of: (doing: Doing, index: number) => boolean) =>
    doings.filter(of).length / doings.length;
  const walk = asked('walk');
  const rises = (doings: readonly Doing[]) =>
    share(doings, ({ order }, index) => order > (doings[index - 1]?.order ?? 2));
  expect(rises(walk)).toBeGreaterThan(0.99);
  expect(rises(asked('walk-shuffled'))).toBeCloseTo(0.5, 1);
  expect(share(walk, ({ sameRun }) => sameRun)).toBeGreaterThan(0.99);
  expect(share(walk, ({ honey }) => honey)).toBeCloseTo(0.05, 1);
  expect(share(walk, ({ person }) => person < 0)).toBeCloseTo(0.24, 1);
  expect(asked('one-a-second').some(({ sameRun, honey, person }) => sameRun || honey || person < 0)).toBe(
    false,
  );
});

test('own patients are mixed in, claims are made up, networks change', () => {
  const known = new Set(thief().victim.known);
  const own = (name: string) => {
    const doings = asked(name);
    return doings.filter(({ person }) => known.has(person)).length / doings.length;
  };
  expect(own('slow-half')).toBeCloseTo(0.5, 1);
  expect(own('slow-fifth')).toBeCloseTo(0.8, 1);
  expect(asked('slow-claims').filter(({ what }) => what === 'claim').length).toBeGreaterThan(300);
  const networks = (name: string) =>
    new Set([0, 1].flatMap((which) => asked(name, thief(2 + which, which)).map((each) => each.network)));
  expect([networks('slow').size, networks('slow-one-network').size]).toEqual([2, 1]);
  expect(networks('homes').size).toBe((2 * asksMost) / 20);
});

test('the allowance alone loses its cap; a limit of ten loses ten', () => {
  const attack = findAttack('one-a-second');
  if (attack === undefined) throw new Error('no attack');
  const doings = asked('one-a-second');
  const alone = playAttack({
    attack,
    record: population.record.fork([2]),
    defence: { see: () => 0 },
    doings,
  });
  expect(alone.map(({ people, secondsTo }) => [people, secondsTo])).toEqual([[40, undefined]]);
  let seen = 0;
  const see = ({ kind }: { readonly kind: number }) => {
    seen += kind === 1 ? 1 : 0;
    return seen >= 10 ? 3 : 0;
  };
  const [limited] = playAttack({ attack, record: population.record.fork([2]), defence: { see }, doings });
  expect([limited?.people, limited?.peopleBefore, limited?.secondsAfterTenth]).toEqual([10, 10, 0]);
  const unlimited = population.record.fork([2], true);
  const [all] = playAttack({ attack, record: unlimited, defence: { see: () => 0 }, doings });
  expect(all?.people).toBe(asksMost);
});

test('whoever holds the passkey goes on after a challenge, a thief does not', () => {
  const [slow, insider] = [findAttack('slow'), findAttack('insider')];
  if (slow === undefined || insider === undefined) throw new Error('no attack');
  let asks = 0;
  const see = ({ kind }: { readonly kind: number }) => {
    asks += kind === 1 ? 1 : 0;
    return asks === 5 ? 1 : 0;
  };
  const defence = { see };
  const people = [slow, insider].map((attack) => {
    asks = 0;
    const doings = [...attack.does(thief())];
    return playAttack({ attack, record: population.record.fork([2]), defence, doings })[0]?.people;
  });
  expect(people[0]).toBe(5);
  expect(people[1]).toBeGreaterThan(30);
});
