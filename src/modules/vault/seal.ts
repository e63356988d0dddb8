import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';

const version = 1;
const nonceLength = 12;
const tagLength = 16;
const overhead = 1 + nonceLength + tagLength;

// One system call per person would cost more than the sealing itself: random bytes are drawn in pages.
const page = Buffer.allocUnsafeSlow(8192);
let used = page.length;

/** Random bytes from the system's generator, each handed out once. */
export function randomOf(length: number): Buffer {
  if (used + length > page.length) {
    randomFillSync(page);
    used = 0;
  }
  const bytes = Buffer.from(page.subarray(used, used + length));
  // What was handed out may become a key: nothing of it stays in the page.
  page.fill(0, used, used + length);
  used += length;
  return bytes;
}

/** A key: kept ones are key objects; one that serves once is cheaper as bytes. */
export type SealKey = KeyObject | Buffer;

/** Seals bytes with AES-256-GCM; `about` says what they belong to and must be said again to open them. */
export function seal(key: SealKey, plain: Uint8Array, about: string): Buffer {
  const nonce = randomOf(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(about, 'utf8'));
  const sealed = Buffer.allocUnsafe(overhead + plain.length);
  sealed[0] = version;
  nonce.copy(sealed, 1);
  cipher.update(plain).copy(sealed, 1 + nonceLength);
  cipher.final();
  cipher.getAuthTag().copy(sealed, sealed.length - tagLength);
  return sealed;
}

/** Opens what `seal` made; a wrong key, another `about` or one changed bit throws. */
export function open(key: SealKey, sealed: Uint8Array, about: string): Buffer {
  if (sealed.length < overhead || sealed[0] !== version) throw new Error('not a sealed value');
  const nonce = sealed.subarray(1, 1 + nonceLength);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(about, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  const plain = decipher.update(sealed.subarray(1 + nonceLength, sealed.length - tagLength));
  decipher.final();
  return plain;
}
