import { Failure } from '../../../../platform/errors.ts';
import { openText } from '../../../vault/index.ts';
import type { Caller } from '../../caller.ts';
import type { Answer } from '../../route.ts';
import { hashSecret, newSecret } from '../../sign-in/cookie.ts';
import { sessionLimits } from '../../sign-in/session-limits.ts';
import type { SoftwareTools } from '../give-token.ts';
import { findClient } from '../store.ts';
import { type AuthorizationQuery, readAuthorization } from './authorization.ts';
import { consentHeaders, consentPage } from './consent-page.ts';
import { insertConsent } from './store.ts';

/** How long software has to come with its code: it listens already. */
const codeSeconds = 60;
/** Consent asks for a passkey used just now, as whatever outlives a session does. */
const provenSeconds = 5 * 60;

type Asked = { readonly caller: Caller; readonly query: AuthorizationQuery };

/** Shows the holder who is signed in what software asks for; or tells the software why not. */
export async function showConsent(tools: SoftwareTools, asked: Asked): Promise<Answer> {
  const { client, read, hours } = await readAsked(tools, asked);
  if ('error' in read) return sendBack(tools, asked.query, read.redirect, { error: read.error });
  const name = openText(tools.keys, client.nameSealed, `client|${client.id}`);
  const body = consentPage({ name, scopes: read.scopes, hours, query: asked.query });
  return { status: 200, body, headers: consentHeaders(read.redirect) };
}

/** Takes the holder's decision back to the software: a code for a consent, an error for none. */
export async function decideConsent(
  tools: SoftwareTools,
  asked: Asked & { readonly decision: string | undefined },
): Promise<Answer> {
  const { query } = asked;
  const { client, read, hours } = await readAsked(tools, asked);
  const { redirect } = read;
  if ('error' in read) return sendBack(tools, query, redirect, { error: read.error });
  if (asked.decision !== 'allow') return sendBack(tools, query, redirect, { error: 'access_denied' });
  const code = newSecret();
  const kept = await insertConsent(tools.db, {
    client: client.id,
    account: asked.caller.account,
    scope: read.scopes.join(' '),
    hours,
    codeHash: hashSecret(code),
    codeSeconds,
    redirect: query.redirect_uri ?? '',
    challenge: read.challenge,
    jkt: query.dpop_jkt ?? null,
  });
  return sendBack(tools, query, redirect, kept ? { code } : { error: 'access_denied' });
}

async function readAsked({ db }: SoftwareTools, { caller, query }: Asked) {
  const { role, organisation, provenSecondsAgo } = caller;
  if (role === 'nobody' || role === 'insurer-service') throw new Failure('forbidden');
  if (provenSecondsAgo === null || provenSecondsAgo > provenSeconds || caller.byPsc === true) {
    throw new Failure('passkey-needed');
  }
  const client = await findClient(db, query.client_id ?? '');
  const read = readAuthorization(query, client, { organisation, role });
  if (client === undefined) throw new Failure('not-found');
  return { client, read, hours: sessionLimits[role].hours };
}

function sendBack(
  { origin }: SoftwareTools,
  { state }: AuthorizationQuery,
  redirect: URL,
  told: Readonly<Record<string, string>>,
): Answer {
  const to = new URL(redirect);
  // `iss` says which server answers, so that a client of several is not confused (RFC 9207).
  const answer = { ...told, ...(state === undefined ? {} : { state }), iss: origin };
  for (const [name, value] of Object.entries(answer)) to.searchParams.set(name, value);
  return { status: 303, body: '', headers: { location: to.href, 'referrer-policy': 'no-referrer' } };
}
