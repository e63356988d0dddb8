import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addInsurers } from '../../src/modules/rights/store.ts';
import { processEnvironment } from '../../src/platform/config.ts';
import { Random } from '../../world/random.ts';
import { type BesideDatabase, besideDatabase } from '../beside-database.ts';
import { fileOf, type Line, nirOf, ponant } from '../importing.ts';

/** Another one each time; a failure names it, and it can be written here. */
const seed = Date.now() % 1_000_000;
const kills = 12;
const people = 40_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

let beside: BesideDatabase;

beforeAll(async () => {
  beside = await besideDatabase();
  await addInsurers(beside.owner, [ponant]);
});
afterAll(() => beside.drop());

/** So many people with three lines each; one in three is told of otherwise in the second version. */
function crowd(count: number, version: 1 | 2): Line[] {
  return Array.from({ length: count }, (_, index) => {
    const digits = String(index + 1).padStart(5, '0');
    const nir = nirOf(`16001750${digits}`);
    const own = { nir, memberNumber: `M${index}`, contractNumber: `C${index}`, sex: '1', firstName: 'Paul' };
    const level = version === 2 && index % 3 === 0 ? '65%' : '100%';
    return ['PHAR', 'LABO', 'OPTI'].map((domain) => ({ ...own, domain, level }));
  }).flat();
}

test('killed twenty times: nobody by half, nobody lost, and read again, all of it goes in', async () => {
  const random = new Random(seed);
  const before = beside.file('before.csv', fileOf(crowd(5_000, 1)));
  const words = (path: string) => ['import', 'people', path, '--insurer', ponant.amcCode];
  expect((await beside.run(...words(before))).code).toBe(0);
  const after = beside.file('after.csv', fileOf(crowd(people, 2).toReversed()));
  const found: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const child = spawnVigie(kill, [...words(after), '--full']);
    const gone = once(child, 'exit');
    await untilRunning(kill + 1, child);
    // Before its first batch, or once one more of them is in; how long that takes is the machine's affair.
    if (kill % 2 === 1) await untilMore(found.at(-1) ?? 0, child);
    await sleep(random.between(0, 300));
    child.kill('SIGKILL');
    await gone;
    await untilUnlocked();
    found.push(await countWhole());
  }
  const { code, out } = await beside.run(...words(after), '--full', '--json');
  expect([seed, code]).toEqual([seed, 0]);
  expect(JSON.parse(out)).toMatchObject({ people, rejected: 0, closed: 0 });
  expect(await countWhole()).toBe(people);
  const again = await beside.run(...words(after), '--full', '--json');
  expect(JSON.parse(again.out)).toMatchObject({ added: 0, changed: 0, unchanged: people });
  // It was killed while it worked, not always before or after.
  expect(
    found.some((count) => count > 5_000 && count < people),
    found.join(', '),
  ).toBe(true);
}, 300_000);

test('two imports of one insurer at once: one works, the other says so and changes nothing', async () => {
  const path = beside.file('twice.csv', fileOf(crowd(5_000, 2)));
  const words = ['import', 'people', path, '--insurer', ponant.amcCode];
  const ended = await Promise.all([beside.run(...words), beside.run(...words)]);
  expect(ended.map(({ code }) => code).sort()).toEqual([0, 1]);
  expect(ended.map(({ err }) => err).join()).toContain('Another import');
  expect(await countWhole()).toBe(people);
}, 120_000);

/** How many people there are; fails when one of them is not whole. */
async function countWhole(): Promise<number> {
  const [row] = await beside.owner<{ whole: number; odd: number }[]>`
    select count(*)::int as whole, (count(*) filter (
      where s is null or p is null or w is null or l is null or octet_length(s.ciphertext) < 200))::int as odd
    from rights.sealed s
    full join vault.person p using (subject)
    full join vault.wrapped_key w using (subject)
    full join vault.lookup_key l using (subject)`;
  expect([seed, row?.odd]).toEqual([seed, 0]);
  return row?.whole ?? 0;
}

/** The first as users start it; the others from the tests' bundle, which is sooner at its work. */
function spawnVigie(kill: number, words: readonly string[]): ChildProcess {
  const { PATH } = processEnvironment();
  const env = { PATH, ...beside.env };
  const program = kill === 0 ? 'bin/vigie.js' : inject('programs')['src/cli/main.ts'];
  return spawn(process.execPath, [program, ...words], { cwd: root, env, stdio: 'ignore' });
}

async function untilRunning(before: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + 30_000;
  while (performance.now() < until && child.exitCode === null) {
    const [row] = await beside.owner`select count(*)::int as imports from rights.import`;
    if (row?.imports > before) return;
    await sleep(5);
  }
}

async function untilMore(than: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + 30_000;
  while (performance.now() < until && child.exitCode === null) {
    const [row] = await beside.owner`select count(*)::int as people from vault.person`;
    if (row?.people > than) return;
    await sleep(5);
  }
}

/** The database notices that a process died a moment later than we do. */
async function untilUnlocked(): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const [row] = await beside.owner`
      select count(*)::int as held from pg_locks l join pg_database d on d.oid = l.database
       where l.locktype = 'advisory' and d.datname = current_database()`;
    if (row?.held === 0) return;
    await sleep(10);
  }
}
