import { type Keys, openText, sealText } from '../../vault/index.ts';

/** What a browser keeps for us while it is at the provider, sealed. */
export type RoundTrip = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The hash of the session that the browser held before; the new one ends it. */
  readonly before: string | null;
  /** Until when, in milliseconds since 1970. */
  readonly until: number;
};

/** How long somebody has to find their card, and then to choose their place. */
export const roundTripSeconds = 5 * 60;

/** Lax: the provider's answer comes from another site, and must find it. */
export const tripCookie = { name: '__Host-vigie-psc', sameSite: 'Lax' } as const;

/** Strict: the choice comes from a page of ours. */
export const visitCookie = { name: '__Host-vigie-place', sameSite: 'Strict' } as const;

type CookieName = typeof tripCookie | typeof visitCookie;

/** The Set-Cookie header that keeps a text for five minutes. */
export function keepCookie({ name, sameSite }: CookieName, text: string): string {
  return `${name}=${text}; Max-Age=${roundTripSeconds}; Path=/; Secure; HttpOnly; SameSite=${sameSite}`;
}

/** The Set-Cookie header that forgets it. */
export function forgetCookie({ name, sameSite }: CookieName): string {
  return `${name}=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=${sameSite}`;
}

/** The text in a Cookie header; null unless there is exactly one. */
export function readCookie({ name }: CookieName, header: string | undefined): string | null {
  const shape = new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9_-]{1,2000})(?=;|$)`, 'g');
  const found = [...(header ?? '').matchAll(shape)];
  return found.length === 1 ? (found[0]?.[1] ?? null) : null;
}

/** Seals a round trip for its cookie. */
export function sealTrip(keys: Keys, trip: RoundTrip): string {
  return sealText(keys, JSON.stringify(trip), 'psc-trip').toString('base64url');
}

/** The round trip of a cookie that we sealed and that is not too old. */
export function openTrip(keys: Keys, text: string | null, now: number): RoundTrip | null {
  if (text === null) return null;
  try {
    const trip = JSON.parse(openText(keys, Buffer.from(text, 'base64url'), 'psc-trip')) as RoundTrip;
    return trip.until > now ? trip : null;
  } catch {
    return null;
  }
}
