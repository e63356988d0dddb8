import type { InsurerKeys } from '../enrol-insurers.ts';
import type { Keys } from '../keys.ts';
import { hashSaid, type Said, type SaidHashes, saidText } from '../said/said.ts';
import { type SealedPerson, sealPerson } from '../sealed-person.ts';

/** Hashes and seals what one insurer says of people, many at a time. */
export type Sealer = {
  hash(said: readonly Said[]): Promise<readonly SaidHashes[]>;
  /** Seals people whom nobody knows, each under a new subject. */
  seal(said: readonly Said[]): Promise<readonly SealedPerson[]>;
  close(): Promise<void>;
};

/** The keys by which one insurer's people are sealed. */
export type SealingKeys = {
  readonly keys: Keys;
  readonly insurer: number;
  readonly insurerKeys: InsurerKeys;
};

/** The hashes of what was said of each. */
export function hashAll({ keys, insurer }: SealingKeys, said: readonly Said[]): readonly SaidHashes[] {
  return said.map((each) => hashSaid(keys, insurer, each));
}

/** Each sealed as somebody new. */
export function sealAll(use: SealingKeys, said: readonly Said[]): readonly SealedPerson[] {
  return said.map((each) => {
    const facts = new Map([[use.insurer, saidText(each)]]);
    return sealPerson(use.keys, use.insurerKeys, { identities: each.identities, facts });
  });
}
