import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { signFor } from '../../tests/practice-software.ts';
import { Browser, openAs, origin, signedInAs } from '../../tests/signing-in.ts';
import { SoftwarePasskey } from '../../tests/software-passkey.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { createOrganisation, drawsNobody, inviteHolder, openAccount } from '../modules/access/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const settings = {
  VIGIE_PORT: '0',
  VIGIE_METRICS_PORT: '0',
  VIGIE_GUARD: 'off',
  VIGIE_ENV: 'test',
  VIGIE_PUBLIC_URL: origin,
};
const why = { why: 'a reason in words' };
let database: TestDatabase;
let server: RunningServer;

function start(more: Record<string, string> = {}): Promise<RunningServer> {
  const config = readConfig({ ...settings, ...more });
  const { serverUrl: databaseUrl } = database;
  return startServer({ config, clock: systemClock, databaseUrl, keys, log: createLog('silent') });
}

beforeAll(async () => {
  database = await cloneDatabase();
  server = await start();
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const tools = () => ({ db: server.db, keys, ledger: server.ledger });
const code = (answer: { json(): { code: string } }) => answer.json().code;
const officer = () => signedInAs(server, keys, 'security-officer');
const act = (browser: Browser, account: number, what: string, body: unknown = why) =>
  browser.post(`/v1/accounts/${account}/${what}`, body);
/** Sends the headers of a request, waits while `meanwhile` happens, then sends the body. */
async function holdBack(browser: Browser, path: string, body: unknown, meanwhile: () => Promise<unknown>) {
  const text = JSON.stringify(body);
  const sent = request(new URL(path, server.url), {
    method: 'POST',
    headers: {
      cookie: browser.cookie ?? '',
      origin,
      'user-agent': browser.from.agent,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    },
  });
  const answer = new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    sent.once('error', reject).once('response', async (response) => {
      resolve({ status: response.statusCode, text: (await response.toArray()).join('') });
    });
  });
  sent.flushHeaders();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await meanwhile();
  sent.end(text);
  return answer;
}

/** A browser at the server's own address, as `holdBack` calls from. */
const here = { address: '127.0.0.1' };

describe('whoever was contained', () => {
  test('sends no files and hears of none, as an insurer’s account', async () => {
    const boss = await officer();
    const account = await openAccount(tools(), {
      organisation: await createOrganisation(tools(), 'Mutuelle des Essais'),
      profession: 'insurer',
      role: 'insurer-service',
      insurer: 990_001,
      holder: { name: 'Échanges' },
      figures: drawsNobody,
    });
    const sign = await signFor(server, keys, account);
    const asked = { url: '/v1/imports/1', headers: await sign('GET', '/v1/imports/1') };
    expect((await server.app.inject(asked)).statusCode).toBe(404);
    await act(boss.browser, account, 'suspension');
    const sent = await server.app.inject({
      method: 'POST',
      url: '/v1/imports?kind=people&full=true&confirmClosures=true',
      headers: { ...(await sign('POST', '/v1/imports')), 'content-type': 'text/csv' },
      payload: 'nir;birthDate\n',
    });
    expect([sent.statusCode, code(sent)]).toEqual([401, 'unauthenticated']);
    const again = { url: '/v1/imports/1', headers: await sign('GET', '/v1/imports/1') };
    expect(code(await server.app.inject(again))).toBe('unauthenticated');
    await expect(signFor(server, keys, account)).rejects.toThrow();
    const rows = await database.owner`select id from rights.import where account = ${account}`;
    expect(rows).toHaveLength(0);
  });

  test('reads no list of accounts and makes no key that survives, signed in again', async () => {
    const [boss, other] = [await officer(), await officer()];
    await act(boss.browser, other.account, 'suspension');
    expect((await other.browser.signIn(other.passkey)).statusCode).toBe(200);
    expect(code(await other.browser.get('/v1/accounts'))).toBe('account-suspended');
    const options = (await other.browser.post('/v1/passkey-options', {})).json();
    const second = new SoftwarePasskey(origin).create(options);
    expect(code(await other.browser.post('/v1/passkeys', second))).toBe('account-suspended');
  });

  test('is not let in again by an invitation', async () => {
    const boss = await officer();
    const { account } = await openAs(tools(), 'professional');
    await act(boss.browser, account, 'suspension');
    expect(code(await act(boss.browser, account, 'invitations'))).toBe('forbidden');
  });
});

describe('a body that is held back until its session has ended', () => {
  test('adds no passkey to an account that was recovered meanwhile', async () => {
    const boss = await officer();
    const { account } = await openAs(tools(), 'professional');
    const thief = new Browser(server, here);
    await thief.enrol(await inviteHolder(tools(), { account, by: 0, why: 'a test' }));
    const options = (await thief.post('/v1/passkey-options', {})).json();
    const key = new SoftwarePasskey(origin).create(options);
    const answer = await holdBack(thief, '/v1/passkeys', key, async () => {
      const invitation = (await act(boss.browser, account, 'invitations')).json();
      await new Browser(server).enrol(invitation);
    });
    expect(answer.status).toBe(401);
    const rows = await database.owner`
      select from access.passkey where account = ${account} and removed_at is null`;
    expect(rows).toHaveLength(1);
  });

  test('invites nobody and is told no code', async () => {
    const [boss, admin] = [await officer(), await openAs(tools(), 'organisation-administrator')];
    const own = await openAs(tools(), 'professional', admin);
    const thief = new Browser(server, here);
    await thief.enrol(await inviteHolder(tools(), { account: admin.account, by: 0, why: 'a test' }));
    const answer = await holdBack(thief, `/v1/accounts/${own.account}/invitations`, why, () =>
      act(boss.browser, admin.account, 'sessions/end', {}),
    );
    expect([answer.status, answer.text.includes('link')]).toEqual([401, false]);
  });
});

describe('one officer alone', () => {
  test('enters no account that manages others', async () => {
    const [boss, other] = [await officer(), await officer()];
    const admin = await openAs(tools(), 'organisation-administrator');
    for (const { account } of [other, admin]) {
      expect(code(await act(boss.browser, account, 'invitations'))).toBe('forbidden');
    }
  });

  test('lifts no suspension they ordered, though somebody ordered it again', async () => {
    const [first, second, third] = [await officer(), await officer(), await officer()];
    const { account } = await openAs(tools(), 'professional');
    await act(first.browser, account, 'suspension');
    await act(second.browser, account, 'suspension');
    expect(code(await act(first.browser, account, 'reinstatement'))).toBe('forbidden');
    expect(code(await act(second.browser, account, 'reinstatement'))).toBe('forbidden');
    expect((await act(third.browser, account, 'reinstatement')).statusCode).toBe(200);
    // What was lifted holds nobody back any more.
    await act(third.browser, account, 'suspension');
    expect((await act(first.browser, account, 'reinstatement')).statusCode).toBe(200);
  });

  test('lifts none as somebody they invited', async () => {
    const first = await officer();
    const second = await openAs(tools(), 'security-officer');
    const { account } = await openAs(tools(), 'professional');
    const browser = new Browser(server);
    await browser.enrol(
      await inviteHolder(tools(), { account: second.account, by: first.account, why: 'a test' }),
    );
    await act(first.browser, account, 'suspension');
    expect(code(await act(browser, account, 'reinstatement'))).toBe('forbidden');
  });

  test('is asked for the passkey before what lasts, and never before a suspension', async () => {
    const boss = await officer();
    const { account } = await openAs(tools(), 'professional');
    await database.owner`
      update access.session set created_at = now() - interval '6 minutes' where account = ${boss.account}`;
    for (const [what, body] of [
      ['invitations', why],
      ['reinstatement', why],
      ['allowance', { cap: 60, ...why }],
    ] as const) {
      expect([what, code(await act(boss.browser, account, what, body))]).toEqual([what, 'passkey-needed']);
    }
    expect((await act(boss.browser, account, 'sessions/end', {})).statusCode).toBe(200);
    expect((await act(boss.browser, account, 'suspension')).statusCode).toBe(200);
  });
});

describe('what an authenticator sends', () => {
  test('a counter of 32 bits signs in', async () => {
    const { browser, passkey } = await signedInAs(server, keys, 'professional');
    for (const counter of [3_000_000_000, 4_294_967_295]) {
      const options = (await browser.post('/v1/sign-in-options', {})).json();
      const answer = await browser.post('/v1/sessions', passkey.get(options, { counter }));
      expect([counter, answer.statusCode]).toEqual([counter, 200]);
    }
  });

  test('certificates that nobody asked for are not even read', async () => {
    const { account } = await openAs(tools(), 'professional');
    const { link, code: digits } = await inviteHolder(tools(), { account, by: 0, why: 'a test' });
    const invitation = { link, code: digits };
    const browser = new Browser(server);
    const options = (await browser.post('/v1/enrolment-options', invitation)).json();
    const credential = new SoftwarePasskey(origin).create(options, { certificate: new Uint8Array(400) });
    expect(code(await browser.post('/v1/enrolments', { invitation, credential }))).toBe('passkey-refused');
  });
});

test('a long part of an address is nothing, signed in or not', async () => {
  const { browser } = await officer();
  for (const length of [120, 1400, 3000]) {
    expect((await browser.get(`/v1/accounts/${'1'.repeat(length)}`)).statusCode).toBe(404);
    expect((await browser.post(`/v1/passkeys/${'a'.repeat(length)}/remove`)).statusCode).toBe(404);
  }
});

test('nothing that needs an account is kept by a cache', async () => {
  const { browser } = await officer();
  for (const path of ['/v1/session', '/v1/accounts', '/v1/accounts/999999', '/v1/consents']) {
    expect([path, (await browser.get(path)).headers['cache-control']]).toEqual([path, 'no-store']);
  }
  expect((await server.app.inject({ url: '/v1/imports/1' })).headers['cache-control']).toBe('no-store');
});

test('behind a trusted proxy, a cookie taken to another network is asked for the passkey', async () => {
  const behind = await start({ VIGIE_TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' });
  try {
    const { browser } = await signedInAs(server, keys, 'professional');
    const from = (server: RunningServer, forwarded: string) =>
      server.app.inject({
        url: '/v1/session',
        headers: {
          cookie: browser.cookie ?? '',
          'user-agent': browser.from.agent,
          'x-forwarded-for': forwarded,
        },
        remoteAddress: '127.0.0.1',
      });
    expect((await from(behind, browser.from.address)).statusCode).toBe(200);
    expect(code(await from(behind, '203.0.113.77'))).toBe('passkey-needed');
    // Nobody is believed who was not named.
    expect(code(await from(server, browser.from.address))).toBe('passkey-needed');
  } finally {
    await behind.stop();
  }
});
