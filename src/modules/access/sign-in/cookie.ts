import { createHash, randomBytes } from 'node:crypto';

/** `__Host-`: browsers accept it from this host alone, over https (or on localhost), for every path. */
export const cookieName = '__Host-vigie';

const shape = new RegExp(`(?:^|;\\s*)${cookieName}=([A-Za-z0-9_-]{43})(?=;|$)`, 'g');
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** A new secret for a session: 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of it. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** The secret in a Cookie header; null unless there is exactly one: of two, nobody can say which we set. */
export function secretOf(header: string | undefined): string | null {
  const found = [...(header ?? '').matchAll(shape)];
  return found.length === 1 ? (found[0]?.[1] ?? null) : null;
}

/** The Set-Cookie header that begins a session. No Max-Age: the server limits it. */
export function cookieOf(secret: string): string {
  return `${cookieName}=${secret}; ${attributes}`;
}

/** The Set-Cookie header that forgets it. */
export const noCookie = `${cookieName}=; Max-Age=0; ${attributes}`;
