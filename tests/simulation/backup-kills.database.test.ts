import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { backUp } from '../../src/backup/back-up.ts';
import { restore } from '../../src/backup/restore.ts';
import { checkArchive } from '../../src/platform/backup/read-archive.ts';
import { besideDatabases, databaseName, dropDatabase } from '../../src/platform/database/other-databases.ts';
import { Random } from '../../world/random.ts';
import type { Order } from './backup-process.ts';
import { type BackupStage, contentOf, on, setBackupStage } from './backup-stage.ts';
import { lookUp } from './client.ts';

/** Another one each time; a failure names it, and it can be written here. */
const seed = Date.now() % 1_000_000;
const kills = 10;
const quiet = { say: () => {}, checkKeys: async () => {} };
const children = new Set<ChildProcess>();
let stage: BackupStage;

beforeAll(async () => {
  stage = await setBackupStage(200, 100_000);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await stage?.close();
});

type Waiting = { give(order: Order): void; kill(): Promise<void>; ended: Promise<number | null> };

/** A process that has read its program and waits: what is killed is its work, not its start. */
async function spawnWaiting(): Promise<Waiting> {
  const child = fork(inject('programs')['tests/simulation/backup-process.ts'], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.add(child);
  const ended = once(child, 'exit').then(([code]) => {
    children.delete(child);
    return code as number | null;
  });
  await once(child, 'message');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { give: (order) => void child.send(order), kill, ended };
}

/** Kills the work while it is at work, once in each part of it; first, one whole piece of work is timed. */
async function killOften(
  random: Random,
  order: (turn: number) => Order,
  after: (turn: number) => Promise<void>,
) {
  const whole = await spawnWaiting();
  const started = performance.now();
  whole.give(order(-1));
  expect(await whole.ended).toBe(0);
  let lasts = performance.now() - started;
  await after(-1);
  let next = spawnWaiting();
  let killed = 0;
  for (let turn = 0; killed < kills; turn += 1) {
    const worker = await next;
    const given = performance.now();
    worker.give(order(turn));
    const part = Math.ceil(lasts / kills);
    const code = await Promise.race([worker.ended, sleep(killed * part + random.between(0, part))]);
    // Done before its moment: work is faster now than when it was timed, and this part comes again.
    if (code === undefined) killed += 1;
    else {
      expect(code).toBe(0);
      lasts = Math.min(0.9 * lasts, performance.now() - given);
    }
    await worker.kill();
    next = spawnWaiting();
    await after(turn);
  }
  await (await next).kill();
}

test(`a backup is killed ${kills} times (seed ${seed})`, { timeout: 180_000 }, async () => {
  const { ownerUrl, owner } = stage.database;
  const before = await contentOf(owner);
  const seen = { whole: 0, partial: 0, leftOver: 0 };
  const file = (turn: number) => stage.file(`killed-${turn}.vigie`);
  await killOften(
    new Random(seed, 1),
    (turn) => ({ what: 'backup', url: ownerUrl, file: file(turn) }),
    async (turn) => {
      // A file with its name is a whole backup; all else has another name.
      if (existsSync(file(turn))) {
        await checkArchive(file(turn));
        seen.whole += 1;
      } else if (existsSync(`${file(turn)}.partial`)) seen.partial += 1;
      const others = (await stage.databases()).filter((name) => name !== '');
      expect(['', '_scratch']).toContain(others.join());
      seen.leftOver += others.length;
    },
  );
  console.info(`seed ${seed}, backups seen ${JSON.stringify(seen)}`);
  expect(seen.leftOver).toBeGreaterThan(0);
  expect(await contentOf(owner)).toEqual(before);
  // The next one needs nobody's help, whatever the last one left.
  await backUp(ownerUrl, stage.file('after.vigie'), { isTried: true, say: () => {} });
  expect(await stage.databases()).toEqual(['']);
});

test(`a restore is killed ${kills} times (seed ${seed})`, { timeout: 180_000 }, async () => {
  const { ownerUrl } = stage.database;
  const [earlier, later] = [stage.file('earlier.vigie'), stage.file('later.vigie')];
  await backUp(ownerUrl, earlier, { isTried: false, say: () => {} });
  const server = await stage.serve();
  for (const asked of stage.asked.slice(0, 40)) await lookUp(server.url, stage.desks[0] as never, asked);
  await server.stop();
  await backUp(ownerUrl, later, { isTried: false, say: () => {} });
  const target = stage.beside('_target');
  await restore(target, earlier, { acceptsLoss: false, ...quiet });
  const old = await on(target, contentOf);
  const seen = { old: 0, new: 0, leftOver: 0 };
  await killOften(
    new Random(seed, 2),
    () => ({ what: 'restore', url: target, file: later }),
    async () => {
      const content = await on(target, contentOf);
      const isOld = content['ledger.lane'] === old['ledger.lane'];
      expect(content).toEqual(isOld ? old : await on(ownerUrl, contentOf));
      seen[isOld ? 'old' : 'new'] += 1;
      const others = (await stage.databases()).filter((name) => name.startsWith('_target_'));
      seen.leftOver += others.filter((name) => name === '_target_restoring').length;
      if (isOld) return;
      // What was there is kept; from it the next turn starts again.
      const kept = others.filter((name) => name.startsWith('_target_before_'));
      expect(kept).toHaveLength(1);
      expect(await on(stage.beside(kept[0] ?? ''), contentOf)).toEqual(old);
      await besideDatabases(target, async (outside) => {
        for (const name of kept) await dropDatabase(outside, `${databaseName(ownerUrl)}${name}`);
      });
      await restore(target, earlier, { acceptsLoss: true, ...quiet });
      await dropKept();
    },
  );
  console.info(`seed ${seed}, restores seen ${JSON.stringify(seen)}`);
  expect(seen.leftOver).toBeGreaterThan(0);
  await restore(target, later, { acceptsLoss: false, ...quiet });
  expect(await on(target, contentOf)).toEqual(await on(ownerUrl, contentOf));
  expect(await stage.databases()).not.toContain('_target_restoring');
});

async function dropKept(): Promise<void> {
  const { ownerUrl } = stage.database;
  const kept = (await stage.databases()).filter((name) => name.startsWith('_target_before_'));
  await besideDatabases(ownerUrl, async (outside) => {
    for (const name of kept) await dropDatabase(outside, `${databaseName(ownerUrl)}${name}`);
  });
}
