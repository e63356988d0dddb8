import { createRemoteJWKSet, customFetch, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { knownProvider } from './known-providers.ts';
import { guardedFetch, isWithin } from './reach.ts';
import { PscRefusal } from './refusal.ts';

/** How this installation is known to the provider. */
export type ProviderSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Plain http on this machine, as tests have it. */
  readonly mayBePlain: boolean;
  /** How long the provider may take to answer; tests shorten it. */
  readonly patienceSeconds?: number;
};

/** A provider whose document was read and found right. */
export type Provider = {
  readonly client: oidc.Configuration;
  /** Checks who signed a token, for whom and until when. */
  verify(token: string): Promise<JWTPayload>;
};

const rememberedMs = 60 * 60_000;
const patienceSeconds = 5;
const clockToleranceSeconds = 5;

/** Reads the provider's document when it is needed, once an hour; a failure is not remembered. */
export function createProvider(settings: ProviderSettings, now: () => number): () => Promise<Provider> {
  let read: { readonly at: number; readonly provider: Promise<Provider> } | undefined;
  return () => {
    if (read !== undefined && now() - read.at < rememberedMs) return read.provider;
    const mine = { at: now(), provider: discover(settings) };
    read = mine;
    mine.provider.catch(() => {
      if (read === mine) read = undefined;
    });
    return mine.provider;
  };
}

async function discover(settings: ProviderSettings): Promise<Provider> {
  const { issuer, clientId, clientSecret, mayBePlain } = settings;
  const { document, browserHosts } = knownProvider(issuer);
  const fetchWithin = guardedFetch({ issuer, mayBePlain });
  const client = await oidc
    .discovery(
      new URL(`${issuer}${document}`),
      clientId,
      { [oidc.clockTolerance]: clockToleranceSeconds },
      oidc.ClientSecretPost(clientSecret),
      {
        timeout: settings.patienceSeconds ?? patienceSeconds,
        [oidc.customFetch]: fetchWithin,
        execute: mayBePlain ? [oidc.allowInsecureRequests] : [],
      },
    )
    .catch((trouble: unknown) => {
      throw new PscRefusal('provider-away', trouble);
    });
  const told = client.serverMetadata();
  const host = new URL(issuer).host;
  const forServer = [told.token_endpoint, told.userinfo_endpoint, told.jwks_uri];
  const forBrowser = [told.authorization_endpoint, told.end_session_endpoint].filter((url) => url);
  const isRight =
    told.issuer === issuer &&
    forServer.every((url) => isWithin(url ?? '', [host], mayBePlain)) &&
    forBrowser.every((url) => isWithin(url ?? '', [host, ...browserHosts], mayBePlain));
  if (!isRight || told.authorization_endpoint === undefined) throw new PscRefusal('provider-elsewhere');
  return { client, verify: verifier(settings, told.jwks_uri ?? '', fetchWithin) };
}

/**
 * Two kinds of signature, each with a key of its own kind, so that none passes for the other: the provider's
 * published keys, or HS256 with our secret, as Pro Santé Connect's own connector has it.
 */
function verifier(
  { issuer, clientId: audience, clientSecret }: ProviderSettings,
  jwksUri: string,
  fetchWithin: ReturnType<typeof guardedFetch>,
): Provider['verify'] {
  const published = createRemoteJWKSet(new URL(jwksUri), { [customFetch]: fetchWithin });
  const secret = new TextEncoder().encode(clientSecret);
  const checks = { issuer, audience, clockTolerance: clockToleranceSeconds };
  return async (token) => {
    const { payload } =
      decodeProtectedHeader(token).alg === 'HS256'
        ? await jwtVerify(token, secret, { ...checks, algorithms: ['HS256'] })
        : await jwtVerify(token, published, { ...checks, algorithms: ['RS256', 'PS256', 'ES256'] });
    return payload;
  };
}
