import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { openAs } from '../../tests/signing-in.ts';
import { loadWorld } from '../../world/load-world.ts';
import { people } from '../../world/people.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { registerClient, revokeClient } from '../modules/access/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { createLocalKey, readLocalKey } from './local-key.ts';
import { createSigner } from './sign-requests.ts';
import { type RunningProxy, startProxy } from './start-proxy.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const world = { seed: 5, count: 60 };
const folder = mkdtempSync(join(tmpdir(), 'vigie-connect-'));
const file = join(folder, 'key.json');
let database: TestDatabase;
let server: RunningServer;
let proxy: RunningProxy;
let url: string;
let secret: string;
let client: string;

beforeAll(async () => {
  database = await cloneDatabase();
  await loadWorld({ db: database.server, keys }, world);
  const port = await freePort();
  url = `http://localhost:${port}`;
  const env = { VIGIE_PORT: String(port), VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test' };
  const { serverUrl: databaseUrl } = database;
  const log = createLog('silent');
  server = await startServer({ config: readConfig(env), clock: systemClock, databaseUrl, keys, log });
  const tools = { db: server.db, keys, ledger: server.ledger };
  const { account } = await openAs(tools, 'professional');
  const made = await createLocalKey(file);
  secret = made.secret;
  client = await registerClient(tools, { name: 'Caisse 1', jwks: made.jwks, for: { account } });
  const { key } = await readLocalKey(file);
  proxy = await startProxy({ signer: await createSigner({ url, client, key }), url, secret, port: 0 });
});
afterAll(async () => {
  await proxy?.stop();
  await server?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const bearer = () => ({ authorization: `Bearer ${secret}` });

function lookUp() {
  const person = [...people(world.seed, world.count)].find(({ birthRank }) => birthRank === 1);
  const birthDate = (person?.birthDate ?? '').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const asked = { nir: person?.nir, birthDate, careDate: parisDay(systemClock.now()), purpose: 'TREAT' };
  const headers = { ...bearer(), 'content-type': 'application/json' };
  const body = JSON.stringify(asked);
  return fetch(`${proxy.url}/v1/coverage-lookups`, { method: 'POST', headers, body });
}

test('software that cannot sign looks up, each time with a proof of its own', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, lookUp));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(answers[0]?.headers.get('vigie-entry')).toMatch(/^\d+\/\d+$/);
  expect(await answers[0]?.json()).toHaveProperty('contracts');
  const allowance = await fetch(`${proxy.url}/v1/allowance?a=1`, { headers: bearer() });
  expect(((await allowance.json()) as { left: number }).left).toBe(49);
});

test('software that cannot sign names what it sends: without it no claim comes in', async () => {
  const headers = { ...bearer(), 'content-type': 'application/json', 'idempotency-key': 'F-1' };
  const body = JSON.stringify({ claims: [{}] });
  const sent = await fetch(`${proxy.url}/v1/claim-batches`, { method: 'POST', headers, body });
  expect(await sent.json()).toMatchObject({ answers: [{ problem: 'invalid-field' }] });
});

test('whoever does not say the secret, a page in a browser, what is not the API: refused', async () => {
  const ask = async (path: string, headers: Record<string, string>) =>
    (await fetch(`${proxy.url}${path}`, { headers })).status;
  expect(await ask('/v1/allowance', {})).toBe(401);
  expect(await ask('/v1/allowance', { authorization: `Bearer ${secret}x` })).toBe(401);
  expect(await ask('/oauth/token', bearer())).toBe(404);
  expect(await ask('/v1/../docs', bearer())).toBe(404);
  const page = request(`${proxy.url}/v1/allowance`, {
    headers: { ...bearer(), origin: 'https://phish.example' },
  });
  const status = new Promise((resolve) => page.on('response', ({ statusCode }) => resolve(statusCode)));
  page.end();
  expect(await status).toBe(403);
});

test('the key is for its owner alone, is not overwritten, and travels to no other server', async () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await expect(createLocalKey(file)).rejects.toMatchObject({ code: 'EEXIST' });
  const { key } = await readLocalKey(file);
  await expect(createSigner({ url: 'http://vigie.example', client, key })).rejects.toThrow('not https');
  const other = url.replace('localhost', '127.0.0.1');
  await expect(createSigner({ url: other, client, key })).rejects.toThrow('says it is');
});

test('a revoked client gets nothing more', async () => {
  await revokeClient({ db: server.db, keys }, client);
  expect((await lookUp()).status).toBe(401);
  expect((await lookUp()).status).toBe(502);
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
