import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareLedger } from '../src/modules/ledger/index.ts';
import { processEnvironment } from '../src/platform/config.ts';
import { connect } from '../src/platform/database/connect.ts';
import { type Embedded, startEmbedded } from '../src/platform/database/embedded.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { asBytes, FileSink } from '../world/file-sink.ts';
import { people } from '../world/people.ts';
import { peopleHeader, writePersonRows } from '../world/person-rows.ts';
import { copyPlainly } from './baselines/plain-copy.ts';
import { atLeast, atMost, type Measured, median, type Variant } from './figures.ts';
import type { BenchOptions } from './lookup.ts';

const seed = 7;
const year = 2026;
const rounds = 3;
const fewRows = 100_000;
const manyRows = 3_000_000;
const changedEach = 20;
const insurer = '0099500029';
const columns = peopleHeader.trimEnd().split(';');
const root = fileURLToPath(new URL('..', import.meta.url));

type Run = {
  readonly people: number;
  readonly lines: number;
  readonly seconds: number;
  readonly memory: number;
};
type Place = { readonly folder: string; readonly embedded: Embedded; readonly env: Record<string, string> };

/**
 * `vigie import people` as it is typed, start and end of the process included, against COPY of the same file
 * unsealed; then a newer file of the same people, one in twenty of whom changed. Each round has a database of
 * its own.
 */
export async function benchImport(options: BenchOptions): Promise<Measured> {
  const place = await openPlace(options.say);
  try {
    const files = await writeFiles(place.folder, options);
    const copied: number[] = [];
    const filled: Run[] = [];
    const updated: Run[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      await emptyDatabase(place);
      copied.push(files.people / (await copyPlainly(place.embedded.ownerUrl, files.first, columns)));
      filled.push(await importFile(place, files.first));
      updated.push(await importFile(place, files.second));
      options.say(`round ${round}: ${rate(filled.at(-1))} people/s new, ${rate(updated.at(-1))} updated`);
    }
    await emptyDatabase(place);
    const few = await importFile(place, files.few);
    await emptyDatabase(place);
    const many = await importFile(place, files.many);
    const speeds = [filled, updated].map((runs) => runs.map((run) => run.people / run.seconds));
    const [fill = [], update = []] = speeds;
    const whole = filled.map(({ memory }) => memory);
    return {
      variants: [
        variant('COPY of the same rows, unsealed', copied, 'people/s'),
        variant('import into an empty database', fill, 'people/s'),
        variant('import of a newer file, 5 % changed', update, 'people/s'),
        variant('memory, 100 thousand rows', [few.memory], 'MB'),
        variant('memory, 3 million rows', [many.memory], 'MB'),
        variant(`memory, ${(files.rows / 1e6).toFixed(0)} million rows`, whole, 'MB'),
      ],
      figures: [
        atLeast('sealed into an empty database', median(fill), 20_000, 'people/s'),
        atLeast('update, 5 % changed', median(update), 10_000, 'people/s'),
        atLeast('against COPY unsealed', median(fill.map((speed, at) => speed / (copied[at] ?? 1))), 0.35),
        atMost('memory with 3 million rows', many.memory, 400, 'MB'),
        // 100 thousand rows end before the process has grown to its size: flat is what comes after.
        atMost('memory, the whole file against 3 million rows', median(whole) / many.memory, 1.2, '×'),
      ],
    };
  } finally {
    await place.embedded.stop();
    await rm(place.folder, { recursive: true, force: true });
  }
}

async function openPlace(say: (line: string) => void): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  await chmod(folder, 0o755);
  const keysFolder = join(folder, 'keys');
  const embedded = await startEmbedded({ folder: join(folder, 'data'), keysFolder, say });
  await writeFile(join(folder, 'insurers.csv'), `amcCode;name;conventionTypes\n${insurer};Ponant;VB\n`);
  const { PATH = '' } = processEnvironment();
  const env = {
    PATH,
    VIGIE_DATABASE_URL: embedded.serverUrl,
    VIGIE_KEYS_FOLDER: keysFolder,
    VIGIE_ENV: 'test',
  };
  return { folder, embedded, env };
}

/** The same country under one insurer: all of it, with every twentieth person changed, and by rows. */
async function writeFiles(folder: string, { people: count, say }: BenchOptions) {
  say(`writing ${count} people`);
  const file = async (name: string) => {
    const sink = await FileSink.create(join(folder, name));
    sink.write(asBytes(peopleHeader));
    return sink;
  };
  const names = ['first.csv', 'second.csv', 'few.csv', 'many.csv'] as const;
  const [first, second, few, many] = await Promise.all(names.map(file));
  if (!first || !second || !few || !many) throw new Error('no files');
  let written = 0;
  let rows = 0;
  for (const person of people(seed, count, `${year}-06-15`)) {
    if (person.contracts.length === 0) continue;
    written += 1;
    for (const drawn of person.contracts) {
      // One insurer has them all here: their numbers must not meet.
      const contract = { ...drawn, contractNumber: `${drawn.insurer}-${drawn.contractNumber}` };
      const changed = written % changedEach === 0 ? { ...contract, csr: '99999' } : contract;
      writePersonRows(first, person, contract);
      writePersonRows(second, person, changed);
      if (rows < fewRows) writePersonRows(few, person, contract);
      if (rows < manyRows) writePersonRows(many, person, contract);
      rows += contract.domains.length * (1 + person.otherNirs.length);
    }
    if (written % 1000 === 0) await Promise.all([first, second, few, many].map((sink) => sink.settle()));
  }
  await Promise.all([first, second, few, many].map((sink) => sink.close()));
  say(`${written} people in ${rows} rows`);
  const [one = '', two = '', three = '', four = ''] = names.map((name) => join(folder, name));
  return { people: written, rows, first: one, second: two, few: three, many: four };
}

async function emptyDatabase(place: Place): Promise<void> {
  const { ownerUrl, serverPassword } = place.embedded;
  const name = new URL(ownerUrl).pathname.slice(1);
  const admin = connect(at(ownerUrl, 'postgres'), { max: 1, statementTimeoutSeconds: 0 });
  await admin`drop database if exists ${admin(name)} with (force)`;
  await admin`create database ${admin(name)}`;
  await admin.end();
  await migrate(ownerUrl, { serverPassword });
  const owner = connect(ownerUrl, { max: 1, statementTimeoutSeconds: 60 });
  await prepareLedger(owner, 1).finally(() => owner.end());
  await run(place, ['import', 'insurers', join(place.folder, 'insurers.csv'), '--json']);
}

async function importFile(place: Place, path: string): Promise<Run> {
  return run(place, ['import', 'people', path, '--insurer', insurer, '--json']);
}

/** Runs the command; its memory is the most that the system ever saw it hold. */
async function run(place: Place, words: readonly string[]): Promise<Run> {
  const started = performance.now();
  const child = spawn(process.execPath, ['bin/vigie.js', ...words], { cwd: root, env: place.env });
  let said = '';
  let trouble = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  child.stderr.on('data', (text) => {
    trouble += text;
  });
  let memory = 0;
  const watching = setInterval(() => {
    memory = Math.max(memory, peakMegabytes(child.pid));
  }, 100);
  const [code] = await once(child, 'close');
  clearInterval(watching);
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`vigie ${words.join(' ')} ended with ${code}:\n${said}\n${trouble}`);
  const { people: count, lines } = JSON.parse(said) as { people: number; lines: number };
  return { people: count, lines, seconds, memory };
}

function peakMegabytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0; // It has just ended.
  }
}

function variant(name: string, runs: readonly number[], unit: string): Variant {
  return { name, unit, median: median(runs), runs };
}

function rate(run: Run | undefined): string {
  return Math.round((run?.people ?? 0) / (run?.seconds ?? 1)).toLocaleString('en');
}

function at(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
