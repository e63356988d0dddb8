import { expect, test } from 'vitest';
import { describeLoss, findLosses } from './lane-loss.ts';

const lanes = (...entries: bigint[]) => entries.map((count, lane) => ({ lane, entries: count }));

test.each([
  ['nothing new', lanes(5n), lanes(5n), []],
  ['the backup is ahead', lanes(7n), lanes(5n), []],
  ['an empty database', lanes(7n), [], []],
  ['one entry', lanes(5n), lanes(6n), [{ lane: 0, from: 5n, to: 5n }]],
  ['one lane of two', lanes(5n, 9n), lanes(5n, 12n), [{ lane: 1, from: 9n, to: 11n }]],
  ['a lane the backup has not', lanes(5n), lanes(5n, 2n), [{ lane: 1, from: 0n, to: 1n }]],
  ['an empty backup', lanes(0n), lanes(3n), [{ lane: 0, from: 0n, to: 2n }]],
])('%s', (_, backup, database, lost) => {
  expect(findLosses(backup, database)).toEqual(lost);
});

test('the sentence says from which entry to which', () => {
  expect(describeLoss({ lane: 0, from: 1201n, to: 1350n })).toBe(
    'lane 0: the backup ends at entry 1200, the database holds 1350: entries 1201 to 1350 would be lost',
  );
  expect(describeLoss({ lane: 2, from: 0n, to: 0n })).toContain('holds none of its entries');
});
