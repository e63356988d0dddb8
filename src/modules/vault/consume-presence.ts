import { randomBytes } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/connect.ts';
import type { Keys } from './keys.ts';
import { aboutPresence, codeAt, matchStep, stepAt } from './presence-code.ts';
import { consumeStep, readPresenceKey } from './store.ts';

/** So many wrong codes in an hour, by one account or for one person, close presence for both for an hour. */
export const wrongCodesPerHour = 5;

/** What came of a code. `closes`: refused, and the one too many. `closed`: one before it was. */
export type PresenceOutcome = 'refused' | 'accepted' | 'closes' | 'closed';
const outcomes: readonly PresenceOutcome[] = ['refused', 'accepted', 'closes', 'closed'];

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

/** Accepted once, for the right code of a card; a wrong one counts for the account and for the person. */
export async function consumePresence(
  db: Database,
  keys: Keys,
  proof: PresenceProof,
): Promise<PresenceOutcome> {
  const subject = proof.subject ?? nobody;
  const sealed = await readPresenceKey(db, subject);
  const known = sealed !== null && proof.subject !== null;
  const secret = known
    ? keys.open('presence', sealed, aboutPresence(subject))
    : keys.open('presence', cardOfNobody(keys), aboutPresence(nobody));
  const matched = matchStep(secret, proof.code, proof.now);
  const used = await consumeStep(db, {
    account: proof.account,
    at: new Date(Number(proof.now / 1000n)),
    // Only somebody who is in the vault can be counted for.
    subject: known ? subject : null,
    step: known ? matched : null,
    limit: wrongCodesPerHour,
  });
  return outcomes[used] ?? 'refused';
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
