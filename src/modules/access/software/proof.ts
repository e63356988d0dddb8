import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { proofSeconds } from './profile.ts';
import { readProofKey } from './proof-key.ts';

/** What a proof must be about. `token` is the access token it comes with, where there is one. */
export type ProofPlace = {
  readonly method: string;
  readonly url: string;
  readonly token?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** A proof that holds: whose key made it, and the name under which it is good once. */
export type HeldProof = { readonly thumbprint: string; readonly once: Buffer };

/** Checks a DPoP proof as RFC 9449 §4.3 lists; that it was never shown before is for the database. */
export async function checkProof(
  proof: string | undefined,
  place: ProofPlace,
): Promise<HeldProof | { readonly problem: string }> {
  if (proof === undefined) return { problem: 'a DPoP header is needed' };
  const read = await readProof(proof);
  if ('problem' in read) return read;
  const { payload, thumbprint } = read;
  const { iat, jti, htm, htu, ath } = payload;
  if (typeof jti !== 'string' || jti === '') return { problem: 'the proof has no jti' };
  if (htm !== place.method) return { problem: 'the proof is for another method' };
  if (htu !== place.url && plainUrl(htu) !== plainUrl(place.url))
    return { problem: 'the proof is for another address' };
  const seconds = place.now / 1000;
  if (typeof iat !== 'number' || seconds - iat > proofSeconds.old || iat - seconds > proofSeconds.ahead) {
    return { problem: 'the proof was not made just now' };
  }
  if (place.token !== undefined && ath !== sha256(place.token)) {
    return { problem: 'the proof is for another token' };
  }
  return { thumbprint, once: onceOf('proof', thumbprint, jti) };
}

/** The name under which something is good once: a hash, so that nothing of it can be shown again. */
export function onceOf(kind: 'proof' | 'assertion', whose: string, jti: string): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([kind, whose, jti]))
    .digest();
}

type ReadProof = { readonly payload: JWTPayload; readonly thumbprint: string };

/** Reads a proof that its own key signed: a JWS (RFC 7515), with nothing critical that we do not know. */
async function readProof(proof: string): Promise<ReadProof | { problem: string }> {
  const unread = { problem: 'the proof cannot be read, or its signature is wrong' };
  const [head = '', content = '', signature = '', ...more] = proof.split('.');
  if (more.length > 0 || signature === '') return unread;
  const { header, payload } = decode(proof);
  if (header === null || header.typ !== 'dpop+jwt' || header.crit !== undefined) return unread;
  const key = await readProofKey(header.alg, header.jwk);
  const signed = Buffer.from(`${head}.${content}`, 'latin1');
  if (key === null || !(await key.signed(signed, Buffer.from(signature, 'base64url')))) return unread;
  return { payload, thumbprint: key.thumbprint };
}

function decode(proof: string) {
  try {
    return { header: decodeProtectedHeader(proof), payload: decodeJwt(proof) };
  } catch {
    return { header: null, payload: {} };
  }
}

/** An address without query and fragment, written in one way; null when it is none. */
function plainUrl(text: unknown): string | null {
  if (typeof text !== 'string' || !URL.canParse(text)) return null;
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}
