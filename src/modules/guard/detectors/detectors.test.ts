import { expect, test } from 'vitest';
import { professions } from '../../rights/index.ts';
import { alternatives } from '../fold/e-detector.ts';
import { trackOf } from '../fold/tracks.ts';
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
