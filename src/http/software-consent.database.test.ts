import * as oauth from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { newClientKeys, PracticeSoftware } from '../../tests/practice-software.ts';
import { type Browser, origin, signedInAs } from '../../tests/signing-in.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { changeStanding, registerClient, revokeClient } from '../modules/access/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const redirect = 'http://127.0.0.1:51004/callback';
const scope = 'lookup-coverage read-allowance';
const lines: string[] = [];
let database: TestDatabase;
let server: RunningServer;
let other: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  server = await start();
  other = await start();
});
afterAll(async () => {
  await Promise.all([server?.stop(), other?.stop()]);
  await database?.drop();
});

function start(): Promise<RunningServer> {
  const env = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin };
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  const { serverUrl: databaseUrl } = database;
  return startServer({ config: readConfig(env), clock: systemClock, databaseUrl, keys, log });
}

const tools = () => ({ db: server.db, keys, ledger: server.ledger });

/** A holder who is signed in, and the software of their practice. */
async function practice(role: 'professional' | 'security-officer' = 'professional') {
  const holder = await signedInAs(server, keys, role);
  return { ...holder, ...(await softwareOf(holder.organisation)) };
}

async function softwareOf(organisation: number, name = 'Logiciel <b>du poste 2</b>') {
  const clientKeys = await newClientKeys();
  const registered = { organisation, redirects: ['http://127.0.0.1/callback', 'http://[::1]/callback'] };
  const id = await registerClient(tools(), { name, jwks: clientKeys.jwks, for: registered });
  return { id, clientKeys, software: await PracticeSoftware.discover(server, { id, keys: clientKeys }) };
}

/** What the software asks in the browser: an address of ours, and what it keeps to itself. */
async function opened(software: PracticeSoftware, twist: Record<string, string> = {}) {
  const verifier = oauth.randomPKCECodeVerifier();
  const state = oauth.randomState();
  const url = oauth.buildAuthorizationUrl(software.config, {
    redirect_uri: redirect,
    scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...twist,
  });
  return { url, verifier, state };
}

const pathOf = (url: URL) => `${url.pathname}${url.search}`;

/** The holder presses a button of the page. */
function decide(
  browser: Browser,
  url: URL,
  decision = 'allow',
  headers: Record<string, string> = { origin },
) {
  const form = new URLSearchParams(url.search);
  form.set('decision', decision);
  return server.app.inject({
    method: 'POST',
    url: url.pathname,
    remoteAddress: browser.from.address,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': browser.from.agent,
      cookie: browser.cookie ?? '',
      ...headers,
    },
    payload: form.toString(),
  });
}

async function consented(made: { browser: Browser; software: PracticeSoftware }, twist = {}) {
  const { url, verifier, state } = await opened(made.software, twist);
  const answer = await decide(made.browser, url);
  const back = new URL(String(answer.headers.location));
  const checks = { pkceCodeVerifier: verifier, expectedState: state };
  const exchange = (by = made.software) =>
    oauth.authorizationCodeGrant(by.config, back, checks, undefined, { DPoP: by.handle });
  return { back, exchange, checks };
}

async function waitingForRows(): Promise<number> {
  const [row] = await database.owner<{ waiting: number }[]>`
    select count(*)::int as waiting from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`;
  return row?.waiting ?? 0;
}

const code = (answer: { json(): { code: string } }) => answer.json().code;

describe('software that acts for a holder', () => {
  test('asks in the browser, hears a code on any port of this machine, acts as that account', async () => {
    const made = await practice();
    const { url } = await opened(made.software);
    const page = await made.browser.get(pathOf(url));
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('« Logiciel &#60;b&#62;du poste 2&#60;/b&#62; »');
    expect(page.body).not.toContain('<script');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    const { back, exchange } = await consented(made);
    expect(`${back.origin}${back.pathname}`).toBe(redirect);
    expect(back.searchParams.get('iss')).toBe(origin);
    const token = await exchange();
    expect(token).toMatchObject({ token_type: 'dpop', scope, expires_in: 300 });
    expect((await made.software.ask(token.access_token, '/v1/allowance')).status).toBe(200);
    const { consents } = (await made.browser.get('/v1/consents')).json();
    expect(consents).toMatchObject([{ software: 'Logiciel <b>du poste 2</b>', scope }]);
  });

  test('gets another token for as long as the consent holds, and never more than it was for', async () => {
    const made = await practice();
    const first = await (await consented(made)).exchange();
    const refresh = (scopes?: string) =>
      oauth.refreshTokenGrant(
        made.software.config,
        first.refresh_token ?? '',
        scopes === undefined ? {} : { scope: scopes },
        { DPoP: made.software.handle },
      );
    expect((await refresh()).scope).toBe(scope);
    expect((await refresh('read-allowance')).scope).toBe('read-allowance');
    await expect(refresh('explain-draw')).rejects.toMatchObject({ error: 'invalid_scope' });
    const { software: elsewhere } = { software: await sameClient(made) };
    const stolen = oauth.refreshTokenGrant(
      elsewhere.config,
      first.refresh_token ?? '',
      {},
      {
        DPoP: elsewhere.handle,
      },
    );
    await expect(stolen).rejects.toMatchObject({ error: 'invalid_grant' });
    await database.owner`
      update access.software_session set expires_at = now() where account = ${made.account}`;
    await expect(refresh()).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  /** The same client, with another key for its proofs. */
  function sameClient({
    id,
    clientKeys,
  }: {
    id: string;
    clientKeys: Awaited<ReturnType<typeof newClientKeys>>;
  }) {
    return PracticeSoftware.discover(server, { id, keys: clientKeys });
  }

  test('has no token of its own account: it has none', async () => {
    const { software } = await practice();
    await expect(software.token()).rejects.toMatchObject({ error: 'unauthorized_client' });
  });
});

describe('a consent', () => {
  test.each<[string, (made: Awaited<ReturnType<typeof practice>>) => Promise<unknown>]>([
    [
      'the holder ends it',
      async ({ browser }) => {
        const { consents } = (await browser.get('/v1/consents')).json();
        const another = await signedInAs(server, keys, 'professional');
        const path = `/v1/consents/${consents[0].consent}/end`;
        expect(code(await another.browser.post(path))).toBe('not-found');
        expect((await browser.post(path)).statusCode).toBe(200);
      },
    ],
    ['the client is revoked', ({ id }) => revokeClient(tools(), id)],
    [
      'the account is suspended',
      ({ account }) => changeStanding(tools(), { account, standing: 'suspended', why: 'a test', by: 0 }),
    ],
  ])('holds for no further request when %s, on the other server too', async (_what, end) => {
    const made = await practice();
    const token = await (await consented(made)).exchange();
    const elsewhere = await PracticeSoftware.discover(other, { id: made.id, keys: made.clientKeys });
    const ask = () =>
      oauth.fetchProtectedResource(
        elsewhere.config,
        token.access_token,
        new URL(`${origin}/v1/allowance`),
        'GET',
        undefined,
        undefined,
        { DPoP: made.software.handle },
      );
    expect((await ask()).status).toBe(200);
    await end(made);
    await expect(ask()).rejects.toMatchObject({ name: 'WWWAuthenticateChallengeError', status: 401 });
    const again = oauth.refreshTokenGrant(
      made.software.config,
      token.refresh_token ?? '',
      {},
      {
        DPoP: made.software.handle,
      },
    );
    await expect(again).rejects.toMatchObject({ name: 'ResponseBodyError' });
  });

  test('asks for a session, a passkey used just now, and the page itself', async () => {
    const made = await practice();
    const { url } = await opened(made.software);
    expect(code(await server.app.inject({ url: pathOf(url) }))).toBe('unauthenticated');
    for (const headers of [{ origin: 'https://phish.example' }, { origin: 'null' }]) {
      expect(code(await decide(made.browser, url, 'allow', headers))).toBe('other-site');
    }
    await database.owner`
      update access.session set created_at = now() - interval '6 minutes' where account = ${made.account}`;
    expect(code(await made.browser.get(pathOf(url)))).toBe('passkey-needed');
    expect(code(await decide(made.browser, url))).toBe('passkey-needed');
  });

  test('is refused by the holder, by who may do nothing, for another practice’s software', async () => {
    const made = await practice();
    const officer = await practice('security-officer');
    const stranger = await practice();
    const heard = async (browser: Browser, software: PracticeSoftware, decision: string) => {
      const { url, state } = await opened(software);
      const back = new URL(String((await decide(browser, url, decision)).headers.location));
      expect(back.searchParams.get('state')).toBe(state);
      return [back.searchParams.get('error'), back.searchParams.get('code')];
    };
    expect(await heard(made.browser, made.software, 'refuse')).toEqual(['access_denied', null]);
    expect(await heard(officer.browser, officer.software, 'allow')).toEqual(['access_denied', null]);
    expect(await heard(stranger.browser, made.software, 'allow')).toEqual(['access_denied', null]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['without PKCE', { code_challenge: '' }, 'invalid_request'],
    ['with a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['for a token in the address', { response_type: 'token' }, 'unsupported_response_type'],
    ['for what software never does', { scope: 'suspend-account' }, 'invalid_scope'],
    ['for what its role may not', { scope: 'import' }, 'invalid_scope'],
    ['for what would outlive it', { scope: 'own-webhooks' }, 'invalid_scope'],
  ])('is not asked for %s', async (_what, twist, error) => {
    const made = await practice();
    const { url } = await opened(made.software, twist);
    for (const answer of [await made.browser.get(pathOf(url)), await decide(made.browser, url)]) {
      expect(answer.statusCode).toBe(303);
      const back = new URL(String(answer.headers.location));
      expect([back.origin, back.searchParams.get('error')]).toEqual(['http://127.0.0.1:51004', error]);
    }
  });

  test.each([
    ['an address elsewhere', { redirect_uri: 'https://phish.example/callback' }],
    ['another path', { redirect_uri: 'http://127.0.0.1:51004/other' }],
    ['a client that is not there', { client_id: 'vigie-other' }],
  ])('sends nobody to %s', async (_what, twist) => {
    const made = await practice();
    const { url } = await opened(made.software, twist);
    for (const answer of [await made.browser.get(pathOf(url)), await decide(made.browser, url)]) {
      expect([answer.statusCode, code(answer)]).toEqual([422, 'invalid-field']);
      expect(answer.headers.location).toBeUndefined();
    }
  });
});

describe('a code', () => {
  test('is good once; on two servers at once it ends what it began, since somebody has a copy', async () => {
    const made = await practice();
    const { exchange } = await consented(made);
    const elsewhere = await PracticeSoftware.discover(other, { id: made.id, keys: made.clientKeys });
    // Both wait for the code's row, so that neither sees what the other does with it.
    const both = await database.owner.begin(async (held) => {
      await held`select from access.authorization_code where used_at is null for update`;
      const tries = Promise.allSettled([exchange(), exchange(elsewhere)]);
      await expect.poll(waitingForRows).toBe(2);
      return () => tries;
    });
    const tries = await both();
    const [given] = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const by of [made.software, elsewhere]) {
      await expect(by.ask(given?.access_token ?? '', '/v1/allowance')).rejects.toThrow();
    }
  });

  test('that is shown again later ends what it began', async () => {
    const made = await practice();
    const { exchange } = await consented(made);
    const { access_token } = await exchange();
    expect((await made.software.ask(access_token, '/v1/allowance')).status).toBe(200);
    await expect(exchange()).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(made.software.ask(access_token, '/v1/allowance')).rejects.toThrow();
  });

  test('is of no use to another client, with another verifier or address, or after a minute', async () => {
    const made = await practice();
    const thief = await softwareOf(made.organisation, 'Un autre');
    const refused = { error: 'invalid_grant' };
    const stolen = await consented(made);
    await expect(stolen.exchange(thief.software)).rejects.toMatchObject(refused);
    expect((await stolen.exchange()).token_type).toBe('dpop');
    const guessed = await consented(made);
    guessed.checks.pkceCodeVerifier = oauth.randomPKCECodeVerifier();
    await expect(guessed.exchange()).rejects.toMatchObject(refused);
    const moved = await consented(made);
    moved.back.port = '51005';
    await expect(moved.exchange()).rejects.toMatchObject(refused);
    const late = await consented(made);
    await database.owner`update access.authorization_code set expires_at = now() where used_at is null`;
    await expect(late.exchange()).rejects.toMatchObject(refused);
  });

  test('that was bound to a key needs that key', async () => {
    const made = await practice();
    const jkt = await made.software.handle.calculateThumbprint();
    const thief = await PracticeSoftware.discover(server, { id: made.id, keys: made.clientKeys });
    const { exchange } = await consented(made, { dpop_jkt: jkt });
    await expect(exchange(thief)).rejects.toMatchObject({ error: 'invalid_dpop_proof' });
    expect((await (await consented(made, { dpop_jkt: jkt })).exchange()).token_type).toBe('dpop');
  });

  test('is neither in the log nor in the database, and its refresh token is not either', async () => {
    const { back, exchange } = await consented(await practice());
    const { refresh_token: refresh = '' } = await exchange();
    const rows = await database.owner`
      select c::text as text from access.authorization_code c
      union all select s::text from access.software_session s`;
    const kept = `${lines.join('\n')}${JSON.stringify(rows)}`;
    for (const text of [back.searchParams.get('code') ?? '', refresh]) {
      expect(text).toHaveLength(43);
      expect(kept).not.toContain(text);
      expect(kept).not.toContain(Buffer.from(text).toString('hex'));
    }
  });
});

test('software is registered for loopback addresses of an organisation that exists', async () => {
  const { jwks } = await newClientKeys();
  const { organisation } = await practice();
  const register = (whose: number, redirects: string[]) =>
    registerClient(tools(), { name: 'Essai', jwks, for: { organisation: whose, redirects } });
  await expect(register(organisation, ['https://vendor.example/cb'])).rejects.toMatchObject({
    code: 'invalid-field',
  });
  await expect(register(organisation, [])).rejects.toMatchObject({ code: 'invalid-field' });
  await expect(register(999_999, [redirect])).rejects.toMatchObject({ code: 'not-found' });
});
