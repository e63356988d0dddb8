import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { enrolInsurers } from './enrol-insurers.ts';
import { Keys, nirKey } from './keys.ts';
import { openKeys } from './open-keys.ts';

let folder: string;
let database: TestDatabase;
const nir = '1800175012345';
const hex = 'ab'.repeat(32);

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'vigie-keys-')), 'keys');
  database = await cloneDatabase();
});
afterEach(async () => {
  await database.drop();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

const open = (command?: string) => openKeys(database.server, { folder, command });

test('a master key is made once, readable by its owner alone', async () => {
  const first = await open();
  expect((await stat(join(folder, 'master.key'))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(nirKey(await open(), nir)).toEqual(nirKey(first, nir));
  expect(await readdir(folder)).toEqual(['master.key']);
});

test('servers that start together agree on one key', async () => {
  const opened = await Promise.all(Array.from({ length: 8 }, () => open()));
  expect(new Set(opened.map((keys) => nirKey(keys, nir).toString('hex'))).size).toBe(1);
});

test('two databases of one master key have nothing in common', async () => {
  const other = await cloneDatabase();
  const [one, two] = [await open(), await openKeys(other.server, { folder })];
  await other.drop();
  expect(nirKey(one, nir)).not.toEqual(nirKey(two, nir));
});

test('a key that others can read is refused', async () => {
  await open();
  await chmod(join(folder, 'master.key'), 0o644);
  await expect(open()).rejects.toThrow(/chmod 600/);
});

test('a command prints the key, in hexadecimal or base64', async () => {
  const one = await open(`echo ${hex}`);
  const two = await open(`echo ${Buffer.alloc(32, 0xab).toString('base64')}`);
  expect(nirKey(one, nir)).toEqual(nirKey(two, nir));
});

test('a wrong command or file fails without quoting what it printed', async () => {
  for (const command of ['echo c0ffee', 'echo c0ffee; exit 1', 'true']) {
    const failure = await open(command).catch((error: unknown) => error);
    expect(String(failure)).toContain('VIGIE_MASTER_KEY_COMMAND');
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('c0ffee');
  }
  await open();
  await writeFile(join(folder, 'master.key'), 'c0ffee');
  await expect(open()).rejects.toThrow(/does not hold a master key/);
});

test('another master key opens nothing, and none is made where one is missing', async () => {
  await open(`echo ${hex}`);
  await expect(open(`echo ${'cd'.repeat(32)}`)).rejects.toThrow(/not the one this database was sealed with/);
  await expect(open()).rejects.toThrow(/no master key .* put master\.key back/);
  expect(await readdir(folder).catch(() => [])).toEqual([]);
});

test('a database that is older than its keys keeps those it was sealed with', async () => {
  // What an older version did: keys derived from the master key, nothing kept but the insurers' own.
  const older = new Keys(Buffer.from(hex, 'hex'));
  const insurers = await enrolInsurers(database.server, older, [1]);
  await database.owner`update vault.keyring set derived = true`;
  const wrong = randomBytes(32).toString('hex');
  await expect(open(`echo ${wrong}`)).rejects.toThrow(/not the one/);
  const [kept] = await database.owner`select count(*)::int as count from vault.purpose_key`;
  expect(kept?.count).toBe(0);
  const keys = await open(`echo ${hex}`);
  expect(nirKey(keys, nir)).toEqual(nirKey(older, nir));
  const again = await enrolInsurers(database.server, keys, [1]);
  expect(again.get(1)?.export()).toEqual(insurers.get(1)?.export());
});

test('keys do not open at another place, and are not printed', async () => {
  const keys = await open(`echo ${hex}`);
  expect(inspect(keys, { showHidden: true, depth: null })).not.toContain(hex);
  await database.owner`
    update vault.purpose_key p set wrapped = o.wrapped from vault.purpose_key o
     where p.purpose = 'nir' and o.purpose = 'lookup'`;
  await expect(open(`echo ${hex}`)).rejects.toThrow(/not the one/);
});
