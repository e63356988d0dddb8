import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type RunningServer, startServer } from '../../src/compose.ts';
import { Keys } from '../../src/modules/vault/index.ts';
import { parisDay, systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { type Desk, deskOrigin } from '../../world/desk.ts';
import { cloneDatabase, type TestDatabase } from '../database.ts';
import { audit } from './audit.ts';
import { type BreakableWire, breakableWire } from './breakable-wire.ts';
import { lookUp, type Received } from './client.ts';
import { type Asked, openDesks, settlePeople } from './own-database.ts';

const keys = new Keys(Buffer.alloc(32, 9));
const cap = 300;
const told: Received[] = [];
let database: TestDatabase;
let wire: BreakableWire;
let server: RunningServer;
let asked: Asked[];
let desk: Desk;
let turn = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  const tools = { owner: database.owner, keys };
  const world = { seed: 41, count: 300, day: parisDay(systemClock.now()) };
  asked = (await settlePeople(tools, world)).asked;
  desk = (await openDesks(tools, { count: 1, cap }))[0] as Desk;
  wire = await breakableWire(database.serverUrl);
  const config = readConfig({
    VIGIE_PORT: '0',
    VIGIE_PUBLIC_URL: deskOrigin,
    // They ask as no honest house asks.
    VIGIE_GUARD: 'off',
    VIGIE_METRICS_PORT: '0',
    VIGIE_ENV: 'test',
  });
  const log = createLog('silent');
  server = await startServer({ config, clock: systemClock, databaseUrl: wire.url, keys, log });
});
afterEach(async () => {
  wire.turn('open');
  await expectBack();
});
afterAll(async () => {
  await server?.stop();
  wire?.close();
  await database?.drop();
});

/** A person this account never drew: there must be an entry, and a charge, before an answer. */
async function ask(): Promise<Received> {
  const next = asked[turn % asked.length] as Asked;
  turn += 1;
  const answer = await lookUp(server.url, desk, next);
  if (answer === undefined) throw new Error('the server did not answer in fifteen seconds');
  told.push(answer);
  return answer;
}

async function expectRefused(answer: Received): Promise<void> {
  const { status, media, entry } = answer;
  expect({ status, media, entry }).toEqual({
    status: 503,
    media: 'application/problem+json',
    entry: undefined,
  });
}

/** The same server answers again, and nothing that was answered meanwhile is missing. */
async function expectBack(): Promise<void> {
  await vi.waitFor(async () => expect((await ask()).status).toBe(200), { timeout: 20_000, interval: 20 });
  expect((await ask()).status).toBe(200);
  expect(await audit(database.owner, told, cap)).toEqual([]);
}

async function readiness(): Promise<number> {
  return (await fetch(`${server.url}/readyz`)).status;
}

test('a database that is gone: 503 within the patience, readiness says so, then back', async () => {
  expect((await ask()).status).toBe(200);
  expect(await readiness()).toBe(200);
  const inFlight = Array.from({ length: 20 }, ask);
  wire.turn('cut');
  for (const answer of await Promise.all(inFlight)) {
    // An answer that was on its way keeps its entry; the audit looks for it.
    if (answer.status !== 200) await expectRefused(answer);
  }
  for (let time = 0; time < 5; time += 1) await expectRefused(await ask());
  expect(await readiness()).toBe(503);
  wire.turn('open');
  await expectBack();
  await vi.waitFor(async () => expect(await readiness()).toBe(200), { timeout: 10_000, interval: 20 });
});

test('a database too slow to record: 503 within the patience, then back', async () => {
  const held = await database.owner.reserve();
  await held`begin`;
  await held`select * from ledger.lane for update`;
  const from = performance.now();
  const answers = await Promise.all(Array.from({ length: 10 }, ask));
  expect(performance.now() - from).toBeLessThan(10_000);
  await held`rollback`;
  held.release();
  for (const answer of answers) await expectRefused(answer);
  await expectBack();
});

test('a database that falls silent without closing: 503 within the patience, then back', async () => {
  expect((await ask()).status).toBe(200);
  wire.turn('silent');
  const answers = await Promise.all(Array.from({ length: 10 }, ask));
  for (const answer of answers) await expectRefused(answer);
  wire.turn('open');
  await expectBack();
});
