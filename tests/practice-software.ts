import { createHash } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as oauth from 'openid-client';
import type { RunningServer } from '../src/compose.ts';
import { type NewClient, registerClient } from '../src/modules/access/index.ts';
import type { Keys } from '../src/modules/vault/index.ts';
import { origin } from './signing-in.ts';

type Pair = { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey };

/** A pair of keys of a client, and the set of public ones that it registers. */
export async function newClientKeys(alg: 'ES256' | 'EdDSA' = 'ES256', kid = 'first') {
  const pair = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid };
  return { pair, kid, jwk, jwks: JSON.stringify({ keys: [jwk] }) };
}

/** Sends what is meant for the public address to this very server. */
export function sendTo(server: Pick<RunningServer, 'url'>): oauth.CustomFetch {
  return (url, options) => fetch(url.replace(origin, server.url), options as RequestInit);
}

/** Practice software as anybody writes it, with openid-client: it knows an address, its id and its keys. */
export class PracticeSoftware {
  readonly config: oauth.Configuration;
  readonly pair: Pair;
  readonly handle: oauth.DPoPHandle;

  private constructor(config: oauth.Configuration, pair: Pair) {
    this.config = config;
    this.pair = pair;
    this.handle = oauth.getDPoPHandle(config, pair);
  }

  /** Finds its way from the address alone. */
  static async discover(
    server: Pick<RunningServer, 'url'>,
    known: { id: string; keys: Awaited<ReturnType<typeof newClientKeys>> },
  ): Promise<PracticeSoftware> {
    const { privateKey } = known.keys.pair;
    const auth = oauth.PrivateKeyJwt({ key: privateKey, kid: known.keys.kid });
    const config = await oauth.discovery(new URL(origin), known.id, undefined, auth, {
      algorithm: 'oauth2',
      [oauth.customFetch]: sendTo(server),
    });
    return new PracticeSoftware(config, await oauth.randomDPoPKeyPair('ES256'));
  }

  /** A token of its own service account. */
  token(scope?: string): Promise<oauth.TokenEndpointResponse> {
    return oauth.clientCredentialsGrant(this.config, scope === undefined ? {} : { scope }, {
      DPoP: this.handle,
    });
  }

  /** What makes one request with a token acceptable. */
  async sign(token: string, method: string, path: string): Promise<Record<string, string>> {
    const htu = new URL(path, origin);
    const ath = createHash('sha256').update(token).digest('base64url');
    const dpop = await makeProof(this.pair, { htm: method, htu: `${htu.origin}${htu.pathname}`, ath });
    return { authorization: `DPoP ${token}`, dpop };
  }

  /** Asks the API, with a proof made for just that. */
  ask(token: string, path: string, body?: unknown): Promise<Response> {
    const headers = new Headers(body === undefined ? {} : { 'content-type': 'application/json' });
    const url = new URL(path, origin);
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const method = body === undefined ? 'GET' : 'POST';
    return oauth.fetchProtectedResource(this.config, token, url, method, sent, headers, {
      DPoP: this.handle,
    });
  }
}

/** A proof made by hand, to be wrong in one place. */
export async function makeProof(
  pair: Pair,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const jwk = await exportJWK(pair.publicKey);
  return new SignJWT({ jti: crypto.randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })
    .sign(pair.privateKey);
}

/** A registered client and its software, for one service account. */
export async function serviceOf(server: Pick<RunningServer, 'url' | 'db'>, keys: Keys, account: number) {
  const clientKeys = await newClientKeys();
  const asked: NewClient = { name: 'Logiciel des Essais', jwks: clientKeys.jwks, for: { account } };
  const id = await registerClient({ db: server.db, keys }, asked);
  return { id, clientKeys, software: await PracticeSoftware.discover(server, { id, keys: clientKeys }) };
}

/** Signs requests of a service account, with a token that is asked for once. */
export async function signFor(
  server: Pick<RunningServer, 'url' | 'db'>,
  keys: Keys,
  account: number,
): Promise<(method: string, path: string) => Promise<Record<string, string>>> {
  const { software } = await serviceOf(server, keys, account);
  const { access_token: token } = await software.token();
  return (method, path) => software.sign(token, method, path);
}
