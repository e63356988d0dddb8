import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { open, seal } from './seal.ts';

/** What identifies a person: never the NIR alone. The date is eight digits and may be lunar. */
export type Identity = { readonly nir13: string; readonly birthDate: string; readonly birthRank?: number };

export type MacPurpose = 'lookup' | 'nir' | 'staff-index';
export type SealPurpose = 'insurer' | 'presence' | 'staff';

const macLength = 16;

/** The keys derived from the master key; it can be used, not read: nothing of it is printable. */
export class Keys {
  readonly #derived: ReadonlyMap<string, KeyObject>;
  readonly #insurers = new Map<string, KeyObject>();

  constructor(master: Uint8Array) {
    if (master.length !== 32) throw new Error('the master key is 32 bytes');
    const purposes = ['lookup', 'nir', 'staff-index', 'insurer', 'presence', 'staff'];
    this.#derived = new Map(purposes.map((purpose) => [purpose, derive(master, purpose)]));
  }

  /** The first 16 bytes of the HMAC-SHA-256 of a text, under the key of one purpose. */
  mac(purpose: MacPurpose, text: string): Buffer {
    const digest = createHmac('sha256', this.#key(purpose)).update(text, 'utf8').digest();
    return digest.subarray(0, macLength);
  }

  /** Seals bytes under the key of one purpose. */
  seal(purpose: SealPurpose, plain: Uint8Array, about: string): Buffer {
    return seal(this.#key(purpose), plain, about);
  }

  /** Opens bytes sealed for the same purpose and the same `about`. */
  open(purpose: SealPurpose, sealed: Uint8Array, about: string): Buffer {
    return open(this.#key(purpose), sealed, about);
  }

  /** The key of one insurer, opened once and kept for as long as its wrapped form does not change. */
  insurerKey(insurer: number, wrapped: Buffer): KeyObject {
    const name = `${insurer}|${wrapped.toString('base64')}`;
    const known = this.#insurers.get(name);
    if (known !== undefined) return known;
    const key = createSecretKey(this.open('insurer', wrapped, aboutInsurer(insurer)));
    this.#insurers.set(name, key);
    return key;
  }

  toJSON(): string {
    return '[keys]';
  }

  #key(purpose: string): KeyObject {
    const key = this.#derived.get(purpose);
    if (key === undefined) throw new Error(`no key for ${purpose}`);
    return key;
  }
}

/** What an insurer's wrapped key is bound to. */
export function aboutInsurer(insurer: number): string {
  return `insurer|${insurer}`;
}

/** The key under which a person is found: 16 bytes over `1|NIR13|YYYYMMDD|rank`, rank 1 when absent. */
export function lookupKey(keys: Keys, identity: Identity): Buffer {
  const { nir13, birthDate, birthRank = 1 } = identity;
  return keys.mac('lookup', `1|${nir13}|${birthDate}|${birthRank}`);
}

/** The name of a NIR alone: it counts wrong birth dates and finds nobody. */
export function nirKey(keys: Keys, nir13: string): Buffer {
  return keys.mac('nir', `1|${nir13}`);
}

function derive(master: Uint8Array, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', master, '', `vigie/1/${purpose}`, 32)));
}
