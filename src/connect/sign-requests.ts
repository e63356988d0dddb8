import { createHash, randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { LocalKey } from './local-key.ts';

/** A token is renewed so long before its end. */
const spareMs = 30_000;
const patienceMs = 15_000;

/** What makes one request acceptable: its Authorization and DPoP headers. */
export type SignRequest = (method: string, address: string) => Promise<Record<string, string>>;

/** What is sent for in the place of software that cannot sign. */
export type Signer = {
  readonly sign: SignRequest;
  /** After a refusal: the next request gets another token. */
  forgetToken(): void;
};

type Server = { readonly issuer: string; readonly tokenAddress: string; readonly clock: ServerClock };
type Held = { readonly token: string; readonly until: number };

/**
 * Signs requests for one client of one server. The key of the proofs is drawn here and never leaves this
 * process; the client's own signs for tokens.
 */
export async function createSigner(use: {
  readonly url: string;
  readonly client: string;
  readonly key: LocalKey['key'];
}): Promise<Signer> {
  const server = await findServer(use.url);
  const own = await importJWK(use.key, 'ES256');
  const pair = await generateKeyPair('ES256');
  const jwk = await exportJWK(pair.publicKey);
  const prove = createProve(pair.privateKey, jwk, server.clock);
  let held: Promise<Held> | undefined;
  const fetchToken = async (): Promise<Held> => {
    const assertion = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES256', kid: use.key.kid })
      .setIssuer(use.client)
      .setSubject(use.client)
      .setAudience(server.issuer)
      .setExpirationTime(server.clock.seconds() + 60)
      .sign(own);
    return askToken(server, assertion, await prove('POST', server.tokenAddress));
  };
  const token = async (): Promise<string> => {
    const known = held;
    if (known !== undefined && (await known).until > performance.now()) return (await known).token;
    // Whoever asks meanwhile waits for the same one; a failure is not kept.
    if (held === known) {
      held = fetchToken();
      held.catch(() => {
        held = undefined;
      });
    }
    return (await (held ?? fetchToken())).token;
  };
  await token();
  return {
    async sign(method, address) {
      const text = await token();
      return { authorization: `DPoP ${text}`, dpop: await prove(method, `${server.issuer}${address}`, text) };
    },
    forgetToken() {
      held = undefined;
    },
  };
}

function createProve(key: CryptoKey, jwk: JWK, clock: ServerClock) {
  return (htm: string, htu: string, token?: string): Promise<string> => {
    const ath = token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') };
    return new SignJWT({ htm, htu, jti: randomUUID(), ...ath })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
      .setIssuedAt(clock.seconds())
      .sign(key);
  };
}

/** The server's clock, as its answers tell it: that of a practice may be wrong by hours, or be put right. */
class ServerClock {
  #aheadMs = 0;

  hear(answer: Response): void {
    const told = Date.parse(answer.headers.get('date') ?? '');
    if (!Number.isNaN(told)) this.#aheadMs = told - Date.now();
  }

  seconds(): number {
    return Math.floor((Date.now() + this.#aheadMs) / 1000);
  }
}

/** Reads where the server gives tokens. */
async function findServer(url: string): Promise<Server> {
  const { origin, protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !['localhost', '127.0.0.1'].includes(hostname)) {
    throw new Error(`${origin} is not https: people's data would travel in the open.`);
  }
  const answer = await fetch(`${origin}/.well-known/oauth-authorization-server`, {
    signal: AbortSignal.timeout(patienceMs),
    redirect: 'error',
  }).catch(() => {
    throw new Error(`No server answers at ${origin}: set VIGIE_URL to its address.`);
  });
  const told = (await answer.json()) as { issuer?: unknown; token_endpoint?: unknown };
  if (told.issuer !== origin || !String(told.token_endpoint).startsWith(`${origin}/`)) {
    throw new Error(`The server at ${origin} says it is ${told.issuer}: set VIGIE_URL to its true address.`);
  }
  const clock = new ServerClock();
  clock.hear(answer);
  return { issuer: origin, tokenAddress: String(told.token_endpoint), clock };
}

async function askToken({ tokenAddress, clock }: Server, assertion: string, dpop: string): Promise<Held> {
  const asked = performance.now();
  const answer = await fetch(tokenAddress, {
    method: 'POST',
    headers: { dpop },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
    signal: AbortSignal.timeout(patienceMs),
    redirect: 'error',
  });
  clock.hear(answer);
  const told = (await answer.json()) as Readonly<Record<string, unknown>>;
  if (!answer.ok || typeof told.access_token !== 'string') {
    throw new Error(`No token: ${told.error_description ?? told.detail ?? told.error ?? answer.status}.`);
  }
  return { token: told.access_token, until: asked + Number(told.expires_in) * 1000 - spareMs };
}
