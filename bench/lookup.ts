import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createLedger, prepareLedger } from '../src/modules/ledger/index.ts';
import { openKeys } from '../src/modules/vault/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { connect } from '../src/platform/database/connect.ts';
import { startEmbedded } from '../src/platform/database/embedded.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { type LedgerKind, naiveSchema } from './baselines/ledgers.ts';
import { type Country, settleCountry } from './country.ts';
import { atLeast, atMost, type Measured, median, type Variant } from './figures.ts';
import { fromSession, type Load, runLoad } from './load.ts';
import { benchProof } from './proof.ts';
import { benchRecord } from './record.ts';

const kinds: readonly LedgerKind[] = ['guarded', 'unguarded', 'one-by-one', 'naive'];
const letters = { guarded: 'a', unguarded: 'b', 'one-by-one': 'c1', naive: 'c2' };
const connectionCounts = [1, 64, 256];
const rounds = 3;
const warmUpSeconds = 2;

export type BenchOptions = { readonly people: number; readonly seconds: number; say(line: string): void };

/** The guarded lookup against what a user would do instead, in turn on one database. */
export async function benchLookup(options: BenchOptions): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  await chmod(folder, 0o755);
  const keysFolder = join(folder, 'keys');
  const embedded = await startEmbedded({ folder: join(folder, 'data'), keysFolder, say: options.say });
  const owner = connect(embedded.ownerUrl, { max: 2, statementTimeoutSeconds: 0 });
  const db = connect(embedded.serverUrl, { max: 4 });
  const servers: ServerProcess[] = [];
  try {
    await migrate(embedded.ownerUrl, { serverPassword: embedded.serverPassword });
    await prepareLedger(owner, 1);
    const keys = await openKeys(owner, { folder: keysFolder });
    const ledger = createLedger(db, { lanes: 1, clock: systemClock });
    const country = await settleCountry({ owner, db, keys, ledger }, options.people, options.say);
    await owner.unsafe(naiveSchema);
    for (const kind of kinds) servers.push(await startProcess(kind, embedded.serverUrl, keysFolder));
    const loads = await alternate(servers, country, options);
    const guarded = servers[0];
    const memory = guarded === undefined ? Number.NaN : peakMegabytes(guarded.process);
    const proof = await benchProof({ db, keys, country }, guarded?.url ?? '', options);
    for (const server of servers) server.process.kill();
    const record = await benchRecord(owner, db, options);
    const { variants, figures } = conclude(loads, memory, record);
    return { variants: [...variants, ...proof.variants], figures: [...figures, ...proof.figures] };
  } finally {
    for (const server of servers) server.process.kill();
    await Promise.all([owner.end({ timeout: 1 }), db.end({ timeout: 1 })]);
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A variant of the server that runs. */
export type ServerProcess = {
  readonly kind: LedgerKind;
  readonly url: string;
  readonly process: ChildProcess;
};
type Loads = Map<string, Load[]>;

/** Starts one. */
export async function startProcess(
  kind: LedgerKind,
  databaseUrl: string,
  keysFolder: string,
): Promise<ServerProcess> {
  const script = new URL('./server.ts', import.meta.url).pathname;
  const args = ['--max-semi-space-size=32', '--import', 'tsx', script, kind, databaseUrl, keysFolder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { kind, url, process: child };
}

async function alternate(
  servers: readonly ServerProcess[],
  country: Country,
  options: BenchOptions,
): Promise<Loads> {
  const loads: Loads = new Map();
  for (const server of servers)
    await runLoad(server.url, fromSession(country), { connections: 64, seconds: warmUpSeconds });
  for (const connections of connectionCounts) {
    for (let round = 0; round < rounds; round += 1) {
      for (const { kind, url } of servers) {
        const load = await runLoad(url, fromSession(country), { connections, seconds: options.seconds });
        const name = nameOf(kind, connections);
        loads.set(name, [...(loads.get(name) ?? []), load]);
        options.say(
          `${name}: ${Math.round(load.perSecond)}/s, p50 ${load.p50} ms, p99 ${load.p99} ms; ${share(load)}`,
        );
      }
    }
  }
  return loads;
}

function share({ served, unknown, refused, failed }: Load): string {
  return `${served} answered, ${unknown} unknown, ${refused} refused, ${failed} failed`;
}

function nameOf(kind: LedgerKind, connections: number): string {
  return `(${letters[kind]}) ${kind}, ${connections} connection${connections === 1 ? '' : 's'}`;
}

/** The largest resident size the process reached, read from the kernel. */
function peakMegabytes(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

function conclude(loads: Loads, memory: number, record: readonly Variant[]): Measured {
  const variants: Variant[] = [...loads].map(([name, runs]) => ({
    name,
    unit: '/s',
    median: median(runs.map((load) => load.perSecond)),
    p50: median(runs.map((load) => load.p50)),
    p99: median(runs.map((load) => load.p99)),
    runs: runs.map((load) => load.perSecond),
  }));
  const rate = (kind: LedgerKind, connections: number) => find(variants, nameOf(kind, connections)).median;
  const guardedLoads = connectionCounts.flatMap(
    (connections) => loads.get(nameOf('guarded', connections)) ?? [],
  );
  const failed = guardedLoads.reduce((sum, load) => sum + load.failed, 0);
  const [batched, single] = record;
  const figures = [
    atLeast('(d) in batches of 256 / one by one', (batched?.median ?? 0) / (single?.median ?? 1), 12),
    atLeast('a / c1 at 256 connections', rate('guarded', 256) / rate('one-by-one', 256), 4),
    atLeast('a / c2 at 256 connections', rate('guarded', 256) / rate('naive', 256), 1),
    atLeast('a / b at 256 connections', rate('guarded', 256) / rate('unguarded', 256), 0.5),
    atLeast('guarded lookups at 256 connections', rate('guarded', 256), 5000, '/s'),
    atMost('median at 1 connection', find(variants, nameOf('guarded', 1)).p50 ?? Number.NaN, 8, 'ms'),
    atMost('p99 at 64 connections', find(variants, nameOf('guarded', 64)).p99 ?? Number.NaN, 60, 'ms'),
    atMost('memory of the guarded server', memory, 350, 'MB'),
    atMost('guarded requests that failed', failed, 0, ''),
  ];
  return { variants: [...variants, ...record], figures };
}

function find(variants: readonly Variant[], name: string): Variant {
  const found = variants.find((variant) => variant.name === name);
  if (found === undefined) throw new Error(`not measured: ${name}`);
  return found;
}
