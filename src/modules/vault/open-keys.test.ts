import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nirKey } from './keys.ts';
import { openKeys } from './open-keys.ts';

let folder: string;
const nir = '1800175012345';

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'vigie-keys-')), 'keys');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

test('a master key is made once, readable by its owner alone', async () => {
  const first = await openKeys({ folder });
  expect((await stat(join(folder, 'master.key'))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(nirKey(await openKeys({ folder }), nir)).toEqual(nirKey(first, nir));
});

test('servers that start together agree on one key', async () => {
  const opened = await Promise.all(Array.from({ length: 8 }, () => openKeys({ folder })));
  expect(new Set(opened.map((keys) => nirKey(keys, nir).toString('hex'))).size).toBe(1);
});

test('a key that others can read is refused', async () => {
  await openKeys({ folder });
  await chmod(join(folder, 'master.key'), 0o644);
  await expect(openKeys({ folder })).rejects.toThrow(/chmod 600/);
});

test('a command prints the key, in hexadecimal or base64', async () => {
  const hex = await openKeys({ folder, command: `echo ${'ab'.repeat(32)}` });
  const base64 = await openKeys({ folder, command: `echo ${Buffer.alloc(32, 0xab).toString('base64')}` });
  expect(nirKey(hex, nir)).toEqual(nirKey(base64, nir));
});

test('a wrong command or file fails without quoting what it printed', async () => {
  for (const command of ['echo c0ffee', 'echo c0ffee; exit 1', 'true']) {
    const failure = await openKeys({ folder, command }).catch((error: unknown) => error);
    expect(String(failure)).toContain('VIGIE_MASTER_KEY_COMMAND');
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('c0ffee');
  }
  await openKeys({ folder });
  await writeFile(join(folder, 'master.key'), 'c0ffee');
  await expect(openKeys({ folder })).rejects.toThrow(/does not hold a master key/);
});
