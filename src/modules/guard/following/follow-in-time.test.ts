import { expect, test } from 'vitest';
import { followInTime, type ReadLane } from './follow-in-time.ts';

/** A lane of entries at these times, read so many at once; what is followed is said to `seen`. */
function laneOf(times: readonly number[], most: number, seen: (at: number) => Promise<void> | undefined) {
  let read: number[] = [];
  let from = 0;
  let upTo = -1;
  const lane: ReadLane & { last: number; left: () => number } = {
    get head() {
      const [at] = read;
      return at === undefined ? undefined : { at };
    },
    get isSpent() {
      return read.length === 0 && from <= upTo;
    },
    async read(last: number) {
      upTo = last;
      if (read.length > 0) return;
      read = times.slice(from, Math.min(from + most, upTo + 1));
      from += read.length;
    },
    followHead: () => seen(read.shift() ?? Number.NaN),
    last: times.length - 1,
    left: () => times.length - from + read.length,
  };
  return lane;
}

const lastOf = ({ last }: { last: number }) => last;

/** All times in the order in which they were followed. */
async function follow(lanes: readonly (readonly number[])[], most: number): Promise<number[]> {
  const seen: number[] = [];
  const read = lanes.map((times) => laneOf(times, most, (at) => void seen.push(at)));
  while (read.some((lane) => lane.left() > 0)) await followInTime(read, lastOf, () => false);
  return seen;
}

test.each([1, 2, 3, 100])('lanes read %i at a time are followed in the order of time', async (most) => {
  const lanes = [[1, 4, 5, 9, 10, 11, 12], [2, 3, 13], [], [6, 7, 8]];
  expect(await follow(lanes, most)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

test('a lane keeps its own order when its clock jumps; the others go on', async () => {
  expect(
    await follow(
      [
        [1, 90, 3],
        [2, 4],
      ],
      10,
    ),
  ).toEqual([1, 2, 4, 90, 3]);
});

test('of two as old the first lane is first; what is waited for is waited for', async () => {
  const seen: string[] = [];
  const slow = (name: string) => async (at: number) => {
    // A step takes time: whoever does not wait for it ends before it.
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen.push(`${name}${at}`);
  };
  const [a, b] = [laneOf([1, 2], 10, slow('a')), laneOf([1, 2], 10, slow('b'))];
  expect(await followInTime([a, b], lastOf, () => false)).toBe(false);
  expect(seen).toEqual(['a1', 'b1', 'a2', 'b2']);
});

test('what a lane got after the others were counted waits for them', async () => {
  const seen: number[] = [];
  const [one, other] = [
    [1, 2, 5],
    [3, 4],
  ].map((times) => laneOf(times, 10, (at) => void seen.push(at)));
  if (one === undefined || other === undefined) throw new Error('two lanes');
  await followInTime(
    [one, other],
    (lane) => (lane === one ? 1 : -1),
    () => false,
  );
  expect(seen).toEqual([1, 2]);
  await followInTime([one, other], lastOf, () => false);
  expect(seen).toEqual([1, 2, 3, 4, 5]);
});

test('stopped between two entries, the rest waits and is followed next', async () => {
  const seen: number[] = [];
  const lane = laneOf([1, 2, 3], 10, (at) => void seen.push(at));
  expect(await followInTime([lane], lastOf, () => seen.length === 2)).toBe(false);
  expect(seen).toEqual([1, 2]);
  await followInTime([lane], lastOf, () => false);
  expect(seen).toEqual([1, 2, 3]);
});
