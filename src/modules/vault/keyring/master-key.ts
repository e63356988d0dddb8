import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { derivePurposeKey } from '../keys.ts';
import { open, seal } from '../seal.ts';

export const masterLength = 32;

/** The key that wraps the others. It can be used, not read, and told from another by its id. */
export class MasterKey {
  /** The same for the same key; it tells nothing of it. */
  readonly id: Buffer;
  readonly #master: KeyObject;
  readonly #wrapping: KeyObject;

  constructor(bytes: Uint8Array) {
    if (bytes.length !== masterLength) throw new Error('the master key is 32 bytes');
    this.#master = createSecretKey(bytes);
    this.#wrapping = createSecretKey(
      Buffer.from(hkdfSync('sha256', this.#master, '', 'vigie/1/keyring', masterLength)),
    );
    this.id = createHmac('sha256', this.#master).update('vigie/1/master').digest().subarray(0, 8);
  }

  /** Wraps a key of one purpose and generation. */
  wrap(of: KeyName, key: Uint8Array): Buffer {
    return seal(this.#wrapping, key, aboutKey(of));
  }

  /** Unwraps it; throws when another master key wrapped it, or another name is given. */
  unwrap(of: KeyName, wrapped: Uint8Array): Buffer {
    return open(this.#wrapping, wrapped, aboutKey(of));
  }

  /** A key of the first generation of a database that is older than the keys it keeps. */
  derive(purpose: string): Buffer {
    const bytes = this.#master.export();
    const key = derivePurposeKey(bytes, purpose);
    bytes.fill(0);
    return key;
  }

  toJSON(): string {
    return '[master key]';
  }
}

/** Which key: what it is for, and which in turn. */
export type KeyName = { readonly purpose: string; readonly generation: number };

/** New bytes for a master key, as they stand in a file. */
export function drawMasterText(): string {
  return `${randomBytes(masterLength).toString('hex')}\n`;
}

/** Reads a master key from its text, hexadecimal or base64. */
export function parseMaster(text: string): MasterKey {
  const trimmed = text.trim();
  const bytes = /^[0-9a-fA-F]{64}$/.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : Buffer.from(trimmed, /[-_]/.test(trimmed) ? 'base64url' : 'base64');
  if (bytes.length !== masterLength) throw new Error('not 32 bytes');
  const master = new MasterKey(bytes);
  bytes.fill(0);
  return master;
}

function aboutKey({ purpose, generation }: KeyName): string {
  return `purpose|${purpose}|${generation}`;
}
