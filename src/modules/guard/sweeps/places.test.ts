import { expect, test } from 'vitest';
import { isRead, nextReads } from './places.ts';
import type { RunningSweep } from './store.ts';

const sought = { account: 1, organisation: 1, networks: [7], clients: [], begunAt: [], hasDesk: true };
const sweep = (id: string, places: Record<number, number>): RunningSweep => ({
  ...{ id, account: 1, organisation: 1, containedAt: 0, fromAt: 0, toAt: 0, sought, places },
});
const told = (sweeps: RunningSweep[]) =>
  nextReads(sweeps, 100).map(({ lane, from, among }) => [lane, from, among.map(({ id }) => id).join()]);

test.each([
  { name: 'alone', sweeps: [sweep('a', { 0: 4, 1: 9 })], reads: ['0 4 a', '1 9 a'] },
  { name: 'one piece serves', sweeps: [sweep('a', { 0: 4 }), sweep('b', { 0: 103 })], reads: ['0 4 a,b'] },
  { name: 'too far', sweeps: [sweep('a', { 0: 104 }), sweep('b', { 0: 4 })], reads: ['0 4 b', '0 104 a'] },
  { name: 'a lane that is read', sweeps: [sweep('a', { 0: -2, 1: -1 })], reads: ['1 -1 a'] },
  { name: 'nobody', sweeps: [], reads: [] },
])('$name: $reads', ({ sweeps, reads }) => {
  expect(told(sweeps).map((each) => each.join(' '))).toEqual(reads);
});

test('a sweep is read when its lanes are, or at once when it looks for nothing', () => {
  expect(isRead(sweep('a', { 0: -2, 1: 3 }))).toBe(false);
  expect(isRead(sweep('a', { 0: -2, 1: -2 }))).toBe(true);
  expect(isRead({ ...sweep('a', { 0: 3 }), sought: { ...sought, networks: [] } })).toBe(true);
});
