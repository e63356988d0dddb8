import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { serviceOf, signFor } from '../../tests/practice-software.ts';
import { Receiver } from '../../tests/sending.ts';
import { type Browser, openAs, origin, signedInAs } from '../../tests/signing-in.ts';
import { verifyHeard } from '../../tests/standard-webhooks.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { insertEvents } from '../modules/claims/events/store.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const receivers: Receiver[] = [];
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  const env = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin };
  const parts = { clock: systemClock, databaseUrl: database.serverUrl, keys, log: createLog('silent') };
  server = await startServer({ config: readConfig(env), ...parts });
});
afterAll(async () => {
  for (const receiver of receivers) await receiver.stop();
  await server?.stop();
  await database?.drop();
});

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const professional = () => signedInAs(server, keys, 'professional');
const code = (answer: { json(): { code: string } }) => answer.json().code;
const register = (browser: Browser, url = 'https://practice.example/vigie') =>
  browser.post('/v1/webhook-endpoints', { url });
const endpointsOf = async (browser: Browser) => (await browser.get('/v1/webhook-endpoints')).json().endpoints;
const deliveriesOf = async (browser: Browser, endpoint?: string) =>
  (await browser.get(`/v1/webhook-deliveries${endpoint === undefined ? '' : `?endpoint=${endpoint}`}`)).json()
    .deliveries;

async function listening(): Promise<{ receiver: Receiver; url: string }> {
  const receiver = new Receiver();
  receivers.push(receiver);
  return { receiver, url: await receiver.listen() };
}

async function tell(account: number): Promise<string> {
  const claim = randomUUID();
  const event = { account, claim, type: 'claim.rejected', at: new Date() } as const;
  await server.db.begin((tx) => insertEvents(tx, [event]));
  return claim;
}

test('a professional registers an address, tries it, is told, has it told again, and ends it', async () => {
  const { account, browser } = await professional();
  const { receiver, url } = await listening();
  const made = await register(browser, url);
  expect(made.statusCode).toBe(201);
  expect(made.headers['cache-control']).toContain('no-store');
  const { endpoint, secret } = made.json();
  const listed = await browser.get('/v1/webhook-endpoints');
  expect(listed.json().endpoints).toEqual([
    {
      ...{ id: endpoint, url, createdAt: expect.any(String) },
      ...{ oldSecretUntil: null, endedAt: null, endReason: null },
    },
  ]);
  expect(listed.body).not.toContain('whsec_');
  const tried = await browser.post(`/v1/webhook-endpoints/${endpoint}/test`);
  expect(tried.statusCode).toBe(202);
  await until(() => expect(receiver.heard).toHaveLength(1));
  expect(JSON.parse(receiver.heard[0]?.text ?? '')).toMatchObject({ type: 'endpoint.test', data: {} });
  expect(receiver.heard[0]?.headers['webhook-id']).toBe(tried.json().delivery);
  const claim = await tell(account);
  await until(() => expect(receiver.heard).toHaveLength(2));
  await until(async () =>
    expect(await deliveriesOf(browser, endpoint)).toMatchObject([
      { endpoint, type: 'claim.rejected', claim, tries: 1, outcome: '204', nextAt: null, givenUpAt: null },
      { endpoint, type: 'endpoint.test', claim: null, tries: 1, outcome: '204' },
    ]),
  );
  const turned = (await browser.post(`/v1/webhook-endpoints/${endpoint}/secret`)).json();
  expect(await endpointsOf(browser)).toMatchObject([{ oldSecretUntil: turned.oldSecretUntil }]);
  const [first] = await deliveriesOf(browser);
  expect((await browser.post(`/v1/webhook-deliveries/${first.id}/replay`)).statusCode).toBe(202);
  await until(() => expect(receiver.heard).toHaveLength(3));
  const again = receiver.heard[2];
  if (again === undefined) throw new Error('nothing was heard');
  expect(await verifyHeard(secret, again)).toMatchObject({ id: first.id, holds: [false, true] });
  expect(await verifyHeard(turned.secret, again)).toMatchObject({ id: first.id, holds: [true, false] });
  expect((await browser.post(`/v1/webhook-endpoints/${endpoint}/end`)).json()).toEqual({ done: true });
  expect(await endpointsOf(browser)).toMatchObject([{ endedAt: expect.any(String), endReason: 'holder' }]);
  for (const what of ['secret', 'test', 'end']) {
    expect(code(await browser.post(`/v1/webhook-endpoints/${endpoint}/${what}`))).toBe('not-found');
  }
  expect(code(await browser.post(`/v1/webhook-deliveries/${first.id}/replay`))).toBe('not-found');
});

test('a test that fails is tried once and told; one waits at a time', async () => {
  const { browser } = await professional();
  const { receiver, url } = await listening();
  receiver.status = 503;
  const { endpoint } = (await register(browser, url)).json();
  await browser.post(`/v1/webhook-endpoints/${endpoint}/test`);
  await until(async () =>
    expect(await deliveriesOf(browser)).toMatchObject([
      { tries: 1, outcome: '503', nextAt: null, givenUpAt: expect.any(String) },
    ]),
  );
  receiver.silent = 1;
  const first = await browser.post(`/v1/webhook-endpoints/${endpoint}/test`);
  await until(() => expect(receiver.heard).toHaveLength(2));
  const second = await browser.post(`/v1/webhook-endpoints/${endpoint}/test`);
  expect(second.json()).toEqual(first.json());
  expect(await deliveriesOf(browser)).toHaveLength(2);
});

test.each([
  ['with a name and a password', 'https://user:secret@practice.example/vigie'],
  ['in the clear', 'http://practice.example/vigie'],
  ['that is none', 'practice.example'],
  ['of another kind', 'file:///etc/passwd'],
  ['too long', `https://practice.example/${'x'.repeat(2000)}`],
])('an address %s is refused', async (_what, url) => {
  const { browser } = await professional();
  const refused = await register(browser, url);
  expect(refused.json()).toMatchObject({ code: 'invalid-field', fields: [{ field: 'url' }] });
  expect(refused.body).not.toContain('secret@');
  expect(await endpointsOf(browser)).toEqual([]);
});

test('an account has five at most; an ended one makes room', async () => {
  const { browser } = await professional();
  const answers = await Promise.all(Array.from({ length: 8 }, () => register(browser)));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([
    ...[201, 201, 201, 201, 201],
    ...[409, 409, 409],
  ]);
  expect(code(await register(browser))).toBe('too-many-endpoints');
  const [one] = await endpointsOf(browser);
  await browser.post(`/v1/webhook-endpoints/${one.id}/end`);
  expect((await register(browser)).statusCode).toBe(201);
});

test('another account’s endpoint and deliveries are like ones that never were', async () => {
  const [own, other] = [await professional(), await professional()];
  const { receiver, url } = await listening();
  const { endpoint } = (await register(own.browser, url)).json();
  await tell(own.account);
  await until(async () => expect(await deliveriesOf(own.browser)).toMatchObject([{ outcome: '204' }]));
  const [{ id }] = await deliveriesOf(own.browser);
  const asked = (browser: Browser, endpoint: string, delivery: string) =>
    Promise.all([
      ...['secret', 'test', 'end'].map((what) => browser.post(`/v1/webhook-endpoints/${endpoint}/${what}`)),
      browser.post(`/v1/webhook-deliveries/${delivery}/replay`),
      browser.get(`/v1/webhook-deliveries?endpoint=${endpoint}`),
    ]);
  const told = (answers: Awaited<ReturnType<typeof asked>>) =>
    answers.map((answer) => ({ ...answer.json(), requestId: '' }));
  const foreign = told(await asked(other.browser, endpoint, id));
  expect(foreign.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  expect(foreign).toEqual(told(await asked(other.browser, randomUUID(), randomUUID())));
  expect(await endpointsOf(other.browser)).toEqual([]);
  expect(await deliveriesOf(other.browser)).toEqual([]);
  expect(await endpointsOf(own.browser)).toMatchObject([{ oldSecretUntil: null, endedAt: null }]);
  expect(receiver.heard).toHaveLength(1);
});

describe('what lasts', () => {
  test('asks a session for a passkey used just now', async () => {
    const { account, browser } = await professional();
    const { endpoint } = (await register(browser)).json();
    await database.owner`
      update access.session set created_at = now() - interval '6 minutes' where account = ${account}`;
    expect(code(await register(browser))).toBe('passkey-needed');
    for (const what of ['secret', 'end']) {
      expect(code(await browser.post(`/v1/webhook-endpoints/${endpoint}/${what}`))).toBe('passkey-needed');
    }
    expect(await endpointsOf(browser)).toMatchObject([{ endedAt: null, oldSecretUntil: null }]);
    expect((await browser.post(`/v1/webhook-endpoints/${endpoint}/test`)).statusCode).toBe(202);
  });

  test('software of a service account does with its key, when its token is for that', async () => {
    const tools = { db: server.db, keys, ledger: server.ledger };
    const { account } = await openAs(tools, 'professional');
    const { software } = await serviceOf(server, keys, account);
    const narrow = await software.token('read-allowance');
    const asked = { url: 'https://practice.example/vigie' };
    const refused = await software.ask(narrow.access_token, '/v1/webhook-endpoints', asked);
    expect(refused.status).toBe(403);
    const token = await software.token('own-webhooks');
    const made = await software.ask(token.access_token, '/v1/webhook-endpoints', asked);
    expect(made.status).toBe(201);
    expect(await made.json()).toMatchObject({ secret: expect.stringMatching(/^whsec_/) });
  });

  test('software of an insurer does not: it has no claims', async () => {
    const tools = { db: server.db, keys, ledger: server.ledger };
    const { account } = await openAs(tools, 'insurer-service', { insurer: 990_001 });
    const sign = await signFor(server, keys, account);
    const headers = await sign('GET', '/v1/webhook-endpoints');
    expect((await fetch(`${server.url}/v1/webhook-endpoints`, { headers })).status).toBe(403);
  });
});
