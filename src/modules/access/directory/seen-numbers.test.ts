import { expect, test } from 'vitest';
import { SeenNumbers } from './seen-numbers.ts';

test('holds what was added and nothing else, near and far', () => {
  const seen = new SeenNumbers();
  const added = [0, 1, 7, 8, 4095 * 8, 4096 * 8, 1_000_003, 20_000_001];
  for (const number of added) seen.add(number);
  const asked = added.flatMap((number) => [number, number + 2]);
  const held = asked.filter((number) => seen.has(number));
  expect(held).toEqual(asked.filter((number) => added.includes(number)));
});
