import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

const clientId = 'vigie-essais';
const clientSecret = 'un-secret-des-essais-de-plus-de-trente-deux-octets';

/** Claims to put over those of the next id tokens; undefined takes one away. */
export type Twist = Readonly<Record<string, unknown>>;

/**
 * A real OpenID Connect provider on 127.0.0.1 that stands for Pro Santé Connect: whoever `card` names is
 * signed in without a page. It can lie when a test asks for it, with its own keys.
 */
export class HealthIdentity {
  readonly clientId = clientId;
  readonly clientSecret = clientSecret;
  issuer = '';
  /** The RPPS of the card in the reader. */
  card = '';
  /** What the card is signed in as. */
  acr = 'eidas1';
  twist: Twist = {};
  /** When set, the id token is signed with a key that is not published. */
  forges = false;
  /** When set, every answer waits for ever, or is a redirect elsewhere. */
  mood: 'well' | 'silent' | 'redirecting' = 'well';
  /** Put over its document. */
  document: Readonly<Record<string, unknown>> = {};
  #server: Server | undefined;
  #provider: Provider | undefined;
  #key: Awaited<ReturnType<typeof importJWK>> | undefined;

  /** Starts it for a Vigie at this origin. */
  async start(origin: string): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: 'essais', alg: 'RS256', use: 'sig' };
    this.#key = await importJWK(jwk, 'RS256');
    const server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#provider = new Provider(this.issuer, this.#configuration(origin, jwk));
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** Signs as the provider does. */
  sign(claims: JWTPayload, typ = 'logout+jwt'): Promise<string> {
    if (this.#key === undefined) throw new Error('not started');
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'essais', typ }).sign(this.#key);
  }

  #configuration(origin: string, jwk: object) {
    const account = (id: string) => ({
      accountId: id,
      claims: () => {
        const number = id.replace('f:essais:', '');
        return { sub: id, SubjectNameID: number, preferred_username: number };
      },
    });
    return {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: [`${origin}/psc/callback`],
          post_logout_redirect_uris: [`${origin}/sign-in`],
          backchannel_logout_uri: `${origin}/psc/backchannel-logout`,
          backchannel_logout_session_required: true,
        },
      ],
      jwks: { keys: [jwk] },
      scopes: ['openid', 'scope_all'],
      claims: { openid: ['sub'], scope_all: ['SubjectNameID', 'preferred_username'], acr: null },
      acrValues: ['eidas1', 'eidas2', 'faible'],
      conformIdTokenClaims: false,
      cookies: { keys: ['essais'] },
      features: {
        devInteractions: { enabled: false },
        backchannelLogout: { enabled: true },
        rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource: said },
      },
      // The library's own guard keeps it from this machine, where the Vigie of a test is.
      fetch: (url: string, { dispatcher: _guard, ...options }: RequestInit & { dispatcher?: unknown }) =>
        fetch(url, options),
      findAccount: (_context: unknown, id: string) => account(id),
      interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      loadExistingGrant: async (context: GrantContext) => {
        const { client, session, provider } = context.oidc;
        const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
        grant.addOIDCScope('openid scope_all');
        await grant.save();
        return grant;
      },
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const provider = this.#provider;
    if (provider === undefined) throw new Error('not started');
    const path = request.url ?? '';
    if (this.mood === 'silent') return;
    if (this.mood === 'redirecting') {
      response.writeHead(302, { location: `${this.issuer}/elsewhere` }).end();
      return;
    }
    if (path.startsWith('/interaction/')) {
      const login = { accountId: `f:essais:8${this.card}`, acr: this.acr };
      await provider.interactionFinished(request, response, { login });
      return;
    }
    if (path === '/token') this.#rewrite(response, (body) => this.#lie(body));
    if (path.endsWith('openid-configuration')) {
      this.#rewrite(response, async (body) => ({ ...body, ...this.document }));
    }
    provider.callback()(request, response);
  }

  async #lie(body: Record<string, unknown>): Promise<Record<string, unknown>> {
    if (typeof body.id_token !== 'string') return body;
    const isHonest = Object.keys(this.twist).length === 0 && !this.forges;
    if (isHonest) return body;
    const claims = { ...decodeJwt(body.id_token), ...this.twist } as JWTPayload;
    const { privateKey } = await generateKeyPair('RS256');
    const forged = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'essais' });
    const id_token = this.forges ? await forged.sign(privateKey) : await this.sign(claims, 'JWT');
    return { ...body, id_token };
  }

  /** Holds an answer back and puts another in its place. */
  #rewrite(
    response: ServerResponse,
    change: (body: Record<string, unknown>) => Promise<Record<string, unknown>>,
  ): void {
    const end = response.end.bind(response) as (text: string) => ServerResponse;
    response.end = ((text: string) => {
      void change(JSON.parse(String(text))).then((changed) => {
        const written = JSON.stringify(changed);
        if (!response.headersSent) response.setHeader('content-length', Buffer.byteLength(written));
        end(written);
      });
      return response;
    }) as typeof response.end;
  }
}

type GrantContext = {
  readonly oidc: {
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string };
    readonly provider: Provider;
  };
};

/** Its page that asks whether to sign out: one button. */
function logoutSource(context: { body: string }, form: string): void {
  const button = '<button form="op.logoutForm" name="logout" value="yes">Quitter Pro Santé Connect</button>';
  context.body = `<!doctype html><html lang="fr"><title>Essais</title><body>${form}${button}</body></html>`;
}

function said(context: { body: string }): void {
  context.body = 'fini';
}
