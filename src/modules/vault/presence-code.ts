import { timingSafeEqual } from 'node:crypto';
import { HOTP, Secret } from 'otpauth';

const digits = 6;
const stepSeconds = 30n;
const window = 1n;

/** The thirty-second step an instant falls in. */
export function stepAt(microseconds: bigint): bigint {
  return microseconds / 1_000_000n / stepSeconds;
}

/** The six digits a card shows during one step. */
export function codeAt(secret: Uint8Array, step: bigint): string {
  const buffer = new Uint8Array(secret).buffer;
  return HOTP.generate({ secret: new Secret({ buffer }), counter: Number(step), digits });
}

/** The step of the window whose code this is, or null. Every step is tried: all codes take the same time. */
export function matchStep(secret: Uint8Array, code: string, now: bigint): bigint | null {
  const given = Buffer.from(code, 'utf8');
  const current = stepAt(now);
  let matched: bigint | null = null;
  for (let step = current - window; step <= current + window; step += 1n) {
    const expected = Buffer.from(codeAt(secret, step), 'utf8');
    if (given.length === expected.length && timingSafeEqual(given, expected)) matched = step;
  }
  return matched;
}

/** What a sealed presence key is bound to. */
export function aboutPresence(subject: string): string {
  return `presence|${subject}`;
}
