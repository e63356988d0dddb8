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

const nobody = Buffer.alloc(20);

/** True once, for the right code of a person's card; a wrong code counts against the account's day. */
export async function consumePresence(db: Database, keys: Keys, proof: PresenceProof): Promise<boolean> {
  const sealed = proof.subject === null ? null : await readPresenceKey(db, proof.subject);
  const known = sealed !== null && proof.subject !== null;
  const secret = known ? keys.open('presence', sealed, aboutPresence(proof.subject)) : nobody;
  // The work is done for an unknown person too: the time of the answer tells nothing.
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
