import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from './connect.ts';
import { type Embedded, findRunningEmbedded, startEmbedded } from './embedded.ts';

let place: string;
let said: string[];
let running: Embedded | undefined;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'vigie-embedded-'));
  chmodSync(place, 0o755);
  said = [];
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(place, { recursive: true, force: true });
});

test('starts, keeps what was written, stops, and starts again', async () => {
  await start();
  await write('kept');
  await running?.stop();
  expect(findRunningEmbedded(folders())).toBeUndefined();
  await start();
  expect(await read()).toEqual(['kept']);
  expect(findRunningEmbedded(folders())).toMatchObject({ ownerUrl: running?.ownerUrl });
});

test('passwords are readable by their owner only, and not in the data folder', async () => {
  await start();
  expect(statSync(join(place, 'keys', 'database.json')).mode & 0o777).toBe(0o600);
  expect(existsSync(join(place, 'data', 'postgres.password'))).toBe(false);
});

test('a killed PostgreSQL is started again on the same address, with what was committed', async () => {
  await start();
  await write('committed');
  const sql = connect(running?.ownerUrl ?? '', { max: 1 });
  const before = running?.pid() ?? 0;
  process.kill(before, 'SIGKILL');
  const deadline = performance.now() + 20_000;
  let rows: string[] = [];
  while (rows.length === 0 && performance.now() < deadline) {
    rows = await sql`select word from kept`.then((found) => found.map(({ word }) => word)).catch(() => []);
    if (rows.length === 0) await sleep(50);
  }
  await sql.end();
  expect(rows).toEqual(['committed']);
  expect(running?.pid()).not.toBe(before);
  expect(said.join('\n')).toContain('started again');
});

test('after kill -9 of the server, the next start stops the orphan and keeps the data', async () => {
  const server = spawnServer();
  const [line] = await once(server.stdout, 'data');
  const { ownerUrl, pid } = JSON.parse(String(line));
  await write('before the kill', ownerUrl);
  server.kill('SIGKILL');
  await once(server, 'exit');
  process.kill(pid, 0); // Its PostgreSQL lives on, orphaned.
  await start();
  expect(said.join('\n')).toContain(`process ${pid}`);
  expect(await read()).toEqual(['before the kill']);
});

test('a second server on the same folder is refused while the first lives', async () => {
  await start();
  await expect(startEmbedded({ ...folders(), say: () => {} })).rejects.toThrow(
    /Another server \(process \d+\)/,
  );
  expect(await read().catch(() => 'still answers')).toBe('still answers');
});

test('a stale postmaster.pid and lock stop nothing, even with the number of a living process', async () => {
  await start();
  await write('kept');
  await running?.stop();
  const stale = `${process.pid}\n${join(place, 'data', 'postgres')}\n1\n5432\n\n127.0.0.1\n0 0\nready   \n`;
  writeFileSync(join(place, 'data', 'postgres', 'postmaster.pid'), stale);
  writeFileSync(join(place, 'data', 'server.lock'), `${process.ppid} 12345`);
  await start();
  expect(await read()).toEqual(['kept']);
});

test('missing passwords are told, and the data is left alone', async () => {
  await start();
  await running?.stop();
  rmSync(join(place, 'keys'), { recursive: true });
  await expect(start()).rejects.toThrow(/database\.json.*is missing/);
});

test('an unfinished creation is begun anew', async () => {
  await start();
  await running?.stop();
  rmSync(join(place, 'data', 'postgres'), { recursive: true });
  writeFileSync(join(place, 'data', 'postgres.unfinished'), 'half');
  await start();
  expect(await read().catch(() => [])).toEqual([]);
});

test('the folders it makes can be entered by the database’s user under a strict umask', async () => {
  const program = `
    process.umask(0o077);
    const { makeFolder } = await import(${JSON.stringify(new URL('./binaries.ts', import.meta.url).href)});
    makeFolder(${JSON.stringify(join(place, 'a', 'b', 'c'))});`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program]);
  await once(child, 'exit');
  const modes = [['a'], ['a', 'b'], ['a', 'b', 'c']].map(
    (parts) => statSync(join(place, ...parts)).mode & 0o777,
  );
  expect(modes).toEqual([0o755, 0o755, 0o755]);
});

test('its log holds no value of a statement that failed', async () => {
  await start();
  const sql = connect(running?.ownerUrl ?? '', { max: 1 });
  await sql`create table people (nir text primary key)`;
  for (const _ of [1, 2]) await sql`insert into people values (${'2851005123456'})`.catch(() => {});
  await sql.unsafe(`select date 'Marguerite'`).catch(() => {});
  await sql`select ${'Marguerite'}::text::int`.catch(() => {});
  // A crash of one process names the statement it was running, unless told not to.
  const [{ pid } = { pid: 0 }] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const victim = sql.unsafe(`select pg_sleep(5), 'Marguerite'`).catch(() => {});
  await sleep(200);
  process.kill(pid, 'SIGKILL');
  await victim;
  await sql.end({ timeout: 1 });
  await running?.stop();
  const log = readFileSync(join(place, 'data', 'postgresql.log'), 'utf8');
  expect(log).toContain('terminated by signal 9');
  expect(log).not.toMatch(/Marguerite|2851005123456/);
});

function folders() {
  return { folder: join(place, 'data'), keysFolder: join(place, 'keys') };
}

async function start(): Promise<void> {
  running = await startEmbedded({ ...folders(), say: (line) => said.push(line), durable: false });
}

async function write(word: string, url = running?.ownerUrl ?? ''): Promise<void> {
  const sql = connect(url, { max: 1 });
  await sql`create table if not exists kept (word text)`;
  await sql`insert into kept values (${word})`;
  await sql.end();
}

async function read(): Promise<string[]> {
  const sql = connect(running?.ownerUrl ?? '', { max: 1 });
  try {
    return (await sql<{ word: string }[]>`select word from kept`).map(({ word }) => word);
  } finally {
    await sql.end();
  }
}

/** Another process that starts the database and stays, to be killed. */
function spawnServer() {
  const module = new URL('./embedded.ts', import.meta.url).href;
  const options = JSON.stringify({ ...folders(), durable: false });
  const program = `
    const { startEmbedded } = await import(${JSON.stringify(module)});
    const running = await startEmbedded({ ...${options}, say: () => {} });
    console.log(JSON.stringify({ ownerUrl: running.ownerUrl, pid: running.pid() }));
    setInterval(() => {}, 1000);`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}
