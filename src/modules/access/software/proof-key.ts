import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';

/** The key of a proof, ready to verify with, and its name (RFC 7638). */
export type ProofKey = {
  readonly thumbprint: string;
  /** Whether this key signed these bytes. */
  signed(bytes: Buffer, signature: Buffer): Promise<boolean>;
};

type Kind = {
  readonly kty: string;
  readonly crv: string;
  readonly parts: readonly string[];
  readonly digest: 'sha256' | null;
};

const ed25519: Kind = { kty: 'OKP', crv: 'Ed25519', parts: ['x'], digest: null };
const kinds = new Map<string, Kind>([
  ['ES256', { kty: 'EC', crv: 'P-256', parts: ['x', 'y'], digest: 'sha256' }],
  ['EdDSA', ed25519],
  ['Ed25519', ed25519],
]);
/** 32 bytes in base64url: every part of a key of these kinds. */
const part = /^[A-Za-z0-9_-]{43}$/;

const known = new Map<string, ProofKey>();
const knownMax = 10_000;

/**
 * The key that a proof carries, when it is a public one of a kind we take; else null. Making it ready costs
 * more than verifying with it, and software keeps its key: it is made ready once.
 */
export async function readProofKey(alg: unknown, jwk: unknown): Promise<ProofKey | null> {
  const kind = kinds.get(String(alg));
  if (kind === undefined || typeof jwk !== 'object' || jwk === null || 'd' in jwk) return null;
  const told = jwk as Readonly<Record<string, unknown>>;
  if (told.kty !== kind.kty || told.crv !== kind.crv) return null;
  const parts = kind.parts.map((name) => [name, told[name]] as const);
  if (!parts.every(([, value]) => typeof value === 'string' && part.test(value))) return null;
  const name = `${alg}.${parts.map(([, value]) => value).join('.')}`;
  const ready = known.get(name);
  if (ready !== undefined) return ready;
  const plain = { kty: kind.kty, crv: kind.crv, ...Object.fromEntries(parts) } as JWK;
  const made = await makeReady(plain, kind.digest);
  if (made === null) return null;
  if (known.size >= knownMax) known.clear();
  known.set(name, made);
  return made;
}

async function makeReady(jwk: JWK, digest: 'sha256' | null): Promise<ProofKey | null> {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    // Not a point of the curve.
    return null;
  }
  const thumbprint = await calculateJwkThumbprint(jwk);
  const checked = digest === null ? key : { key, dsaEncoding: 'ieee-p1363' as const };
  // In another thread, where it takes 43 µs, and 8 of this one's. (By WebCrypto it takes this one as many.)
  const signed = (bytes: Buffer, signature: Buffer) =>
    new Promise<boolean>((resolve) => {
      verify(digest, bytes, checked, signature, (error, isRight) => resolve(error === null && isRight));
    });
  return { thumbprint, signed };
}
