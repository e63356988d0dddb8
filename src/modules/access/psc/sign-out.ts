import * as oidc from 'openid-client';
import { Failure } from '../../../platform/errors.ts';
import { openText } from '../../vault/index.ts';
import { useChallenge } from '../sign-in/store.ts';
import type { Claims } from './professional.ts';
import { hashOf, nowMs, type PscTools, providerSession } from './sign-in.ts';
import * as store from './store.ts';

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
/** A logout token older than this ends nothing; its number is remembered for as long. */
const tokenAgeSeconds = 5 * 60;

/**
 * Where the browser signs out at the provider too; null when the session began otherwise, or the provider is
 * away: signing out here never waits on it.
 */
export async function leaveProvider(tools: PscTools, session: bigint): Promise<string | null> {
  const sealed = await store.takeHint(tools.db, String(session));
  if (sealed === undefined) return null;
  try {
    const { client } = await tools.provider();
    if (client.serverMetadata().end_session_endpoint === undefined) return null;
    const url = oidc.buildEndSessionUrl(client, {
      id_token_hint: openText(tools.keys, sealed, `psc-hint|${session}`),
      post_logout_redirect_uri: `${tools.origin}/sign-in`,
    });
    return url.href;
  } catch {
    tools.log.warn('the provider is away: signed out here only');
    return null;
  }
}

/** Ends what began in a session that the provider says has ended (OpenID Connect Back-Channel Logout 1.0). */
export async function hearLogout(tools: PscTools, token: string): Promise<void> {
  const claims = await readLogout(tools, token);
  const named = providerSession(tools, claims);
  const ended = {
    subject: typeof claims.sub === 'string' ? named.subject : null,
    sid: named.sid,
  };
  const until = nowMs(tools) + 2 * tokenAgeSeconds * 1000;
  await tools.db.begin(async (tx) => {
    const isNew = await useChallenge(tx, hashOf(`psc|logout|${tools.issuer}|${claims.jti}`), until);
    if (!isNew) throw refused('seen before');
    await store.endProviderSessions(tx, ended);
  });
}

async function readLogout(tools: PscTools, token: string): Promise<Claims> {
  const { verify } = await tools.provider().catch((trouble: unknown) => {
    throw new Failure('unavailable', { privateCause: trouble });
  });
  const claims: Claims = await verify(token).catch(() => {
    throw refused('not signed by the provider for us');
  });
  const age = nowMs(tools) / 1000 - Number(claims.iat);
  const { events } = claims;
  const isLogout = typeof events === 'object' && events !== null && logoutEvent in events;
  if (!isLogout || 'nonce' in claims) throw refused('not a logout token');
  if (typeof claims.jti !== 'string' || claims.jti === '') throw refused('without a number');
  if (!(Math.abs(age) < tokenAgeSeconds)) throw refused('too old');
  if (typeof claims.sub !== 'string' && typeof claims.sid !== 'string') throw refused('names nobody');
  return claims;
}

function refused(why: string): Failure {
  return new Failure('malformed-request', { detail: `The logout token was refused: ${why}.` });
}
