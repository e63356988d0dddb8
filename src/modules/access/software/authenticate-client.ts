import { createLocalJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Database } from '../../../platform/database/connect.ts';
import { algorithms, assertionSecondsMax, proofSeconds, tokenPath } from './profile.ts';
import { onceOf } from './proof.ts';
import { Refusal } from './refusal.ts';
import { findClient, type LiveClient } from './store.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A client that proved who it is, and the name under which its assertion is good once. */
export type ProvenClient = { readonly client: LiveClient; readonly once: Buffer };

/**
 * Checks the assertion a client signed with one of its registered keys (RFC 7523): made for us, just now, by
 * itself. Whatever is wrong with it is told alike.
 */
export async function authenticateClient(
  db: Database,
  form: Readonly<Record<string, string>>,
  at: { readonly origin: string; readonly now: number },
): Promise<ProvenClient> {
  const assertion = form.client_assertion;
  if (form.client_assertion_type !== assertionType || assertion === undefined) {
    throw new Refusal('invalid_client', 'private_key_jwt is needed');
  }
  const named = nameIn(assertion);
  if (form.client_id !== undefined && form.client_id !== named) throw refused();
  const client = await findClient(db, named);
  if (client === undefined) throw refused();
  const { jti, iat, exp, aud } = await verify(assertion, client, at);
  const seconds = at.now / 1000;
  const isShort = exp !== undefined && exp - seconds <= assertionSecondsMax;
  const isPast = iat === undefined || iat - seconds <= proofSeconds.ahead;
  // One audience alone: what was signed for others as well could be shown here by them.
  if (typeof jti !== 'string' || jti === '' || !isShort || !isPast || [aud].flat().length !== 1) {
    throw refused();
  }
  return { client, once: onceOf('assertion', client.id, jti) };
}

/** Who a request says it is from, before anything is checked; empty when it says nobody. */
export function claimedClient(form: Readonly<Record<string, string>>): string {
  try {
    return nameIn(form.client_assertion ?? '');
  } catch {
    return '';
  }
}

function nameIn(assertion: string): string {
  try {
    return String(decodeJwt(assertion).iss);
  } catch {
    throw refused();
  }
}

async function verify(
  assertion: string,
  client: LiveClient,
  { origin, now }: { origin: string; now: number },
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(assertion, createLocalJWKSet(client.keys), {
      algorithms: [...algorithms],
      issuer: client.id,
      subject: client.id,
      audience: [origin, `${origin}${tokenPath}`],
      currentDate: new Date(now),
      clockTolerance: proofSeconds.ahead,
      requiredClaims: ['exp', 'jti'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refused();
    throw error;
  }
}

function refused(): Refusal {
  return new Refusal('invalid_client', 'the client is not known, or its assertion does not hold');
}
