import { createHash, randomBytes } from 'node:crypto';

const shape = /^vigie_[A-Za-z0-9_-]{43}$/;

/** A new bearer token: 256 random bits, with a prefix that secret scanners can find. */
export function newToken(): string {
  return `vigie_${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a token. A plain hash is enough: 256 random bits cannot be guessed from it. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** A token that is bound to a key, and the scheme it came with; null when the header holds none. */
export function boundToken(header: string | undefined): { scheme: 'dpop' | 'bearer'; token: string } | null {
  const [, scheme, token] = header?.match(/^(DPoP|Bearer) +([^\s]+)$/i) ?? [];
  if (scheme === undefined || token === undefined) return null;
  const isDpop = scheme.toLowerCase() === 'dpop';
  // Ours are JWTs; any other bearer token is judged as such.
  if (!isDpop && !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return null;
  return { scheme: isDpop ? 'dpop' : 'bearer', token };
}

/** The token of an Authorization header, or null when it holds none of ours. */
export function bearerToken(header: string | undefined): string | null {
  const token = header?.match(/^Bearer ([^\s]+)$/i)?.[1];
  return token !== undefined && shape.test(token) ? token : null;
}
