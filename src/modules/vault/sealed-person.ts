import type { KeyObject } from 'node:crypto';
import { type FactList, type FactsText, sealFacts } from './facts.ts';
import { type Identity, type Keys, lookupKey } from './keys.ts';
import { aboutPresence } from './presence-code.ts';
import { randomOf } from './seal.ts';

const presenceKeyLength = 20;

/** A person before sealing: how they are found, and what each insurer says of them. */
export type PersonToSeal = {
  readonly identities: readonly Identity[];
  readonly facts: ReadonlyMap<number, FactList | FactsText>;
};

/** A person as the database may know them: random numbers and sealed bytes, under a new subject. */
export type SealedPerson = {
  /** The 16 bytes of the subject. */
  readonly id: Buffer;
  readonly subject: string;
  readonly presenceKey: Buffer;
  readonly lookupKeys: readonly Buffer[];
  /** Of the index key that made the lookup keys, and of the insurers' keys that wrapped the others. */
  readonly generations: { readonly lookup: number; readonly insurer: number };
  readonly insurers: readonly { insurer: number; wrapped: Buffer; ciphertext: Buffer }[];
};

/** Seals a person under a new random subject, with new keys. */
export function sealPerson(
  keys: Keys,
  insurerKeys: ReadonlyMap<number, KeyObject> & { readonly generation?: number },
  person: PersonToSeal,
): SealedPerson {
  const id = randomOf(16);
  const subject = subjectText(id);
  const secret = randomOf(presenceKeyLength);
  const presenceKey = keys.seal('presence', secret, aboutPresence(subject));
  secret.fill(0);
  const insurers = [...person.facts].map(([insurer, facts]) => {
    const insurerKey = insurerKeys.get(insurer);
    if (insurerKey === undefined) throw new Error(`insurer ${insurer} has no key`);
    return { insurer, ...sealFacts(insurerKey, { subject, insurer }, facts) };
  });
  const lookupKeys = person.identities.map((identity) => lookupKey(keys, identity));
  const generations = { lookup: keys.generation('lookup'), insurer: insurerKeys.generation ?? 1 };
  return { id, subject, presenceKey, lookupKeys, generations, insurers };
}

/** Seals what an insurer says of somebody who exists. */
export function sealRecord(
  insurerKeys: ReadonlyMap<number, KeyObject>,
  owner: { readonly subject: string; readonly insurer: number },
  facts: FactList | FactsText,
): { wrapped: Buffer; ciphertext: Buffer } {
  const insurerKey = insurerKeys.get(owner.insurer);
  if (insurerKey === undefined) throw new Error(`insurer ${owner.insurer} has no key`);
  return sealFacts(insurerKey, owner, facts);
}

/** The text of a subject's 16 bytes. */
export function subjectText(id: Buffer): string {
  const hex = id.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join('-');
}
