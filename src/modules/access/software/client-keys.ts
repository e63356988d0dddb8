import type { JSONWebKeySet, JWK } from 'jose';

/** The most keys a client may hold at once: one in use, one to come, and some to spare. */
const keysMax = 8;
const kid = /^[\x21-\x7e]{1,200}$/;

const shapes = [
  { kty: 'EC', crv: 'P-256', says: 'ES256', parts: ['x', 'y'] },
  { kty: 'OKP', crv: 'Ed25519', says: 'EdDSA', parts: ['x'] },
] as const;

/** A client's public keys, stripped of all that is not needed; or what is wrong with the text. */
export function readClientKeys(text: string): JSONWebKeySet | { readonly problem: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { problem: 'the file is not JSON' };
  }
  const list = (parsed as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(list) || list.length === 0) return { problem: 'the file is no JWKS with keys' };
  if (list.length > keysMax) return { problem: `the file has more than ${keysMax} keys` };
  const keys: JWK[] = [];
  for (const [place, one] of list.entries()) {
    const read = readKey(one);
    if ('problem' in read) return { problem: `key ${place + 1}: ${read.problem}` };
    if (keys.some((key) => key.kid === read.key.kid)) return { problem: 'two keys have the same kid' };
    keys.push(read.key);
  }
  return { keys };
}

function readKey(given: unknown): { key: JWK } | { problem: string } {
  if (typeof given !== 'object' || given === null) return { problem: 'it is no key' };
  const told = given as Record<string, unknown>;
  // Whoever sent us a private key by mistake must make another: this one has travelled.
  if ('d' in told || 'k' in told) return { problem: 'it holds a private part: make another pair' };
  if (typeof told.kid !== 'string' || !kid.test(told.kid)) return { problem: 'it has no kid' };
  const shape = shapes.find(({ kty, crv }) => kty === told.kty && crv === told.crv);
  if (shape === undefined) return { problem: 'it must be P-256 (ES256) or Ed25519 (EdDSA)' };
  const key: Record<string, string> = { kty: shape.kty, crv: shape.crv, kid: told.kid, use: 'sig' };
  for (const part of shape.parts) {
    const value = told[part];
    if (typeof value !== 'string' || Buffer.from(value, 'base64url').length !== 32) {
      return { problem: `its ${part} is not 32 bytes` };
    }
    key[part] = value;
  }
  return { key: key as JWK };
}
