import { execFileSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { type RunningServer, startServer } from '../../src/compose.ts';
import { parisDay, systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { isAlive } from '../../src/platform/database/postmaster.ts';
import { createLog } from '../../src/platform/log.ts';
import { type Desk, deskOrigin } from '../../world/desk.ts';
import { audit } from './audit.ts';
import { lookUp, type Received } from './client.ts';
import { type Asked, type OwnDatabase, openDesks, settlePeople, startOwnDatabase } from './own-database.ts';
import { canMount, fillDisk, mountDisk, unmountDisk } from './small-disk.ts';

const cap = 100_000;
const patience = { timeout: 120_000 };
const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
}, 60_000);

type Stage = {
  readonly database: OwnDatabase;
  readonly server: RunningServer;
  readonly received: Received[];
  /** Asks for the next person nobody asked for yet. */
  ask(): Promise<Received>;
};

async function setStage(options: Parameters<typeof startOwnDatabase>[0]): Promise<Stage> {
  const database = await startOwnDatabase(options);
  undo.push(() => database.close());
  const world = { seed: 31, count: 1500, day: parisDay(systemClock.now()) };
  const { asked } = await settlePeople(database, world);
  const desks = await openDesks(database, { count: 4, cap });
  const env = {
    VIGIE_PORT: '0',
    VIGIE_PUBLIC_URL: deskOrigin,
    VIGIE_METRICS_PORT: '0',
    VIGIE_GUARD: 'off',
    VIGIE_ENV: 'test',
  };
  const server = await startServer({
    config: readConfig(env),
    clock: systemClock,
    databaseUrl: database.embedded.serverUrl,
    keys: database.keys,
    log: createLog('silent'),
  });
  undo.push(() => server.stop());
  const received: Received[] = [];
  let turn = 0;
  const ask = async () => {
    const desk = desks[Math.floor(turn / asked.length) % desks.length] as Desk;
    const answer = await lookUp(server.url, desk, asked[turn % asked.length] as Asked);
    turn += 1;
    if (answer === undefined) throw new Error('the server did not answer');
    received.push(answer);
    return answer;
  };
  return { database, server, received, ask };
}

/**
 * Asks until there is no space any more, for any connection: each has a page of its own to fill. A disk that
 * never fills is no test.
 */
async function askUntilFull({ ask }: Stage): Promise<void> {
  let refused = 0;
  for (let turn = 0; turn < 5000 && refused < 20; turn += 1) {
    refused = (await ask()).status === 503 ? refused + 1 : 0;
  }
  if (refused < 20) throw new Error('there was space until the end');
}

async function expectRefused({ ask }: Stage, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    const { status, media, entry } = await ask();
    expect({ status, media, entry }).toEqual({
      status: 503,
      media: 'application/problem+json',
      entry: undefined,
    });
  }
}

async function expectRecovered({ database, received, ask }: Stage): Promise<void> {
  await vi.waitFor(async () => expect((await ask()).status).toBe(200), { timeout: 30_000, interval: 50 });
  for (let turn = 0; turn < 20; turn += 1) expect((await ask()).status).toBe(200);
  await vi.waitFor(() => database.owner`select 1`, { timeout: 20_000, interval: 50 });
  expect(await audit(database.owner, received, cap)).toEqual([]);
}

test.skipIf(!canLimitFiles())(
  'a table that finds no space: 503, no answer without an entry, then back as soon as there is space',
  patience,
  async () => {
    const stage = await setStage({});
    const { database } = stage;
    expect((await stage.ask()).status).toBe(200);
    // Larger than a file of the write-ahead log: a limit on the size of files stops this table alone.
    // Cleaned meanwhile, it would find room within itself.
    await database.owner`alter table ledger.batch set (autovacuum_enabled = false)`;
    await database.owner`
      insert into ledger.batch (at, digest, lane, batch, seqs, outcomes, becauses)
      select now(), 0, 0, gen_random_uuid(), array(select generate_series(1, 60)), '{1}', '{0}'
        from generate_series(1, 35000)`;
    await database.owner`checkpoint`;
    const [table] = await database.owner`select pg_relation_size('ledger.batch')::int as size`;
    expect(table?.size).toBeGreaterThan(16 * 1024 * 1024);
    await limitFiles(database, String(table?.size + 2 * 8192));
    await askUntilFull(stage);
    await expectRefused(stage, 30);
    await limitFiles(database, 'unlimited');
    await expectRecovered(stage);
  },
);

test.skipIf(!canMount())(
  'a disk that is full to the last byte, the write-ahead log too: 503, then answers again once it is emptied',
  patience,
  async () => {
    const disk = mountDisk('180m');
    undo.push(() => unmountDisk(disk));
    const settings = { max_wal_size: '48MB', min_wal_size: '32MB' };
    const stage = await setStage({ folder: join(disk, 'data'), settings });
    expect((await stage.ask()).status).toBe(200);
    const filler = fillDisk(disk);
    await askUntilFull(stage);
    await expectRefused(stage, 10);
    // PostgreSQL itself stops when its log finds no space, and is started again until it can live.
    const before = stage.database.embedded.pid();
    await exhaustLog(stage);
    await expectRefused(stage, 3);
    rmSync(filler);
    await expectRecovered(stage);
    expect(stage.database.embedded.pid()).not.toBe(before);
  },
);

/** Writes to the log until its next file finds no space, which ends PostgreSQL. */
async function exhaustLog({ database, ask }: Stage): Promise<void> {
  const before = database.embedded.pid() ?? 0;
  const turn = async () => {
    // Straight into the log: a refused lookup alone may write too little to leave the file it is in.
    await database.owner`
      select pg_logical_emit_message(false, 'full', repeat('x', 4000000)), pg_switch_wal()`.catch(() => {});
    await ask();
    expect(isAlive(before)).toBe(false);
  };
  await vi.waitFor(turn, { timeout: 40_000, interval: 5 });
}

/** A limit on the size of every file that PostgreSQL's processes may write: no root, no mount. */
async function limitFiles({ owner, embedded }: OwnDatabase, bytes: string): Promise<void> {
  const rows = await owner`select pid from pg_stat_activity where backend_type = 'client backend'`;
  for (const pid of [embedded.pid(), ...rows.map((row) => row.pid)]) {
    // As the processes' own user: root itself may lack the right to limit others.
    const { uid, gid } = statSync(`/proc/${pid}`);
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`], { uid, gid, cwd: '/' });
  }
}

function canLimitFiles(): boolean {
  try {
    execFileSync('prlimit', ['--pid', String(process.pid), '--fsize'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
