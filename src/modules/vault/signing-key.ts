import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { LiveKey } from './keys.ts';

/** An Ed25519 pair made from one key of the ring: every server has the same, and no database holds it. */
export type SigningKey = {
  readonly generation: number;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
};

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

const made = new WeakMap<KeyObject, SigningKey>();

/** The pair that follows from a key; made once for as long as the key is held. */
export function signingKeyOf({ generation, key }: LiveKey, purpose: string): SigningKey {
  const known = made.get(key);
  if (known !== undefined) return known;
  const seed = Buffer.from(hkdfSync('sha256', key, '', `vigie/1/sign/${purpose}`, 32));
  const der = Buffer.concat([prefix, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  seed.fill(0);
  der.fill(0);
  const pair = { generation, privateKey, publicKey: createPublicKey(privateKey) };
  made.set(key, pair);
  return pair;
}
