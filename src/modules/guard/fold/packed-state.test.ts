import { assert, integer, array as listOf, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { writeEntries } from '../detectors/short-notation.ts';
import { bitsIn, stateBytes, stateVersion } from './account-state.ts';
import { LaneFold } from './lane-fold.ts';
import { isPackedOfLayout, packState, unpackState } from './packed-state.ts';

test('a packed state is the state, whatever it holds', () => {
  const bytesAt = listOf(tuple(integer({ min: 1, max: stateBytes - 1 }), integer({ min: 0, max: 255 })));
  assert(
    property(bytesAt, (some) => {
      const state = new Uint8Array(stateBytes);
      state[0] = stateVersion;
      for (const [at, byte] of some) state[at] = byte;
      expect(Buffer.compare(unpackState(packState(state)), state)).toBe(0);
    }),
    { numRuns: 300, seed: 6 },
  );
  const full = new Uint8Array(stateBytes).fill(255);
  full[0] = stateVersion;
  expect(Buffer.compare(unpackState(packState(full)), full)).toBe(0);
});

test('that of an account at work is less than half as long, and says its evidence', () => {
  const fold = new LaneFold(() => ({ profession: 'pharmacist', dailyLookups: 150 }));
  for (const entry of writeEntries('k*60 v*10 n*10 p*40 +1d k*30 n*10 v*80 f*3')) fold.fold(entry);
  const state = fold.stateOf(1);
  const packed = packState(state);
  expect(packed.length).toBeLessThan(stateBytes / 2);
  expect(bitsIn(packed)).toBe(bitsIn(state));
  expect(bitsIn(packed)).toBeGreaterThan(0);
});

test('another version, or a part of one, is refused', () => {
  const packed = packState(new LaneFold(() => ({ profession: '', dailyLookups: 1 })).stateOf(1));
  expect(isPackedOfLayout(packed)).toBe(true);
  expect(() => unpackState(packed.subarray(0, 90))).toThrow();
  const other = Buffer.from(packed);
  other[0] = 77;
  expect(isPackedOfLayout(other)).toBe(false);
  expect(() => unpackState(other)).toThrow('not of this layout');
});
