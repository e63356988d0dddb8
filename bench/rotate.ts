import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareLedger } from '../src/modules/ledger/index.ts';
import { rotateIndexKey } from '../src/modules/rights/index.ts';
import { openKeys, type RotationProgress, rotateInsurers } from '../src/modules/vault/index.ts';
import { connect, type Database } from '../src/platform/database/connect.ts';
import { startEmbedded } from '../src/platform/database/embedded.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { loadWorld } from '../world/load-world.ts';
import { atLeast, type Measured, median } from './figures.ts';
import type { BenchOptions } from './lookup.ts';

const seed = 7;
const rounds = 3;
const usualPeople = 200_000;
const asked = 20_000;

/** How many people a second get new keys: from the first batch to the proof that the old key is unused. */
export async function benchRotate(options: BenchOptions): Promise<Measured> {
  const people = Math.min(options.people, usualPeople);
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  await chmod(folder, 0o755);
  const keysFolder = join(folder, 'keys');
  const embedded = await startEmbedded({ folder: join(folder, 'data'), keysFolder, say: options.say });
  const owner = connect(embedded.ownerUrl, { max: 2, statementTimeoutSeconds: 0 });
  const db = connect(embedded.serverUrl, { max: 4 });
  try {
    await migrate(embedded.ownerUrl, { serverPassword: embedded.serverPassword });
    await prepareLedger(owner, 1);
    const source = { folder: keysFolder };
    const keys = await openKeys(db, source);
    await loadWorld({ db, keys }, { seed, count: people });
    const counted = await count(owner);
    options.say(`${counted.people} people with ${counted.records} records and ${counted.links} lookup keys`);
    const runs: Record<'index' | 'insurer', number[]> = { index: [], insurer: [] };
    const tools = { db, keys, source, hear: sayEachSecond(options.say) };
    for (let round = 0; round < rounds; round += 1) {
      // What the round before left is cleaned up as it would be by the next day.
      await owner`vacuum analyze`;
      runs.index.push(people / (await secondsOf(() => rotateIndexKey(tools))));
      runs.insurer.push(people / (await secondsOf(() => rotateInsurers(tools))));
    }
    const names = { index: 'index key', insurer: 'insurers’ keys' };
    const kinds = ['index', 'insurer'] as const;
    return {
      variants: kinds.map((kind) => ({
        name: names[kind],
        unit: 'people/s',
        median: median(runs[kind]),
        runs: runs[kind],
      })),
      figures: kinds.map((kind) =>
        atLeast(`rotation of the ${names[kind]}`, median(runs[kind]), asked, 'people/s'),
      ),
    };
  } finally {
    await Promise.all([owner.end({ timeout: 1 }), db.end({ timeout: 1 })]);
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function count(owner: Database): Promise<{ people: number; records: number; links: number }> {
  const [row] = await owner`
    select (select count(*) from vault.person)::int as people,
           (select count(*) from vault.wrapped_key)::int as records,
           (select count(*) from vault.lookup_key)::int as links`;
  return { people: row?.people, records: row?.records, links: row?.links };
}

function sayEachSecond(say: (line: string) => void): (progress: RotationProgress) => void {
  let saidAt = performance.now();
  return ({ what, done, total }) => {
    if (performance.now() - saidAt < 1000) return;
    saidAt = performance.now();
    say(`  ${done} of ${total} ${what}`);
  };
}
