import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Keys } from '../../vault/index.ts';
import { challengeMs, isOurs, newChallenge } from './challenge.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const binding = { use: 'sign-in', about: '' } as const;
const now = 1_790_000_000_000;

test('ours for what it was made for, for five minutes', () => {
  const challenge = newChallenge(keys, binding, now);
  expect(isOurs(keys, challenge, binding, now)).toBe(true);
  expect(isOurs(keys, challenge, binding, now + challengeMs - 1)).toBe(true);
  expect(isOurs(keys, challenge, binding, now + challengeMs)).toBe(false);
});

test('not for another use, about somebody else, or under other keys', () => {
  const challenge = newChallenge(keys, { use: 'enrol', about: '7' }, now);
  expect(isOurs(keys, challenge, { use: 'sign-in', about: '7' }, now)).toBe(false);
  expect(isOurs(keys, challenge, { use: 'enrol', about: '8' }, now)).toBe(false);
  expect(isOurs(new Keys(Buffer.alloc(32, 8)), challenge, { use: 'enrol', about: '7' }, now)).toBe(false);
});

test('not with any bit changed: its end cannot be moved', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 * 8 - 1 }), (bit) => {
      const challenge = newChallenge(keys, binding, now);
      challenge.writeUInt8(challenge.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      return !isOurs(keys, challenge, binding, now);
    }),
  );
});

test('arbitrary bytes are nobody’s challenge', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      return !isOurs(keys, Buffer.from(bytes), binding, now);
    }),
  );
});
