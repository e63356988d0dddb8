import type { KeyObject } from 'node:crypto';
import type { Fact } from './rule.ts';
import { open, randomOf, seal } from './seal.ts';

/** A fact as its insurer gives it: the insurer is known from elsewhere. */
export type InsurerFact = Omit<Fact, 'insurer'>;

// Without padding, the length of a record would tell how many contracts and domains it holds.
const padding = 256;

/** Seals what one insurer says of one person under a new key; gives both, the key wrapped. */
export function sealFacts(
  insurerKey: KeyObject,
  owner: { subject: string; insurer: number },
  facts: readonly InsurerFact[],
): { wrapped: Buffer; ciphertext: Buffer } {
  const about = aboutFacts(owner.subject, owner.insurer);
  const key = randomOf(32);
  const text = `[${facts.map(factText).join(',')}]`;
  const ciphertext = seal(key, pad(text), about);
  const wrapped = seal(insurerKey, key, `key|${about}`);
  key.fill(0);
  return { wrapped, ciphertext };
}

/** Opens what one insurer says of one person. */
export function openFacts(
  insurerKey: KeyObject,
  owner: { subject: string; insurer: number },
  sealed: { wrapped: Buffer; ciphertext: Buffer },
): Fact[] {
  const about = aboutFacts(owner.subject, owner.insurer);
  const key = open(insurerKey, sealed.wrapped, `key|${about}`);
  const plain = open(key, sealed.ciphertext, about);
  key.fill(0);
  const rows = JSON.parse(plain.toString('utf8')) as readonly [number, number, string][];
  plain.fill(0);
  return rows.map(([field, contract, value]) =>
    Object.freeze({ field, insurer: owner.insurer, contract, value }),
  );
}

function aboutFacts(subject: string, insurer: number): string {
  return `${subject}|${insurer}`;
}

// Facts that many people share (a formula's domains) come as the same frozen objects: their text is kept.
const texts = new WeakMap<InsurerFact, string>();

function factText(fact: InsurerFact): string {
  const kept = Object.isFrozen(fact);
  const known = kept ? texts.get(fact) : undefined;
  if (known !== undefined) return known;
  const text = JSON.stringify([fact.field, fact.contract, fact.value]);
  if (kept) texts.set(fact, text);
  return text;
}

function pad(text: string): Buffer {
  const length = Buffer.byteLength(text, 'utf8');
  return Buffer.from(text + ' '.repeat(Math.ceil(length / padding) * padding - length), 'utf8');
}
