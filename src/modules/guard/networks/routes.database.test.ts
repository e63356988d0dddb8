import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { serviceOf } from '../../../../tests/practice-software.ts';
import { Browser, openAs, origin, signedInAs } from '../../../../tests/signing-in.ts';
import { type RunningServer, startServer } from '../../../compose.ts';
import { systemClock } from '../../../platform/clock.ts';
import { readConfig } from '../../../platform/config.ts';
import { createLog } from '../../../platform/log.ts';
import { blockNetwork, createBeginnings, openNetwork } from '../../access/index.ts';
import { Keys } from '../../vault/index.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const networkOf = (address: string) => createBeginnings(keys)({ address, userAgent: undefined }).network;
const why = { why: 'A practice moved in there' };
let database: TestDatabase;
let server: RunningServer;
let officer: Awaited<ReturnType<typeof signedInAs>>;

beforeAll(async () => {
  vi.setConfig({ testTimeout: 30_000 });
  database = await cloneDatabase();
  const ports = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_GUARD: 'off' };
  server = await startServer({
    ...{ config: readConfig({ ...ports, VIGIE_PUBLIC_URL: origin }), clock: systemClock },
    ...{ databaseUrl: database.serverUrl, keys, log: createLog('silent') },
  });
  officer = await signedInAs(server, keys, 'security-officer');
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** Blocks the network of an address, whoever else was there. */
const block = (address: string, accounts: number[]) =>
  server.db.begin((tx) =>
    blockNetwork(tx, { network: networkOf(address), days: 30, accounts, usedWithinDays: 30 }),
  );
const open = (address: string) => server.db.begin((tx) => openNetwork(tx, networkOf(address)));
const told = ({ statusCode, json }: { statusCode: number; json: () => { code?: string } }) => [
  statusCode,
  json().code,
];

test('from a blocked network nobody is served or signs in; elsewhere and afterwards they are', async () => {
  const { account, browser, passkey } = await signedInAs(server, keys, 'professional');
  const here = browser.from.address;
  const everybodyHere = [account, officer.account];
  expect(await block(here, [officer.account])).toBeUndefined();
  expect((await browser.get('/v1/allowance')).statusCode).toBe(200);
  expect(await block(here, everybodyHere)).toBeInstanceOf(Date);
  expect(told(await browser.get('/v1/allowance'))).toEqual([403, 'network-blocked']);
  expect(told(await browser.signIn(passkey))).toEqual([403, 'network-blocked']);
  const elsewhere = new Browser(server, { address: '203.0.113.9' });
  expect((await elsewhere.signIn(passkey)).statusCode).toBe(200);
  expect((await elsewhere.get('/v1/allowance')).statusCode).toBe(200);
  await open(here);
  expect((await browser.signIn(passkey)).statusCode).toBe(200);
  expect((await browser.get('/v1/allowance')).statusCode).toBe(200);
  await block(here, everybodyHere);
  await server.db`update access.blocked_network set until = now()`;
  expect((await browser.get('/v1/allowance')).statusCode).toBe(200);
});

test('software is not served from there either', async () => {
  const { account } = await openAs({ db: server.db, keys, ledger: server.ledger }, 'professional');
  const { software } = await serviceOf(server, keys, account);
  const { access_token: token } = await software.token();
  expect((await software.ask(token, '/v1/allowance')).status).toBe(200);
  // Its token was asked for from there: whoever is not the stolen account keeps the network open.
  expect(await block('127.0.0.1', [])).toBeUndefined();
  await block('127.0.0.1', [account]);
  const refused = await software.ask(token, '/v1/allowance');
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
    403,
    'network-blocked',
  ]);
  await open('127.0.0.1');
  expect((await software.ask(token, '/v1/allowance')).status).toBe(200);
});

/** A block as a sweep leaves it. */
async function blocked(network: number, account: number): Promise<string> {
  const [row] = await database.owner`
    with asked as (
      insert into guard.sweep (case_file, account, started_at, from_at, to_at)
      values (${network}, ${account}, now(), now(), now()) returning id)
    insert into guard.blocked_network (network, sweep, account, entry_seq, blocked_at, until)
    select ${network}, id, ${account}, 3, now(), now() + interval '30 days' from asked
    returning id::text as block`;
  await database.owner`
    insert into access.blocked_network values (${network}, now() + interval '30 days')`;
  return String(row?.block);
}

test('a block is listed, and opened by an officer with a reason that the database cannot read', async () => {
  const { account } = await openAs({ db: server.db, keys, ledger: server.ledger }, 'professional');
  const block = await blocked(4242, account);
  const list = async () => (await officer.browser.get('/v1/guard/networks')).json().networks;
  expect(await list()).toMatchObject([{ block, network: 4242, account, openedAt: null, openedBy: null }]);
  const opening = (body: unknown) => officer.browser.post(`/v1/guard/networks/${block}/opening`, body);
  expect((await opening({ why: 'x' })).statusCode).toBe(422);
  expect((await opening(why)).json().networks).toMatchObject([
    { block, openedBy: officer.account, openedWhy: why.why, why: null },
  ]);
  expect(told(await opening(why))).toEqual([409, 'already-reviewed']);
  expect(told(await officer.browser.post('/v1/guard/networks/999999/opening', why))).toEqual([
    404,
    'not-found',
  ]);
  const [kept] = await database.owner`
    select encode(reason_sealed, 'escape') as why, (select count(*)::int from access.blocked_network b
        where b.network = 4242) as live from guard.blocked_network where id = ${block}::text::bigint`;
  expect(kept?.why).not.toContain('practice');
  expect(kept?.live).toBe(0);
});

/** A sweep that ended and looked for a network of a stolen account, and whom it found there. */
async function swept(network: number, account: number, others: readonly number[] = []): Promise<string> {
  const sought = JSON.stringify({ networks: [network], clients: [] });
  const [row] = await database.owner`
    insert into guard.sweep (case_file, account, started_at, ended_at, from_at, to_at, sought)
    values (${network}, ${account}, now(), now(), now(), now(), ${sought}) returning id::text as sweep`;
  const sweep = String(row?.sweep);
  for (const other of others)
    await database.owner`
      insert into guard.sweep_network values (${sweep}::text::bigint, ${network}, ${other})`;
  return sweep;
}

test('an officer blocks a network with a reason, and not one that somebody else uses', async () => {
  const tools = { db: server.db, keys, ledger: server.ledger };
  const { account } = await openAs(tools, 'professional');
  const { account: neighbour } = await openAs(tools, 'professional');
  const { passkey } = await signedInAs(server, keys, 'professional');
  const there = new Browser(server, { address: '198.51.100.20' });
  const network = networkOf('198.51.100.20');
  const at = `/v1/guard/sweeps/${await swept(network, account)}/networks/${network}`;
  const effect = async (path = at) => (await officer.browser.get(`${path}/effect`)).json();
  expect(await effect()).toEqual({ state: 'free', accounts: 0, organisations: 0, stolen: 0, days: 30 });
  expect((await officer.browser.post(`${at}/block`, { why: 'x' })).statusCode).toBe(422);
  const order = { why: 'The police name this address' };
  const [first] = (await officer.browser.post(`${at}/block`, order)).json().networks;
  expect(first).toMatchObject({ network, account, blockedBy: officer.account, openedAt: null, ...order });
  expect(told(await there.signIn(passkey))).toEqual([403, 'network-blocked']);
  expect(told(await officer.browser.post(`${at}/block`, order))).toEqual([409, 'already-reviewed']);
  expect(await effect()).toMatchObject({ state: 'blocked' });
  const [kept] = await database.owner`
    select encode(why_sealed, 'escape') as why from guard.blocked_network
     where id = ${first.block}::text::bigint`;
  expect(kept?.why).not.toContain('police');
  // What a person opened, a person may block again.
  await officer.browser.post(`/v1/guard/networks/${first.block}/opening`, why);
  expect((await officer.browser.post(`${at}/block`, order)).statusCode).toBe(200);

  const shared = `/v1/guard/sweeps/${await swept(5252, account, [neighbour])}/networks/5252`;
  expect(await effect(shared)).toMatchObject({ state: 'used', accounts: 1, organisations: 1 });
  expect(told(await officer.browser.post(`${shared}/block`, order))).toEqual([409, 'network-in-use']);
  await database.owner`update guard.sweep set ended_at = null where case_file = 5252`;
  expect(told(await officer.browser.post(`${shared}/block`, order))).toEqual([409, 'sweep-not-current']);
  for (const nowhere of [at.replace(/\d+$/, '9'), at.replace(/sweeps\/\d+/, 'sweeps/999999')]) {
    expect((await officer.browser.get(`${nowhere}/effect`)).statusCode).toBe(404);
    expect(told(await officer.browser.post(`${nowhere}/block`, order))).toEqual([404, 'not-found']);
  }
});

test('only security officers see networks', async () => {
  for (const role of ['professional', 'organisation-administrator', 'insurer-agent', 'auditor'] as const) {
    const { browser } = await signedInAs(server, keys, role);
    expect((await browser.get('/v1/guard/networks')).statusCode).toBe(403);
    expect((await browser.post('/v1/guard/networks/1/opening', why)).statusCode).toBe(403);
    expect((await browser.get('/v1/guard/sweeps/1/networks/1/effect')).statusCode).toBe(403);
    expect((await browser.post('/v1/guard/sweeps/1/networks/1/block', why)).statusCode).toBe(403);
  }
});
