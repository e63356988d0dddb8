import { randomBytes } from 'node:crypto';
import { type Clock, parisDay } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/connect.ts';
import type { Keys } from './keys.ts';
import { aboutPresence, codeAt, matchStep, stepAt } from './presence-code.ts';
import { consumeStep, readPresenceKey } from './store.ts';

/** Wrong codes an account may give in a day; beyond, its codes are not considered until tomorrow. */
export const wrongCodesPerDay = 10;

/** A code given as proof that a person is there. An unknown person has no subject. */
export type PresenceProof = {
  readonly account: number;
  readonly subject: string | null;
  readonly code: string;
  readonly now: ReturnType<Clock['now']>;
};

/**
 * Stands for the unknown person: read and opened like any other, so that the time of an answer
 * tells nothing.
 */
const nobody = '00000000-0000-0000-0000-000000000000';
const cardsOfNobody = new WeakMap<Keys, Buffer>();

/** True once, for the right code of a person's card; a wrong code counts against the account's day. */
export async function consumePresence(db: Database, keys: Keys, proof: PresenceProof): Promise<boolean> {
  const subject = proof.subject ?? nobody;
  const sealed = await readPresenceKey(db, subject);
  const known = sealed !== null && proof.subject !== null;
  const secret = known
    ? keys.open('presence', sealed, aboutPresence(subject))
    : keys.open('presence', cardOfNobody(keys), aboutPresence(nobody));
  const matched = matchStep(secret, proof.code, proof.now);
  return consumeStep(db, {
    account: proof.account,
    day: parisDay(proof.now),
    subject: proof.subject,
    step: known ? matched : null,
    limit: wrongCodesPerDay,
  });
}

/** The code a person's card shows now, for demonstrations; null when there is no such person. */
export async function currentCode(
  db: Database,
  keys: Keys,
  card: { subject: string; now: bigint },
): Promise<string | null> {
  const sealed = await readPresenceKey(db, card.subject);
  if (sealed === null) return null;
  return codeAt(keys.open('presence', sealed, aboutPresence(card.subject)), stepAt(card.now));
}

function cardOfNobody(keys: Keys): Buffer {
  const made = cardsOfNobody.get(keys) ?? keys.seal('presence', randomBytes(20), aboutPresence(nobody));
  cardsOfNobody.set(keys, made);
  return made;
}
