import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { luhnDigit } from '../../src/modules/rights/index.ts';
import { processEnvironment } from '../../src/platform/config.ts';
import { loadWorld } from '../../world/load-world.ts';
import { type DemoPerson, people } from '../../world/people.ts';
import { Random } from '../../world/random.ts';
import { type BesideDatabase, besideDatabase } from '../beside-database.ts';
import { directoryFile } from '../directory-file.ts';

/** Another one each time; a failure names it, and it can be written here. */
const seed = Date.now() % 1_000_000;
const killsEach = 6;
const day = '2026-06-15';
const professionals = 12_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

let beside: BesideDatabase;
let everyone: DemoPerson[];

beforeAll(async () => {
  beside = await besideDatabase();
  await loadWorld({ db: beside.owner, keys: beside.keys }, { seed: 5, count: 2000, day });
  everyone = [...people(5, 2000, day)];
});
afterAll(() => beside.drop());

const withLuhn = (digits: string) => digits + luhnDigit(digits);

test('professionals, killed again and again: no account twice, none that nobody knows', async () => {
  const lines = Array.from({ length: professionals }, (_, n) => ({
    rpps: withLuhn(`1${String(n).padStart(9, '0')}`),
    finess: withLuhn(`69${String(Math.floor(n / 4)).padStart(6, '0')}`),
  }));
  const path = beside.file('staff.txt', directoryFile(lines));
  const atKill = await killOften('professionals', path, {
    count: () => counted('access.account'),
    total: professionals,
  });
  const { code, out } = await beside.run('import', 'professionals', path, '--json');
  expect([seed, code]).toEqual([seed, 0]);
  expect(JSON.parse(out)).toMatchObject({ lines: professionals, rejected: 0 });
  expect([await counted('access.account'), await counted('access.organisation')]).toEqual([
    ...[professionals, professionals / 4],
  ]);
  // The ledger has an account for each, and an entry for each: never one without the other.
  expect([await counted('ledger.account'), await counted('ledger.entry')]).toEqual([
    ...[professionals, professionals],
  ]);
  expect(atKill.filter((count) => count > 0 && count < professionals).length).toBeGreaterThan(1);
}, 240_000);

test('relations, killed again and again: each person once, and entries that count them', async () => {
  const accounts = await beside.owner`select id from access.account order by id limit 50`;
  const lines = everyone.slice(0, 1500).flatMap(({ nir, birthDate, birthRank }) =>
    accounts.slice(0, 25).map(({ id }) => {
      const date = birthDate.replace(/(....)(..)(..)/, '$1-$2-$3');
      return `${id};${nir};${date};${birthRank}`;
    }),
  );
  const path = beside.file('relations.csv', ['account;nir;birthDate;birthRank', ...lines, ''].join('\n'));
  const atKill = await killOften('relations', path, {
    count: () => counted('ledger.pair'),
    total: lines.length,
  });
  const { code } = await beside.run('import', 'relations', path);
  expect([seed, code]).toEqual([seed, 0]);
  expect(await counted('ledger.pair')).toBe(lines.length);
  const [entries] = await beside.owner`select sum(count)::int as people from ledger.entry where kind = 6`;
  expect(entries?.people).toBe(lines.length);
  expect(atKill.filter((count) => count > 0 && count < lines.length).length).toBeGreaterThan(1);
}, 240_000);

test('what was killed is marked so, once the next import of its kind ran', async () => {
  const rows = await beside.owner`select distinct state from rights.import order by state`;
  expect(rows.map(({ state }) => state)).toEqual(['done', 'interrupted']);
});

/** Starts the import in a process of its own and kills it while it works; how much was there each time. */
async function killOften(
  kind: string,
  path: string,
  { count, total }: { count: () => Promise<number>; total: number },
): Promise<readonly number[]> {
  const random = new Random(seed, 0x6b696c, kind.length);
  const found: number[] = [];
  for (let kill = 0; kill < killsEach; kill += 1) {
    const child = spawnImport(kind, path);
    const gone = once(child, 'exit');
    // From the moment it works on the database: starting a process takes longer than the import itself.
    await untilRunning(kind, kill, child);
    // A little further each time, at once or after a part of a batch more.
    const enough = (found.at(-1) ?? 0) + random.between(0, Math.floor(total / killsEach));
    while (child.exitCode === null && (await count()) < enough) await sleep(2);
    await sleep(random.between(0, 20));
    child.kill('SIGKILL');
    await gone;
    await untilUnlocked();
    found.push(await count());
  }
  return found;
}

function spawnImport(kind: string, path: string): ChildProcess {
  const { PATH } = processEnvironment();
  const argv = [inject('programs')['src/cli/main.ts'], 'import', kind, path];
  return spawn(process.execPath, argv, { cwd: root, env: { PATH, ...beside.env }, stdio: 'ignore' });
}

async function untilRunning(kind: string, before: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + 20_000;
  while (performance.now() < until && child.exitCode === null) {
    const [row] = await beside.owner`
      select count(*)::int as imports from rights.import where kind = ${kind}`;
    if (row?.imports > before) return;
    await sleep(5);
  }
  throw new Error(`the import of ${kind} did not start (seed ${seed})`);
}

/** The lock of a killed process goes with its connection, which PostgreSQL notices a moment later. */
async function untilUnlocked(): Promise<void> {
  const until = performance.now() + 20_000;
  while (performance.now() < until) {
    const [row] = await beside.owner`
      select count(*)::int as others from pg_stat_activity
       where datname = current_database() and application_name in ('vigie lock', 'vigie command')`;
    if (row?.others === 0) return;
    await sleep(10);
  }
  throw new Error('a killed import still holds its connections');
}

async function counted(table: string): Promise<number> {
  const [row] = await beside.owner`select count(*)::int as rows from ${beside.owner(table)}`;
  return row?.rows;
}
