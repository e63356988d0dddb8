import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Keys } from '../../vault/index.ts';

/** What a challenge may be answered for; one made for signing in adds no passkey. */
export const challengeUses = ['sign-in', 'enrol'] as const;
export type ChallengeUse = (typeof challengeUses)[number];

/** How long somebody has to find their key and touch it. */
export const challengeMs = 5 * 60_000;

const randomLength = 16;
const macLength = 16;
const length = randomLength + 8 + macLength;

/** What a challenge is bound to. `about` is whom or what it is for, and empty when anybody may answer. */
export type ChallengeBinding = { readonly use: ChallengeUse; readonly about: string };

/**
 * A challenge that proves by itself who made it, for what and until when (milliseconds since 1970): nothing
 * is stored for whoever only asks. 16 random bytes, 8 of time, 16 of HMAC.
 */
export function newChallenge(keys: Keys, binding: ChallengeBinding, now: number): Buffer {
  const head = Buffer.alloc(randomLength + 8);
  randomBytes(randomLength).copy(head);
  head.writeBigUInt64BE(BigInt(now + challengeMs), randomLength);
  return Buffer.concat([head, keys.mac('challenge', textOf(head, binding))]);
}

/** Whether we made it for this, and it is not too old. Whether it was used before is for the database. */
export function isOurs(keys: Keys, challenge: Buffer, binding: ChallengeBinding, now: number): boolean {
  if (challenge.length !== length) return false;
  const head = challenge.subarray(0, length - macLength);
  const given = challenge.subarray(length - macLength);
  const isSigned = keys.macs('challenge', textOf(head, binding)).some((mac) => timingSafeEqual(mac, given));
  return isSigned && expiryOf(challenge) > now;
}

/** When it expires, in milliseconds since 1970. */
export function expiryOf(challenge: Buffer): number {
  return Number(challenge.readBigUInt64BE(randomLength));
}

/** What is remembered of one that was answered. */
export function hashChallenge(challenge: Buffer): Buffer {
  return createHash('sha256').update(challenge).digest();
}

function textOf(head: Buffer, { use, about }: ChallengeBinding): string {
  return `${use}|${about}|${head.toString('hex')}`;
}
