import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { registerClient } from '../src/modules/access/index.ts';
import type { Keys } from '../src/modules/vault/index.ts';
import type { Database } from '../src/platform/database/connect.ts';
import { type Desk, deskOrigin } from '../world/desk.ts';
import type { Country } from './country.ts';
import type { Sent } from './load.ts';

const kid = 'bench';
const tokensAtOnce = 32;
const lookups = '/v1/coverage-lookups';

/** The software of every desk, with one key for all: what is measured is the server. */
export class DeskSoftware {
  readonly #clients = new Map<number, string>();
  readonly #tokens = new Map<number, string>();
  readonly #key: KeyObject;
  readonly #jwk: Readonly<Record<string, unknown>>;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = privateKey;
    this.#jwk = publicKey.export({ format: 'jwk' });
  }

  /** Registers a client for each desk that is open. */
  async register(tools: { db: Database; keys: Keys }, desks: readonly Desk[]): Promise<void> {
    const jwks = JSON.stringify({ keys: [{ ...this.#jwk, kid }] });
    for (const { account } of desks) {
      const client = await registerClient(tools, { name: `Desk ${account}`, jwks, for: { account } });
      this.#clients.set(account, client);
    }
  }

  /** Gets every desk a token of five minutes. */
  async fetchTokens(url: string): Promise<void> {
    const waiting = [...this.#clients];
    const fetchOne = async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        this.#tokens.set(next[0], await this.#fetchToken(url, next[1]));
      }
    };
    await Promise.all(Array.from({ length: tokensAtOnce }, fetchOne));
  }

  /** So many lookups of the mix, each with a proof that was made beforehand. */
  prepare(country: Country, count: number): Sent[] {
    return Array.from({ length: count }, () => {
      const { desk, body } = country.nextLookup();
      const token = this.#tokens.get(desk.account);
      // A suspended desk gets no token: it is refused as from a session.
      if (token === undefined) return { headers: desk.headers, body };
      const dpop = this.#prove('POST', lookups, token);
      return { headers: { authorization: `DPoP ${token}`, dpop }, body };
    });
  }

  async #fetchToken(url: string, client: string): Promise<string> {
    const seconds = Math.floor(Date.now() / 1000);
    const claims = { iss: client, sub: client, aud: deskOrigin, jti: randomUUID(), exp: seconds + 60 };
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: this.#sign({ alg: 'ES256', kid }, claims),
    });
    const headers = { dpop: this.#prove('POST', '/oauth/token') };
    const answer = await fetch(`${url}/oauth/token`, { method: 'POST', headers, body });
    const told = (await answer.json()) as { access_token?: string };
    if (told.access_token === undefined) throw new Error(`no token: ${JSON.stringify(told)}`);
    return told.access_token;
  }

  #prove(htm: string, path: string, token?: string): string {
    const ath = token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') };
    const claims = { htm, htu: deskOrigin + path, jti: randomUUID(), iat: Math.floor(Date.now() / 1000) };
    return this.#sign({ alg: 'ES256', typ: 'dpop+jwt', jwk: this.#jwk }, { ...claims, ...ath });
  }

  #sign(header: object, claims: object): string {
    const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const text = parts.join('.');
    const signature = sign('sha256', Buffer.from(text), { key: this.#key, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  }
}
