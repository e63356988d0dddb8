import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { Failure } from '../../platform/errors.ts';
import { open, seal } from './seal.ts';
import { type SigningKey, signingKeyOf } from './signing-key.ts';

/** What identifies a person: never the NIR alone. The date is eight digits and may be lunar. */
export type Identity = { readonly nir13: string; readonly birthDate: string; readonly birthRank?: number };

/** record: what insurers' files are compared by; it finds nobody, and stays when the index key is changed. */
/** claim-mark: names of care and of requests, so that neither can be guessed from the database. */
const macPurposes = ['lookup', 'nir', 'staff-index', 'record', 'challenge', 'claim-mark'] as const;
const sealPurposes = ['insurer', 'presence', 'staff', 'claim'] as const;
const signPurposes = ['access-token', 'card'] as const;
export type MacPurpose = (typeof macPurposes)[number];
export type SealPurpose = (typeof sealPurposes)[number];
export type SignPurpose = (typeof signPurposes)[number];
export type KeyPurpose = MacPurpose | SealPurpose | SignPurpose;

/** Everything there is a key for; a purpose added here gets its key when a server next starts. */
export const keyPurposes: readonly KeyPurpose[] = [...macPurposes, ...sealPurposes, ...signPurposes];

/** One key of one purpose, opened. */
export type LiveKey = { readonly generation: number; readonly key: KeyObject };

/** The live keys of each purpose; the first one seals and indexes what is new, all open and find. */
export type Ring = ReadonlyMap<string, readonly LiveKey[]>;

const macLength = 16;
/**
 * A server that has not read the keys for so long may lack a generation that people are already found by: it
 * must fail rather than answer that they are unknown. Shorter than rotations wait for a silent server.
 */
export const staleAfterMs = 8_000;

let setRing: (keys: Keys, ring: Ring) => void;
let setReadAt: (keys: Keys, readAt: number) => void;
let getRing: (keys: Keys) => Ring;

/** The keys of each purpose; they can be used, not read: nothing of them is printable. */
export class Keys {
  #ring: Ring;
  #insurers = new Map<string, KeyObject>();
  #readAt: number | null = null;

  static {
    setRing = (keys, ring) => {
      keys.#ring = ring;
      keys.#insurers = new Map();
    };
    setReadAt = (keys, readAt) => {
      keys.#readAt = readAt;
    };
    getRing = (keys) => keys.#ring;
  }

  /** A ring of keys; or a master key alone, from which a first generation is derived. */
  constructor(from: Uint8Array | Ring) {
    this.#ring = from instanceof Uint8Array ? deriveRing(from) : from;
  }

  /** The first 16 bytes of the HMAC-SHA-256 of a text, under the current key of one purpose. */
  mac(purpose: MacPurpose, text: string): Buffer {
    return macOf(this.#live(purpose)[0] as LiveKey, text);
  }

  /** The same under every live key, the current one first. */
  macs(purpose: MacPurpose, text: string): Buffer[] {
    if (this.#readAt !== null && performance.now() - this.#readAt > staleAfterMs) {
      throw new Failure('unavailable', { privateCause: new Error('the keys could not be read again') });
    }
    return this.#live(purpose).map((live) => macOf(live, text));
  }

  /** The same under the key of one generation. */
  macUnder(purpose: MacPurpose, generation: number, text: string): Buffer {
    const live = this.#live(purpose).find((each) => each.generation === generation);
    if (live === undefined) throw new Error(`no key of generation ${generation} for ${purpose}`);
    return macOf(live, text);
  }

  /** The generation that is current. */
  generation(purpose: KeyPurpose): number {
    return (this.#live(purpose)[0] as LiveKey).generation;
  }

  /** Seals bytes under the current key of one purpose. */
  seal(purpose: SealPurpose, plain: Uint8Array, about: string): Buffer {
    return seal((this.#live(purpose)[0] as LiveKey).key, plain, about);
  }

  /** Opens bytes sealed for the same purpose and the same `about`, under any live key. */
  open(purpose: SealPurpose, sealed: Uint8Array, about: string): Buffer {
    const live = this.#live(purpose);
    for (const { key } of live.slice(0, -1)) {
      try {
        return open(key, sealed, about);
      } catch {
        // Sealed under another generation, or not ours: the last one tells.
      }
    }
    return open((live.at(-1) as LiveKey).key, sealed, about);
  }

  /** The signing keys of one purpose: the first signs what is new, all verify. */
  signingKeys(purpose: SignPurpose): readonly SigningKey[] {
    return this.#live(purpose).map((live) => signingKeyOf(live, purpose));
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

  #live(purpose: string): readonly LiveKey[] {
    const live = this.#ring.get(purpose);
    if (live === undefined || live.length === 0) throw new Error(`no key for ${purpose}`);
    return live;
  }
}

/** Puts other keys in the place of these, for everybody who works with them; for the vault alone. */
export function replaceRing(keys: Keys, ring: Ring): void {
  setRing(keys, ring);
}

/** The keys as they are now, for another thread of this process: `new Keys(...)` there; still unprintable. */
export function liveRing(keys: Keys): Ring {
  return getRing(keys);
}

/** Says that the keys are those of the database at this moment; from then on they can grow stale. */
export function noteRead(keys: Keys, readAt: number): void {
  setReadAt(keys, readAt);
}

/** What an insurer's wrapped key is bound to. */
export function aboutInsurer(insurer: number): string {
  return `insurer|${insurer}`;
}

/** The key a person is newly found by: 16 bytes over `1|NIR13|YYYYMMDD|rank`, rank 1 when absent. */
export function lookupKey(keys: Keys, identity: Identity): Buffer {
  return keys.mac('lookup', identityText(identity));
}

/** Every key a person may be found by: more than one while the index key is being changed. */
export function lookupKeys(keys: Keys, identity: Identity): Buffer[] {
  return keys.macs('lookup', identityText(identity));
}

/** The key a person was, or is to be, found by under one generation. */
export function lookupKeyUnder(keys: Keys, generation: number, identity: Identity): Buffer {
  return keys.macUnder('lookup', generation, identityText(identity));
}

/** The name of a NIR alone: it counts wrong birth dates and finds nobody. */
export function nirKey(keys: Keys, nir13: string): Buffer {
  return keys.mac('nir', `1|${nir13}`);
}

/** The key of one purpose as databases had it before keys were kept in them. */
export function derivePurposeKey(master: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', `vigie/1/${purpose}`, 32));
}

function identityText({ nir13, birthDate, birthRank = 1 }: Identity): string {
  return `1|${nir13}|${birthDate}|${birthRank}`;
}

function macOf({ key }: LiveKey, text: string): Buffer {
  // By way of a text: a buffer of its own for each digest was a fifth of the time.
  const digest = createHmac('sha256', key).update(text, 'utf8').digest('binary');
  return Buffer.from(digest.slice(0, macLength), 'latin1');
}

function deriveRing(master: Uint8Array): Ring {
  if (master.length !== 32) throw new Error('the master key is 32 bytes');
  return new Map(
    keyPurposes.map((purpose) => {
      const key = createSecretKey(derivePurposeKey(master, purpose));
      return [purpose, [{ generation: 1, key }]];
    }),
  );
}
