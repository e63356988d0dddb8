import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { professions } from '../../rights/index.ts';
import { alternatives } from '../fold/e-detector.ts';
import { rateOf, trackOf } from '../fold/tracks.ts';
import { detectors } from './detectors.ts';

test('detectors are numbered in order, weighted to 1, and stand on tracks of their own', () => {
  expect(detectors.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(detectors.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  const tracks = detectors.flatMap(({ track, tracks }) =>
    Array.from({ length: tracks }, (_, k) => track + k),
  );
  expect(tracks.sort((one, other) => one - other)).toEqual(Object.values(trackOf));
  expect(alternatives).toBe(6);
});

test('every detector tells its null rate for every profession, with a bound, a mark and a reason', () => {
  for (const { name, nullRates, says } of detectors) {
    expect([name, nullRates.map(({ profession }) => profession)]).toEqual([
      name,
      [...professions.map(({ code }) => code), ''],
    ]);
    for (const { value, upper, mark, because } of nullRates) {
      expect([name, upper >= value, upper <= 1, because.length > 20]).toEqual([name, true, true, true]);
      expect(['assumed', 'derived']).toContain(mark);
    }
    expect(says.fr).not.toBe(says.en);
  }
});

test('rates beside the tables are told as well, each under its own name, and in docs/guard.md', () => {
  const told = readFileSync(new URL('../../../../docs/guard.md', import.meta.url), 'utf8');
  const sides = detectors.flatMap(({ sideRates = [], track, tracks }) =>
    sideRates.map((side) => ({ ...side, isOwn: side.track >= track && side.track < track + tracks })),
  );
  expect(sides.map(({ name, upper }) => `${name} ${upper}`)).toEqual([
    'opening 0.8',
    'summer 0.65',
    'after-unknown 0.5',
    'rising 0.5',
    'after-unusual 0.8',
    'alternating 0.1',
  ]);
  const rates: readonly number[] = Object.values(rateOf);
  const main = detectors.map(({ track }) => track);
  expect(sides.filter(({ rate }) => main.includes(rate))).toEqual([]);
  expect(new Set([...main, ...sides.map(({ rate }) => rate)]).size).toBe(main.length + sides.length);
  for (const { name, upper, mark, because, isOwn, rate } of sides) {
    expect([name, isOwn, because.length > 20, rates.includes(rate)]).toEqual([...[name, true, true, true]]);
    expect(told).toMatch(new RegExp(`\\| \`${name}\` \\|[^\n]*\\| ${upper} \\| \\*\\*${mark}\\*\\*`));
  }
});
