import { createHash } from 'node:crypto';
import * as oidc from 'openid-client';
import type { Clock } from '../../../platform/clock.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { Log } from '../../../platform/log.ts';
import { type Keys, openText, sealText, staffIndex } from '../../vault/index.ts';
import { professionalIndex } from '../directory/indexes.ts';
import type { Beginning } from '../sign-in/begin-session.ts';
import { cookieOf, hashSecret, newSecret, secretOf } from '../sign-in/cookie.ts';
import { assessSignIn } from '../sign-in/risk/assess-sign-in.ts';
import { endSessionOf, useChallenge } from '../sign-in/store.ts';
import { askedAcr, askedScope } from './known-providers.ts';
import { type Claims, readNumber } from './professional.ts';
import type { Provider } from './provider.ts';
import { PscRefusal } from './refusal.ts';
import { openTrip, type RoundTrip, roundTripSeconds, sealTrip } from './round-trip.ts';
import * as store from './store.ts';

/** What signing in by the provider needs. */
export type PscTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly log: Log;
  /** Where browsers reach us. */
  readonly origin: string;
  readonly issuer: string;
  /** What a profession is called on our pages. */
  professionName(code: string): string;
  provider(): Promise<Provider>;
};

/** A place to choose, with the name its professional knows it by. */
export type Place = { readonly account: number; readonly organisation: string; readonly profession: string };

/** What came of it: a session's cookie, or places to choose from and the visit's secret. */
export type Arrived = { readonly cookie: string } | { readonly visit: string; readonly places: Place[] };

/** Where the provider sends the browser back to. */
export const callbackPath = '/psc/callback';

/** What is read of the address that the browser comes back to; the rest is ignored. */
export const answerNames = ['code', 'state', 'iss', 'session_state', 'error'] as const;

/** Sends the browser to the provider, with what it must come back with. */
export async function leaveForProvider(
  tools: PscTools,
  cookie: string | undefined,
): Promise<{ readonly url: URL; readonly trip: string }> {
  const { client } = await tools.provider();
  const secret = secretOf(cookie);
  const trip: RoundTrip = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
    before: secret === null ? null : hashSecret(secret).toString('base64url'),
    until: nowMs(tools) + roundTripSeconds * 1000,
  };
  const url = oidc.buildAuthorizationUrl(client, {
    redirect_uri: `${tools.origin}${callbackPath}`,
    scope: askedScope,
    acr_values: askedAcr,
    state: trip.state,
    nonce: trip.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(trip.verifier),
    code_challenge_method: 'S256',
  });
  return { url, trip: sealTrip(tools.keys, trip) };
}

/** Takes what the provider sent the browser back with. */
export async function arriveFromProvider(
  tools: PscTools,
  asked: { query: Readonly<Record<string, string>>; trip: string | null; from: Beginning },
): Promise<Arrived> {
  const { db, keys } = tools;
  const trip = openTrip(keys, asked.trip, nowMs(tools));
  if (trip === null || asked.query.state !== trip.state) throw new PscRefusal('no-round-trip');
  // Used before anything is asked of the provider: once, on every server.
  const used = await db.begin((tx) => useChallenge(tx, hashOf(`psc|state|${trip.state}`), trip.until));
  if (!used) throw new PscRefusal('used-before');
  if (asked.query.error !== undefined) throw new PscRefusal('declined', { error: asked.query.error });
  const { idToken, claims, rpps } = await readAnswer(tools, asked.query, trip);
  const named = providerSession(tools, claims);
  const index = professionalIndex(keys, rpps);
  const places = index === null ? [] : await store.listPlaces(db, index);
  const [only] = places;
  if (index === null || only === undefined) throw new PscRefusal('nobody-here');
  const entering = { ...named, rpps: index, idToken, before: trip.before };
  if (places.length === 1) {
    return db.begin((tx) => begin(tools, tx, { ...entering, account: only.account, from: asked.from }));
  }
  const visit = newSecret();
  const kept = JSON.stringify({ rpps: index.toString('base64url'), idToken, before: trip.before });
  const sealed = sealText(keys, kept, 'psc-visit');
  await store.insertVisit(db, { hash: hashSecret(visit), ...named, sealed, seconds: roundTripSeconds });
  const names = places.map(({ account, organisationSealed, profession }) => {
    const organisation = openText(keys, organisationSealed, 'organisation');
    return { account, organisation, profession: tools.professionName(profession) };
  });
  return { visit, places: names };
}

/** Enters one of the visitor's own places; any other ends the visit. */
export async function enterPlace(
  tools: PscTools,
  asked: { visit: string | null; account: number; from: Beginning },
): Promise<{ readonly cookie: string }> {
  const { visit, account, from } = asked;
  if (visit === null) throw new PscRefusal('choice-refused');
  const taken = await tools.db.begin((tx) => store.takeVisit(tx, hashSecret(visit)));
  if (taken === undefined) throw new PscRefusal('choice-refused');
  const kept = JSON.parse(openText(tools.keys, taken.sealed, 'psc-visit'));
  const { subject, sid } = taken;
  const rpps = Buffer.from(kept.rpps, 'base64url');
  const entering = { subject, sid, rpps, idToken: kept.idToken, before: kept.before, account, from };
  return tools.db.begin((tx) => begin(tools, tx, entering));
}

type Entering = store.ProviderSession & {
  readonly rpps: Buffer;
  readonly account: number;
  readonly idToken: string;
  readonly before: string | null;
  readonly from: Beginning;
};

async function begin(tools: PscTools, tx: Transaction, entering: Entering): Promise<{ cookie: string }> {
  const { subject, sid, rpps, account, before } = entering;
  const { network, client } = entering.from;
  const secret = newSecret();
  const row = { hash: hashSecret(secret), account, rpps, subject, sid, network, client };
  const session = await store.insertPscSession(tx, row);
  if (session === undefined) throw new PscRefusal('choice-refused');
  await assessSignIn(tx, session, entering.from);
  await store.keepHint(tx, session, sealText(tools.keys, entering.idToken, `psc-hint|${session}`));
  if (before !== null) await endSessionOf(tx, Buffer.from(before, 'base64url'));
  return { cookie: cookieOf(secret) };
}

async function readAnswer(tools: PscTools, query: Readonly<Record<string, string>>, trip: RoundTrip) {
  const { client, verify } = await tools.provider();
  const url = new URL(`${tools.origin}${callbackPath}`);
  for (const name of answerNames) {
    const text = query[name];
    if (text !== undefined) url.searchParams.set(name, text);
  }
  const tokens = await oidc
    .authorizationCodeGrant(client, url, {
      pkceCodeVerifier: trip.verifier,
      expectedState: trip.state,
      expectedNonce: trip.nonce,
      idTokenExpected: true,
    })
    .catch(refuse('answer-refused'));
  const idToken = tokens.id_token ?? '';
  const claims: Claims = await verify(idToken).catch(refuse('token-refused'));
  if (claims.acr !== askedAcr) throw new PscRefusal('level-too-low');
  const more = await oidc
    .fetchUserInfo(client, tokens.access_token, String(claims.sub))
    .catch(refuse('answer-refused'));
  const read = readNumber([claims, more]);
  if ('problem' in read) {
    throw new PscRefusal(read.problem === 'none' ? 'no-professional-number' : 'numbers-differ');
  }
  return { idToken, claims, rpps: read.rpps };
}

/** Keyed: the provider's name for a person has their number in it. */
export function providerSession(
  { keys, issuer }: Pick<PscTools, 'keys' | 'issuer'>,
  { sub, sid }: Claims,
): store.ProviderSession {
  return {
    subject: staffIndex(keys, `psc-subject|${issuer}|${String(sub)}`),
    sid: typeof sid === 'string' && sid !== '' ? staffIndex(keys, `psc-sid|${issuer}|${sid}`) : null,
  };
}

/** What is remembered of something that is good once. */
export function hashOf(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

function refuse(refusal: 'answer-refused' | 'token-refused') {
  return (trouble: unknown): never => {
    throw new PscRefusal(refusal, trouble);
  };
}

/** Milliseconds since 1970. */
export function nowMs({ clock }: Pick<PscTools, 'clock'>): number {
  return Number(clock.now() / 1000n);
}
