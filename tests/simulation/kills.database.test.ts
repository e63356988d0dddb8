import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parisDay, systemClock } from '../../src/platform/clock.ts';
import type { Desk } from '../../world/desk.ts';
import { Random } from '../../world/random.ts';
import { audit } from './audit.ts';
import { lookUp, type Received } from './client.ts';
import { killBackend, killPostmaster } from './kill-database.ts';
import { type Load, startLoad } from './load.ts';
import { type Asked, type OwnDatabase, openDesks, settlePeople, startOwnDatabase } from './own-database.ts';
import { type ServerProcess, spawnServer } from './server-process.ts';

/** Another one each time; a failure names it, and it can be written here. */
const seed = Date.now() % 1_000_000;
const kills = 30;
const cap = 10;
const clients = 6;
const answersEach = 10;
const aliveMs = [100, 300] as const;

let database: OwnDatabase;
let asked: Asked[];
const servers = new Set<ServerProcess>();

beforeAll(async () => {
  database = await startOwnDatabase({});
  const world = { seed: 11, count: 600, day: parisDay(systemClock.now()) };
  asked = (await settlePeople(database, world)).asked;
});
afterAll(async () => {
  await Promise.all([...servers].map((server) => server.kill()));
  await database?.close();
});

async function startOne(): Promise<ServerProcess> {
  const server = await spawnServer(database);
  servers.add(server);
  return server;
}

function loadOn(desks: readonly Desk[]) {
  const urls = () => [...servers].map(({ url }) => url);
  return startLoad({ seed, clients, asked, desks, servers: urls });
}

function tally(received: readonly Received[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const { status } of received) counted[status] = (counted[status] ?? 0) + 1;
  return counted;
}

/** A load that disclosed little, or never met the limit, would prove nothing. */
async function expectBusy(received: readonly Received[], desks: readonly Desk[]): Promise<void> {
  const counted = tally(received);
  const [full] = await database.owner`
    select count(*)::int as count from ledger.account
     where charged = cap and account >= ${desks[0]?.account ?? 0}::int`;
  console.info(`seed ${seed}, answers ${JSON.stringify(counted)}, accounts at their limit ${full?.count}`);
  expect(received.length).toBeGreaterThanOrEqual(answersEach * kills);
  expect(counted[200]).toBeGreaterThan(4 * kills);
  expect(counted[404]).toBeGreaterThan(0);
  expect(counted[429]).toBeGreaterThan(0);
  expect(full?.count).toBeGreaterThan(0);
}

test(`the server is killed ${kills} times under load (seed ${seed})`, { timeout: 240_000 }, async () => {
  const desks = await openDesks(database, { count: kills + 3, cap });
  const random = new Random(seed, 1);
  let killed = 0;
  let starts = 0;
  let left = kills;
  const load = loadOn(desks);
  // Three at a time: while one starts again the others are at work, on the same accounts.
  const lives = Array.from({ length: 3 }, async () => {
    while (left > 0) {
      left -= 1;
      const server = await startOne();
      starts += 1;
      await untilBusy(load, starts);
      await sleep(random.between(...aliveMs));
      servers.delete(server);
      await server.kill();
      killed += 1;
      load.nextDesks();
    }
  });
  await Promise.all(lives);
  await load.stop();
  expect(killed).toBe(kills);
  expect(await audit(database.owner, load.received, cap)).toEqual([]);
  await expectBusy(load.received, desks);
});

test(`PostgreSQL is killed ${kills} times under load (seed ${seed})`, { timeout: 240_000 }, async () => {
  const desks = await openDesks(database, { count: kills + 3, cap });
  const random = new Random(seed, 2);
  const two = [await startOne(), await startOne()];
  const load = loadOn(desks);
  const killed = { postmaster: 0, backend: 0 };
  while (killed.postmaster + killed.backend < kills) {
    await untilBusy(load, killed.postmaster + killed.backend + 1);
    await sleep(random.between(...aliveMs));
    if (random.chance(0.3)) {
      if (await killBackend(database, random)) killed.backend += 1;
    } else {
      await killPostmaster(database);
      killed.postmaster += 1;
    }
    // The same two servers find it back, without being started again.
    await Promise.all(two.map(({ url }) => untilAnswers(url, desks[0] as Desk)));
    load.nextDesks();
  }
  await load.stop();
  expect(killed.backend).toBeGreaterThan(0);
  // Whoever was not answered was told so: 503, as the API describes it, and no other failure.
  const failed = load.received.filter(({ status }) => ![200, 404, 429].includes(status));
  expect(
    failed.filter(({ status, media }) => status !== 503 || media !== 'application/problem+json'),
  ).toEqual([]);
  expect(await audit(database.owner, load.received, cap)).toEqual([]);
  await expectBusy(load.received, desks);
  console.info(`killed ${JSON.stringify(killed)}`);
});

test('the audit sees a lost entry, a hole and an account over its limit', async () => {
  const [server] = servers;
  const [desk, other] = await openDesks(database, { count: 2, cap });
  await untilAnswers(server?.url ?? '', other as Desk);
  const received = await Promise.all(
    asked.slice(0, 3).map((one) => lookUp(server?.url ?? '', desk as Desk, one)),
  );
  const told = received.filter((one) => one !== undefined);
  expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await audit(database.owner, told, cap)).toEqual([]);
  expect(await audit(database.owner, told, 2)).toEqual([`account ${desk?.account} received 3 people`]);
  const [first, second] = told as [Received, Received];
  expect(await audit(database.owner, [first, { ...second, entry: first.entry }], cap)).toHaveLength(1);
  expect(await audit(database.owner, [{ ...first, fields: 1n << 40n }], cap)).toHaveLength(1);
  await database.owner`delete from ledger.entry where lane || '/' || seq = ${first.entry ?? ''}`;
  // Lost; missing from the lane; missing from its account; and a pair was charged that no entry tells of.
  expect(await audit(database.owner, told, cap)).toHaveLength(4);
});

/** Answers for so many rounds: a machine that is busy elsewhere must not make one without load. */
async function untilBusy({ received }: Load, rounds: number): Promise<void> {
  const answered = () => received.filter(({ status }) => status < 500).length;
  const before = answered();
  const least = () => Math.max(before + 1, answersEach * rounds);
  await vi.waitFor(() => expect(answered()).toBeGreaterThanOrEqual(least()), {
    timeout: 60_000,
    interval: 5,
  });
}

async function untilAnswers(url: string, desk: Desk): Promise<void> {
  const answered = async () => {
    const answer = await lookUp(url, desk, asked[0] as Asked);
    expect([200, 429]).toContain(answer?.status);
  };
  await vi.waitFor(answered, { timeout: 20_000, interval: 10 });
  await vi.waitFor(() => database.owner`select 1`, { timeout: 20_000, interval: 10 });
}
