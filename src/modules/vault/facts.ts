import type { KeyObject } from 'node:crypto';
import type { Fact } from './rule.ts';
import { open, randomOf, seal } from './seal.ts';

/** A fact as its insurer gives it: the insurer is known from elsewhere. */
export type InsurerFact = Omit<Fact, 'insurer'>;

/** Facts, some of them in lists that many people share: the text of a frozen list is made once. */
export type FactList = readonly (InsurerFact | readonly InsurerFact[])[];

/** Facts as they are sealed, without the brackets of a list. */
export type FactsText = string;

// Without padding, the length of a record would tell how many contracts and domains it holds.
const padding = 256;

/** Seals what one insurer says of one person under a new key; gives both, the key wrapped. */
export function sealFacts(
  insurerKey: KeyObject,
  owner: { subject: string; insurer: number },
  facts: FactList | FactsText,
): { wrapped: Buffer; ciphertext: Buffer } {
  const about = aboutFacts(owner.subject, owner.insurer);
  const key = randomOf(32);
  const text = typeof facts === 'string' ? facts : factsText(facts);
  const ciphertext = seal(key, pad(`[${text}]`), about);
  const wrapped = seal(insurerKey, key, `key|${about}`);
  key.fill(0);
  return { wrapped, ciphertext };
}

/** Seals a record again under the key it has: with a new nonce, as each sealing. */
export function resealFactsText(
  insurerKey: KeyObject,
  owner: { subject: string; insurer: number },
  again: { wrapped: Buffer; text: string },
): Buffer {
  const about = aboutFacts(owner.subject, owner.insurer);
  const key = open(insurerKey, again.wrapped, `key|${about}`);
  const ciphertext = seal(key, pad(again.text), about);
  key.fill(0);
  return ciphertext;
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

/** What a record is bound to; its key is bound to `key|` and the same. */
export function aboutFacts(subject: string, insurer: number): string {
  return `${subject}|${insurer}`;
}

// What many people share (a formula's domains) comes as the same frozen objects: their text is kept.
const texts = new WeakMap<object, string>();

/** Facts as text: made once by whoever needs it twice, to compare and to seal. */
export function factsText(facts: FactList): FactsText {
  let text = '';
  for (const each of facts) {
    const one = textOf(each);
    if (one !== '') text += text === '' ? one : `,${one}`;
  }
  return text;
}

function textOf(each: InsurerFact | readonly InsurerFact[]): string {
  const kept = Object.isFrozen(each);
  const known = kept ? texts.get(each) : undefined;
  if (known !== undefined) return known;
  const text = 'field' in each ? factText(each) : each.map(textOf).join(',');
  if (kept) texts.set(each, text);
  return text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON escapes
const plainText = /^[^"\\\u0000-\u001f\ud800-\udfff]*$/;

function factText(fact: InsurerFact): string {
  const { field, contract, value } = fact;
  // Most values need no escape: JSON.stringify was a tenth of the time of a load.
  return `[${field},${contract},${plainText.test(value) ? `"${value}"` : JSON.stringify(value)}]`;
}

function pad(text: string): Buffer {
  const length = Buffer.byteLength(text, 'utf8');
  const padded = Buffer.allocUnsafe(Math.ceil(length / padding) * padding);
  padded.write(text, 0, length, 'utf8');
  padded.fill(0x20, length);
  return padded;
}
