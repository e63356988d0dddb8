import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { type Browser, origin, signedInAs } from '../../tests/signing-in.ts';
import { SoftwarePasskey } from '../../tests/software-passkey.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { inviteHolder } from '../modules/access/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
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
  const log = createLog('silent');
  return startServer({
    config: readConfig(env),
    clock: systemClock,
    databaseUrl: database.serverUrl,
    keys,
    log,
  });
}

const careDate = parisDay(systemClock.now());
const lookup = { nir: '185014093245364', birthDate: '1985-01-21', careDate, purpose: 'TREAT' };
const lookUp = async (browser: Browser) => (await browser.post('/v1/coverage-lookups', lookup)).json().code;

/** As a holder who was enrolled an hour ago, and signed in just now. */
async function addPasskey(browser: Browser): Promise<SoftwarePasskey> {
  await database.owner`update access.passkey set created_at = now() - interval '1 hour'`;
  return addKeyNow(browser);
}

async function addKeyNow(browser: Browser): Promise<SoftwarePasskey> {
  const passkey = new SoftwarePasskey(origin);
  const options = (await browser.post('/v1/passkey-options', {})).json();
  expect((await browser.post('/v1/passkeys', passkey.create(options))).statusCode).toBe(200);
  return passkey;
}

/** What the record itself answers, on either server, of a person who is there or not. */
async function record(at: RunningServer, account: number, present: boolean): Promise<string> {
  const ask = { account, session: 1n, organisation: 1, client: 1, network: 1, action: 1, purpose: 1 };
  const about = { subject: randomUUID(), nirKey: null, insurers: [1], fields: 5n, reason: 0, signals: 0 };
  const { outcome } = await at.ledger.record({ ...ask, ...about, present });
  return outcome;
}

test('a thief who adds a passkey draws nobody absent, on any server; who is there is served', async () => {
  const { account, browser } = await signedInAs(server, keys, 'professional');
  expect(await lookUp(browser)).toBe('person-not-found');
  await addPasskey(browser);
  expect(await lookUp(browser)).toBe('account-restricted');
  for (const at of [server, other]) {
    expect([await record(at, account, false), await record(at, account, true)]).toEqual([
      'refused',
      'disclosed',
    ]);
  }
  const own = (await browser.get('/v1/allowance')).json();
  const hours = (Date.parse(own.presentOnlyUntil) - Date.now()) / 3_600_000;
  expect([own.standing, Math.round(hours)]).toEqual(['open', 24]);
  const entries = await database.owner`
    select kind, reason, count, acted_by as by from ledger.entry where account = ${account} and kind = 9`;
  expect(entries).toEqual([{ kind: 9, reason: 1, count: 24, by: account }]);
});

test('it ends by itself, a removed passkey begins it again, and nothing shortens it', async () => {
  const { account, browser } = await signedInAs(server, keys, 'professional');
  const added = await addPasskey(browser);
  const end = () => database.owner`
    update ledger.account set present_only_until = ledger.now() where account = ${account}`;
  await end();
  expect(await lookUp(browser)).toBe('person-not-found');
  expect((await browser.get('/v1/allowance')).json().presentOnlyUntil).toBeNull();
  const id = added.id.toString('base64url');
  expect((await browser.post(`/v1/passkeys/${id}/remove`)).statusCode).toBe(200);
  expect(await lookUp(browser)).toBe('account-restricted');
  await database.owner`
    update ledger.account set present_only_until = ledger.now() + interval '9 days'
     where account = ${account}`;
  await addPasskey(browser);
  const until = Date.parse((await browser.get('/v1/allowance')).json().presentOnlyUntil);
  expect(until).toBeGreaterThan(Date.now() + 8 * 86_400_000);
});

test('a recovery begins it, a first passkey does not, and reinstating does not end it', async () => {
  const { account, browser } = await signedInAs(server, keys, 'professional');
  expect((await browser.get('/v1/allowance')).json().presentOnlyUntil).toBeNull();
  const tools = { db: server.db, keys };
  await browser.enrol(await inviteHolder(tools, { account, by: 0, why: 'came to the desk' }));
  expect(await lookUp(browser)).toBe('account-restricted');
  await server.ledger.setStanding({ account, standing: 'open', by: 0, reason: 'operator' });
  expect(await lookUp(browser)).toBe('account-restricted');
  await server.ledger.setStanding({ account, standing: 'suspended', by: 0, reason: 'operator' });
  expect(await record(other, account, true)).toBe('refused');
});

test('the second passkey of an enrolment begins none', async () => {
  const { browser } = await signedInAs(server, keys, 'professional');
  await addKeyNow(browser);
  expect(await lookUp(browser)).toBe('person-not-found');
});

test('a passkey that is not kept begins nothing', async () => {
  const { account, browser } = await signedInAs(server, keys, 'professional');
  const options = (await browser.post('/v1/passkey-options', {})).json();
  const elsewhere = new SoftwarePasskey(origin).create(options, { origin: 'https://phish.example' });
  expect((await browser.post('/v1/passkeys', elsewhere)).json().code).toBe('passkey-refused');
  expect(await record(server, account, false)).toBe('disclosed');
});

test('the server cannot end it by itself', async () => {
  const { account } = await signedInAs(server, keys, 'professional');
  const write = server.db`update ledger.account set present_only_until = null where account = ${account}`;
  await expect(write.execute()).rejects.toThrow('permission denied');
});
