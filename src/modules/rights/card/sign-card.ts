import { createHash } from 'node:crypto';
import { CompactSign } from 'jose';
import type { Keys } from '../../vault/index.ts';
import { type Card, writeCard } from './card.ts';
import { cardType } from './verify-card.ts';

/** A public key of cards, as it is published (RFC 8037). */
export type PublishedKey = {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'EdDSA';
};

/** Every generation that is alive: a card signed before the keys were turned holds until its end. */
export function publishedKeys(keys: Keys): PublishedKey[] {
  return keys.signingKeys('card').map(({ publicKey }) => {
    const x = String(publicKey.export({ format: 'jwk' }).x);
    return { kty: 'OKP', crv: 'Ed25519', x, kid: keyName(x), use: 'sig', alg: 'EdDSA' };
  });
}

/** Signs a card with the current key, as a compact JWS. */
export async function signCard(keys: Keys, card: Card): Promise<string> {
  const [key] = keys.signingKeys('card');
  const [published] = publishedKeys(keys);
  if (key === undefined || published === undefined) throw new Error('no key signs cards');
  const header = { alg: published.alg, typ: cardType, kid: published.kid };
  return new CompactSign(Buffer.from(writeCard(card))).setProtectedHeader(header).sign(key.privateKey);
}

/**
 * The beginning of the key's thumbprint (RFC 7638), short for the QR: a name, not a proof. A number would be
 * another key's too at another operator, and a card from there would look forged rather than foreign.
 */
function keyName(x: string): string {
  const canonical = JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x });
  return createHash('sha256').update(canonical).digest('base64url').slice(0, 8);
}
