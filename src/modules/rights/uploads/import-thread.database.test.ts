import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { fileOf, levant, nirOf, ponant } from '../../../../tests/importing.ts';
import { SendingBench, type Sign } from '../../../../tests/sending.ts';
import { systemClock } from '../../../platform/clock.ts';
import { runInThread, type ThreadLimits } from './import-thread.ts';
import { aboutSpoolKey } from './receive-import.ts';
import { runImport } from './run-import.ts';
import { Spool } from './spool.ts';
import { insertUpload, startUpload, type WaitingUpload } from './store.ts';

const count = 12_000;
const folder = mkdtempSync(join(tmpdir(), 'vigie-thread-'));
const never = () => false;
let database: TestDatabase;
let bench: SendingBench;
let desks: Map<number, Awaited<ReturnType<SendingBench['openInsurer']>>>;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = new SendingBench(database);
  await bench.start();
  desks = new Map();
  for (const insurer of [ponant, levant]) desks.set(insurer.id, await bench.openInsurer(insurer));
});
afterAll(async () => {
  await bench?.stop();
  rmSync(folder, { recursive: true, force: true });
  await database?.drop();
});

function manyPeople(births: string): string {
  return fileOf(
    Array.from({ length: count }, (_, place) => ({
      nir: nirOf(`1${births}05${String(57_000_000 + place)}`),
      birthDate: `19${births}-05-17`,
      contractNumber: `C${births}-${place}`,
      memberNumber: `M${births}-${place}`,
    })),
  );
}

/** A file as it waits once it came, in a folder that the server of this test does not look at. */
async function waiting(insurer: { id: number }, file: string): Promise<WaitingUpload> {
  const { name, key, bytes } = await new Spool(folder).receive(pieces(file));
  const upload = {
    account: desks.get(insurer.id)?.account ?? 0,
    insurer: insurer.id,
    complete: false,
    dryRun: false,
    confirmClosures: false,
    spool: name,
    spoolKey: bench.keys.seal('staff', key, aboutSpoolKey(name)),
    bytes,
    idempotency: null,
  };
  const { id } = await insertUpload(database.server, upload);
  const started = await startUpload(database.server, id);
  if (started === undefined) throw new Error('the upload was not started');
  return started;
}

async function recorded(): Promise<number> {
  const [row] = await database.owner`select count(*)::int as count from rights.sealed`;
  return row?.count ?? 0;
}

async function* pieces(file: string): AsyncGenerator<Buffer> {
  yield Buffer.from(file);
}

const reading = { bytesMax: 100_000_000, lenient: false };

function readInThread(upload: WaitingUpload, isStopping: () => boolean, limits?: ThreadLimits) {
  const tools = { ...reading, databaseUrl: database.serverUrl, keys: bench.keys, spoolFolder: folder };
  return runInThread(tools, { upload, insurer: ponant, now: systemClock.now() }, isStopping, limits);
}

/** The share of the time during which this thread was busy, and whoever asks a server in it waited. */
async function busyShare(work: () => Promise<unknown>): Promise<number> {
  const before = performance.eventLoopUtilization();
  await work();
  return performance.eventLoopUtilization(before).utilization;
}

test('a server that reads a file goes on answering: it is read on another thread', async () => {
  const upload = await waiting(levant, manyPeople('71'));
  const tools = { ...reading, db: database.server, keys: bench.keys, clock: systemClock };
  // What it would be on the server's own thread, measured here and now.
  const own = await busyShare(() =>
    runImport({ ...tools, spool: new Spool(folder) }, { upload, insurer: levant, isStopping: never }),
  );
  const sign = desks.get(ponant.id)?.sign as Sign;
  const answer = await bench.send(sign, manyPeople('72'));
  const { id } = (await answer.json()) as { id: number };
  const served = await busyShare(() =>
    vi.waitFor(
      async () => {
        const told = await (await bench.get(sign, `/v1/imports/${id}`)).json();
        expect(told).toMatchObject({ state: 'done', counts: { added: count } });
      },
      { timeout: 40_000, interval: 200 },
    ),
  );
  expect(own).toBeGreaterThan(0.3);
  expect(served).toBeLessThan(own / 3);
});

test('stopped in the middle, a file goes on where it was', async () => {
  const upload = await waiting(ponant, manyPeople('73'));
  const before = await recorded();
  let isStopping = false;
  const stopped = readInThread(upload, () => isStopping);
  await vi.waitFor(async () => expect(await recorded()).toBeGreaterThan(before + 1000), 30_000);
  isStopping = true;
  expect(await stopped).toEqual({ again: 'interrupted' });
  const outcome = await readInThread(upload, never);
  if (!('counts' in outcome)) throw new Error('it did not end');
  expect(outcome).toMatchObject({ ended: 'done', counts: { people: count } });
  expect(outcome.counts.unchanged).toBeGreaterThan(1000);
  expect(outcome.counts.added).toBeGreaterThan(0);
});

test('a thread that does not stop is ended, and what it held is free', async () => {
  const upload = await waiting(ponant, manyPeople('74'));
  const holder = await database.owner.reserve();
  await holder`begin`;
  await holder`lock table rights.sealed in access exclusive mode`;
  const begun = performance.now();
  const isStopping = () => performance.now() - begun > 1_000;
  expect(await readInThread(upload, isStopping, { patienceMs: 300 })).toEqual({ again: 'interrupted' });
  expect(performance.now() - begun).toBeLessThan(4_000);
  await holder`rollback`;
  holder.release();
  expect(await readInThread(upload, never)).toMatchObject({ ended: 'done', counts: { people: count } });
});

test('a file that takes too much memory ends its thread, not the server', async () => {
  const upload = await waiting(ponant, manyPeople('75'));
  expect(await readInThread(upload, never, { memoryMegabytes: 8 })).toEqual({
    again: 'trouble',
    cause: { type: 'Error', code: 'ERR_WORKER_OUT_OF_MEMORY' },
  });
});
