import { expect, test } from 'vitest';
import { chooseHoney, walkMost } from './honey-places.ts';
import { NumberList } from './number-list.ts';

/** A generator whose numbers are the same at each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const three = (order: number) => String(order).padStart(3, '0');

/** Towns of both shores, of either sex and of neighbouring months; each order is somebody's at this share. */
function country(share: number): string[] {
  const random = seeded(7);
  const runs = ['1840588321', '2840588321', '1840688321', '184052A004', '184052B004', '1840599139'];
  return runs.flatMap((run) =>
    Array.from({ length: 400 }, (_, order) => run + three(order + 1)).filter(() => random() < share),
  );
}

function listOf(numbers: readonly string[]) {
  const list = new NumberList();
  for (const number of numbers) list.add(number);
  return list.sorted();
}

/** As many characters as differ; two that changed places are one mistake. */
function mistakes(one: string, other: string): number {
  const differing = [...one].flatMap((character, at) => (character === other[at] ? [] : [at]));
  const [first = 0, second = 0] = differing;
  const changedPlaces =
    differing.length === 2 &&
    second === first + 1 &&
    one[first] === other[second] &&
    one[second] === other[first];
  return changedPlaces ? 1 : differing.length;
}

test('no honey person has a number, and none has one that could be typed for a real one', () => {
  const real = country(0.04);
  const { numbers } = chooseHoney(listOf(real), { most: 10_000, random: seeded(3) });
  expect(numbers.length).toBeGreaterThan(100);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const number of numbers) {
    expect(number).toMatch(/^[12]\d{4}(\d\d|2A|2B)\d{6}$/);
    const nearest = Math.min(...real.map((each) => mistakes(number, each)));
    expect([number, nearest >= 2]).toEqual([number, true]);
  }
});

test('a walk up or down a run meets one within twenty steps wherever one fits at all', () => {
  const real = country(0.02);
  const list = listOf(real);
  const places = chooseHoney(list, { most: 10_000, random: seeded(3) });
  const honey = new Set(places.numbers);
  const walk = (from: string, step: number) =>
    Array.from({ length: walkMost }, (_, index) => Number(from.slice(10)) + step * (index + 1))
      .filter((order) => order > 0 && order < 1_000)
      .map((order) => from.slice(0, 10) + three(order));
  const meets = (from: string, step: number) => walk(from, step).some((number) => honey.has(number));
  const fits = (from: string, step: number) =>
    walk(from, step).some((number) => !list.has(number) && !list.hasNear(number));
  for (const step of [1, -1]) {
    expect(real.filter((each) => meets(each, step) !== fits(each, step))).toEqual([]);
  }
  const up = real.filter((each) => meets(each, 1));
  expect(up.length).toBe(places.guarded);
  expect(up.length / real.length).toBeGreaterThan(0.95);
});

test('where every order is somebody’s none fits, and it says so', () => {
  const places = chooseHoney(listOf(country(1)), { most: 10_000 });
  expect(places.guarded / places.people).toBeLessThan(0.2);
});

test('the densest runs come first, and no more are placed than asked', () => {
  const crowd = Array.from({ length: 30 }, (_, index) => `1840588321${three(1 + 31 * index)}`);
  const alone = ['2760113055011', '1910275056900'];
  const { numbers } = chooseHoney(listOf([...alone, ...crowd]), { most: 25 });
  expect(numbers).toHaveLength(25);
  expect(numbers.every((each) => each.startsWith('1840588321'))).toBe(true);
});
