import { type FactsText, openFacts, resealFactsText } from '../facts.ts';
import type { SealedFacts } from '../held.ts';
import { type Identity, type Keys, lookupKey, lookupKeys } from '../keys.ts';
import type { Fact } from '../rule.ts';

/** What an insurer's file says of one person, before it is sealed. */
export type Said = {
  /** What leads to the person. */
  readonly identities: readonly Identity[];
  /** What the file says: the part that is compared with what was said before. */
  readonly compared: FactsText;
  /** What is kept beside it. */
  readonly kept: FactsText;
  /** The insurer's own way to name the person: finds them again when their number changed. */
  readonly link: string;
};

/** A record as it was, with the keys that open it. */
export type StoredRecord = SealedFacts & {
  readonly wrapped: Buffer;
  readonly insurerWrapped: Buffer;
  readonly digest: Buffer | null;
};

/** How a declared amendment changes a record. Null leaves it as it is. */
export type AmendedRecord = Omit<Said, 'identities'> & {
  /** Written even when what the file says is what was known: something kept beside it changed. */
  readonly mustWrite: boolean;
  readonly pending: boolean;
  readonly added: readonly Identity[];
  readonly dropped: readonly Identity[];
};

declare const amendmentBrand: unique symbol;

/** A pure change of what an insurer says of a person; its result goes nowhere but into a sealed record. */
export type Amendment<Input> = { readonly name: string; readonly [amendmentBrand]: (input: Input) => void };

type Amend = (facts: readonly Fact[], input: unknown) => AmendedRecord | null;

// As with rules: the function lives here, so that nobody can build one around content by writing an object.
const declared = new WeakMap<object, Amend>();

/** Declares an amendment. */
export function declareAmendment<Input>(
  name: string,
  amend: (facts: readonly Fact[], input: Input) => AmendedRecord | null,
): Amendment<Input> {
  const amendment = Object.freeze({ name }) as Amendment<Input>;
  declared.set(amendment, amend as Amend);
  return amendment;
}

/** A record sealed, with the keyed hashes that later files are compared with. */
export type SealedSaid = { readonly ciphertext: Buffer; readonly digest: Buffer; readonly link: Buffer };

/** What lines of a file are compared by: keyed hashes, which say nothing without the keys. */
export type SaidHashes = {
  /** Each key that may find the person. */
  readonly lookupKeys: readonly Buffer[];
  readonly digest: Buffer;
  readonly link: Buffer;
};

/** The keyed hashes of what was said. */
export function hashSaid(keys: Keys, insurer: number, said: Said): SaidHashes {
  return {
    lookupKeys: said.identities.flatMap((identity) => lookupKeys(keys, identity)),
    digest: digestOf(keys, said.compared),
    link: linkOf(keys, insurer, said.link),
  };
}

/** Everything that was said, as it is sealed. */
export function saidText({ compared, kept }: Pick<Said, 'compared' | 'kept'>): FactsText {
  return kept === '' || compared === '' ? kept + compared : `${kept},${compared}`;
}

/** What came of an amendment: null when the record stays as it is. */
export type Resealed = SealedSaid & {
  readonly pending: boolean;
  readonly added: readonly Buffer[];
  readonly dropped: readonly Buffer[];
};

/** Opens a record, lets a declared amendment change it, and seals the result: nothing of it is told. */
export function amendRecord<Input>(
  keys: Keys,
  stored: StoredRecord,
  by: { amendment: Amendment<Input>; input: Input },
): Resealed | null {
  const amend = declared.get(by.amendment);
  if (amend === undefined) throw new Error('a record is changed by declared amendments only');
  const insurerKey = keys.insurerKey(stored.insurer, stored.insurerWrapped);
  const amended = amend(openFacts(insurerKey, stored, stored), by.input);
  if (amended === null) return null;
  const digest = digestOf(keys, amended.compared);
  if (!amended.mustWrite && stored.digest?.equals(digest) === true) return null;
  const text = `[${saidText(amended)}]`;
  return {
    ciphertext: resealFactsText(insurerKey, stored, { wrapped: stored.wrapped, text }),
    digest,
    link: linkOf(keys, stored.insurer, amended.link),
    pending: amended.pending,
    added: amended.added.map((identity) => lookupKey(keys, identity)),
    dropped: amended.dropped.flatMap((identity) => lookupKeys(keys, identity)),
  };
}

function digestOf(keys: Keys, text: string): Buffer {
  return keys.mac('record', `3|${text}`);
}

function linkOf(keys: Keys, insurer: number, link: string): Buffer {
  return keys.mac('record', `2|${insurer}|${link}`);
}
