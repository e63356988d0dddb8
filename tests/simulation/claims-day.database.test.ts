import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Random } from '../../world/random.ts';
import { auditClaims, readBooks } from './claims-audit.ts';
import { auditClaimsInLedger } from './claims-ledger-audit.ts';
import { type ClaimsLoad, startClaimsLoad } from './claims-load.ts';
import { settleTown, type Town } from './claims-town.ts';
import { killBackend, killPostmaster } from './kill-database.ts';
import { type OwnDatabase, startOwnDatabase } from './own-database.ts';
import { type ServerProcess, spawnServer } from './server-process.ts';

/** Another one each time; a failure names it, and it can be written here. */
const seed = Date.now() % 1_000_000;
/** Each round a server dies, and the database with it; then the database alone, under both servers. */
const rounds = 4;
const killsAlone = 4;
const kills = rounds * (2 + killsAlone);
const clients = 8;
const aliveMs = [20, 200] as const;
/** A machine that is busy elsewhere must not make a round without load of it. */
const patience = { timeout: 90_000, interval: 5 };

let database: OwnDatabase;
let town: Town;
const servers = new Set<ServerProcess>();
const started: ServerProcess[] = [];

beforeAll(async () => {
  database = await startOwnDatabase({});
  town = await settleTown(database, 60);
});
afterAll(async () => {
  await Promise.all([...servers].map((server) => server.kill()));
  await database?.close();
});

/** Starts one, though the database may go away while it starts. */
async function startOne(): Promise<void> {
  for (;;) {
    const server = await spawnServer(database).catch(() => undefined);
    if (server === undefined) continue;
    started.push(server);
    return void servers.add(server);
  }
}

test(`a day of claims, killed ${kills} times (seed ${seed})`, { timeout: 600_000 }, async () => {
  const random = new Random(seed, 3);
  await Promise.all([startOne(), startOne()]);
  const load = startClaimsLoad({ seed, clients, town, servers: () => [...servers].map(({ url }) => url) });
  const killed = { server: 0, postmaster: 0, backend: 0 };
  const killDatabase = async (isWhole: boolean) => {
    await untilBusy(load);
    await sleep(random.between(...aliveMs));
    if (!isWhole && random.chance(0.5)) {
      killed.backend += Number(await killBackend(database, random).catch(() => false));
    } else {
      await killPostmaster(database);
      killed.postmaster += 1;
    }
  };
  for (let round = 0; round < rounds; round += 1) {
    await untilBusy(load);
    await sleep(random.between(...aliveMs));
    const [oldest] = servers;
    servers.delete(oldest as ServerProcess);
    await oldest?.kill();
    killed.server += 1;
    await Promise.all([startOne(), killDatabase(true)]);
    for (let turn = 0; turn < killsAlone; turn += 1) await killDatabase(false);
  }
  await load.stop();
  await untilAllIsHeard();
  console.info(`seed ${seed}, killed ${JSON.stringify(killed)}, answers ${JSON.stringify(load.tally)}`);
  expect(load.faults, started.map((server) => server.said()).join('')).toEqual([]);
  await expectKept(load);
  expect(await auditClaims(database)).toEqual([]);
  expect(await auditClaimsInLedger(database)).toEqual([]);
  await expectBusy(load);
});

async function untilBusy({ tally }: ClaimsLoad): Promise<void> {
  const answered = () => Object.values(tally).reduce((sum, count) => sum + count, 0);
  const before = answered();
  await vi.waitFor(() => expect(answered()).toBeGreaterThanOrEqual(before + clients), patience);
}

/** Leases and waits of what died are over: half a minute and a minute went by. */
async function untilAllIsHeard(): Promise<void> {
  const { owner } = database;
  // A claim is not at fault when a database dies: none was put off.
  expect(await owner`select claim from claims.waiting where tries > 0`).toHaveLength(0);
  await vi.waitFor(
    async () => {
      await owner`update claims.waiting set due_at = now() where due_at > now()`;
      await owner`
        update claims.to_explain set at = now()
         where at between now() and now() + interval '31 seconds'`;
      const [waiting] = await owner`
        select (select count(*) from claims.waiting)::int
          + (select count(*) from claims.to_explain where at <= now() + interval '31 seconds')::int as count`;
      expect(waiting?.count).toBe(0);
    },
    { ...patience, interval: 200 },
  );
}

/** Whatever a client heard of holds: each claim once, under its key; what was cancelled is cancelled. */
async function expectKept({ heard, cancelled, engaged }: ClaimsLoad): Promise<void> {
  const { owner, keys } = database;
  const rows = await owner`select id, account, encode(key_mark, 'hex') as mark, state from claims.claim`;
  const byKey = new Map<string, string[]>();
  for (const { id, account, mark } of rows) {
    byKey.set(`${account}|${mark}`, [...(byKey.get(`${account}|${mark}`) ?? []), id]);
  }
  const lost = heard.filter(({ claim, account, key }) => {
    const mark = keys.mac('claim-mark', `key|${account}|${key}`).toString('hex');
    return byKey.get(`${account}|${mark}`)?.join() !== claim;
  });
  expect(lost).toEqual([]);
  const engagements = await owner`select number, state from claims.engagement`;
  const stateOf = new Map([
    ...rows.map(({ id, state }) => [id, state === 4] as const),
    ...engagements.map(({ number, state }) => [number, state === 3] as const),
  ]);
  expect([...cancelled].filter((one) => stateOf.get(one) !== true)).toEqual([]);
  expect([...engaged].filter((one) => stateOf.get(one) === undefined)).toEqual([]);
}

/** A day without duplicates, full limits or refusals would prove nothing. */
async function expectBusy({ heard, cancelled, tally }: ClaimsLoad): Promise<void> {
  const books = await readBooks(database);
  const count = (holds: (claim: (typeof books)[number]) => boolean) => books.filter(holds).length;
  const counted = {
    heard: heard.length,
    accepted: count(({ state }) => state === 2),
    duplicates: count(({ reason }) => reason === 6),
    usedPromises: count(({ state, engagement }) => state === 2 && engagement !== null),
    cancelled: cancelled.size,
    limited: count(({ explainHow }) => explainHow === 1),
    full: count(({ state, decision }) => {
      const shares = decision?.told.shares ?? [];
      return state === 2 && shares.some(({ why }) => why.some(({ rule }) => rule === 'limit'));
    }),
    spent: Object.entries(tally).filter(([name]) => name.endsWith('429')).length,
  };
  console.info(JSON.stringify(counted));
  for (const [name, value] of Object.entries(counted)) expect([name, value > 0]).toEqual([name, true]);
  expect(counted.heard).toBeGreaterThan(kills);
}
