import { setTimeout as wait } from 'node:timers/promises';
import { readLag } from '../../src/modules/guard/index.ts';
import { insertSettings } from '../../src/modules/guard/settings/store.ts';
import {
  atLeast,
  atMost,
  type BenchOptions,
  type Figure,
  type Measured,
  median,
  type Variant,
} from '../figures.ts';
import { fromSession, type Load, runLoad } from '../load.ts';
import { type ServerProcess, startProcess } from '../lookup.ts';
import { type LocalCountry, settleLocalCountry } from './local-country.ts';
import { type OwnDatabase, withOwnDatabase } from './own-database.ts';
import { postgresIn, secondsOf } from './processor-time.ts';

const peopleMost = 100_000;
/** Of the same server against itself, the medians of twelve differed by up to 3 %. */
const rounds = 12;
const connectionCounts = [16, 64];

/** What the guard costs lookups: one server, its guard off and on in turn. */
export async function benchOverhead(options: BenchOptions): Promise<Measured> {
  return withOwnDatabase(1, (own) => measure(own, options), options.say);
}

/** Microseconds of processor for each lookup, of the server and of PostgreSQL. */
type Cost = { readonly server: number; readonly postgres: number };
type Costly = Load & Cost;
type Round = { readonly off: Costly; readonly on: Costly };

async function measure(own: OwnDatabase, options: BenchOptions): Promise<Measured> {
  const { seconds, say } = options;
  const country = await settleLocalCountry(own, Math.min(options.people, peopleMost), say);
  const reasonSealed = Buffer.alloc(32);
  await insertSettings(own.db, { isShadow: false, shadowDetectors: [], by: 0, reasonSealed });
  const server = await startProcess('guarded', own.serverUrl, own.keysFolder);
  try {
    await askOfEach(server, country);
    const variants: Variant[] = [];
    const figures: Figure[] = [];
    for (const connections of connectionCounts) {
      const all = await alternate(own, server, { country, connections, seconds, say });
      variants.push(...variantsOf(all, connections));
      figures.push(...figuresOf(all, connections));
    }
    const [row] = await own.owner`select count(*)::int as cases from guard.case_file`;
    return { variants, figures: [...figures, atMost('accounts contained', row?.cases, 0, '')] };
  } finally {
    server.process.kill();
  }
}

type Plan = {
  readonly country: LocalCountry;
  readonly connections: number;
  readonly seconds: number;
  say(line: string): void;
};

async function alternate(own: OwnDatabase, server: ServerProcess, plan: Plan): Promise<Round[]> {
  const { country, connections, seconds, say } = plan;
  const all: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const loads: { off?: Costly; on?: Costly } = {};
    // Now one first, now the other: what the machine does meanwhile is nobody's.
    for (const isOn of round % 2 === 0 ? [false, true] : [true, false]) {
      await turn(own, server, isOn);
      await askOfEach(server, country);
      const spent = spending(own, server);
      const load = await runLoad(server.url, fromSession(country), { connections, seconds });
      loads[isOn ? 'on' : 'off'] = { ...load, ...spent(load.served + load.unknown) };
    }
    if (loads.off === undefined || loads.on === undefined) continue;
    all.push({ off: loads.off, on: loads.on });
    const told = ({ perSecond, p95, server: ours, postgres }: Costly) =>
      [
        `${Math.round(perSecond)}/s, p95 ${p95.toFixed(1)} ms`,
        `${Math.round(ours)} + ${Math.round(postgres)} µs`,
      ].join(', ');
    say(`${connections} connections: off ${told(loads.off)}; on ${told(loads.on)}`);
  }
  return all;
}

/** A guard that has just started takes each account back once: that belongs to the start, not to lookups. */
async function askOfEach(server: ServerProcess, country: LocalCountry): Promise<void> {
  const each = { nextLookup: () => country.nextDesk(), desks: country.desks };
  await runLoad(server.url, fromSession(each), { connections: 64, amount: country.desks.length });
}

/** Counts processor time from now on. */
function spending({ dataFolder }: OwnDatabase, server: ServerProcess): (lookups: number) => Cost {
  const backends = postgresIn(dataFolder);
  const used = (pids: readonly number[]) => pids.reduce((sum, pid) => sum + secondsOf(pid), 0);
  const ours = [server.process.pid ?? 0];
  const [server0, postgres0] = [used(ours), used(backends)];
  return (lookups) => ({
    server: (1e6 * (used(ours) - server0)) / lookups,
    postgres: (1e6 * (used(backends) - postgres0)) / lookups,
  });
}

/** Starts or stops the guard of the server, and waits: what it missed is not this round's. */
async function turn({ owner, db }: OwnDatabase, server: ServerProcess, isOn: boolean): Promise<void> {
  const isHeld = async () => {
    const [row] =
      await owner`select count(*)::int as held from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`;
    return row?.held > 0;
  };
  if ((await isHeld()) !== isOn) server.process.kill('SIGUSR2');
  const isReady = async () => (await isHeld()) === isOn && (!isOn || (await readLag(db)).behind === 0);
  while (!(await isReady())) await wait(100);
  await wait(500);
}

function variantsOf(all: readonly Round[], connections: number): Variant[] {
  const loads = (['off', 'on'] as const).map((which) => {
    const runs = all.map((round) => round[which]);
    const of = (what: (load: Load) => number) => median(runs.map(what));
    return {
      name: `guard ${which}, ${connections} connections`,
      unit: '/s',
      median: of(({ perSecond }) => perSecond),
      ...{ p50: of(({ p50 }) => p50), p95: of(({ p95 }) => p95), p99: of(({ p99 }) => p99) },
      runs: runs.map(({ perSecond }) => perSecond),
    };
  });
  const costs = (['server', 'postgres'] as const).flatMap((whose) =>
    (['off', 'on'] as const).map((which) => {
      const runs = all.map((round) => round[which][whose]);
      const name = `processor of ${whose}, guard ${which}, ${connections} connections`;
      return { name, unit: 'µs a lookup', median: median(runs), runs };
    }),
  );
  return [...loads, ...costs];
}

function figuresOf(all: readonly Round[], connections: number): Figure[] {
  const ratio = (what: (load: Costly) => number) =>
    median(all.map(({ on }) => what(on))) / median(all.map(({ off }) => what(off)));
  const failed = all.reduce((sum, { on, off }) => sum + on.failed + off.failed + on.refused + off.refused, 0);
  return [
    atLeast(
      `throughput on / off, ${connections} connections`,
      ratio((load) => load.perSecond),
      0.95,
    ),
    atMost(
      `p95 on / off, ${connections} connections`,
      ratio((load) => load.p95),
      1.05,
      '×',
    ),
    atMost(
      `processor on / off, ${connections} connections`,
      ratio(({ server, postgres }) => server + postgres),
      1.05,
      '×',
    ),
    atMost(`lookups that failed or were refused, ${connections} connections`, failed, 0, ''),
  ];
}
