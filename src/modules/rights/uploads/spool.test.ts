import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { canMount, mountDisk, unmountDisk } from '../../../../tests/simulation/small-disk.ts';
import { Failure } from '../../../platform/errors.ts';
import { Spool } from './spool.ts';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

function folderOf(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-spool-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const bytesOf = (parts: number) =>
  Readable.from(
    (function* () {
      for (let turn = 0; turn < parts; turn += 1) yield Buffer.alloc(100_000, 'x');
    })(),
  );

async function textOf(source: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

test('a file waits in a folder that is made at need, and is read as it came', async () => {
  const spool = new Spool(join(folderOf(), 'deep', 'spool'));
  const { name, key, bytes } = await spool.receive(Readable.from([Buffer.from('a;b\n'), Buffer.from('c')]));
  expect(bytes).toBe(5);
  expect(await spool.has(name)).toBe(true);
  expect(await textOf(await spool.read(name, key))).toBe('a;b\nc');
  await spool.remove(name);
  expect(await spool.has(name)).toBe(false);
});

test('a source that fails leaves nothing', async () => {
  const folder = folderOf();
  const failing = Readable.from(
    (async function* () {
      yield Buffer.alloc(500_000);
      throw new Failure('request-timeout');
    })(),
  );
  await expect(new Spool(folder).receive(failing)).rejects.toMatchObject({ code: 'request-timeout' });
  expect(readdirSync(folder)).toEqual([]);
});

test('no name leads out of the folder', async () => {
  const spool = new Spool(folderOf());
  for (const name of ['../../etc/passwd', 'a', '', '/etc/passwd']) {
    await expect(spool.read(name, Buffer.alloc(32))).rejects.toThrow('not the name');
    await expect(spool.remove(name)).rejects.toThrow('not the name');
  }
});

test('what a crash left is swept: parts, and whole files nobody waits for; nothing young', async () => {
  const folder = folderOf();
  const spool = new Spool(folder);
  const named = async () => (await spool.receive(Readable.from([Buffer.from('x')]))).name;
  const [wanted, nobodys, young] = [await named(), await named(), await named()];
  const part = `${wanted.replace(/^./, 'f')}.part`;
  writeFileSync(join(folder, part), 'half');
  writeFileSync(join(folder, 'notes.txt'), 'of somebody else');
  const old = new Date(Date.now() - 10 * 60_000);
  for (const file of [`${wanted}.sealed`, `${nobodys}.sealed`, part, 'notes.txt']) {
    utimesSync(join(folder, file), old, old);
  }
  expect(await spool.sweep(async () => new Set([wanted]))).toBe(2);
  expect(readdirSync(folder).sort()).toEqual([`${wanted}.sealed`, `${young}.sealed`, 'notes.txt'].sort());
});

test.skipIf(!canMount())(
  'a disk that fills is a failure that says so, and the file leaves it again',
  async () => {
    const folder = mountDisk('8m');
    undo.push(() => unmountDisk(folder));
    const spool = new Spool(folder);
    await expect(spool.receive(bytesOf(200))).rejects.toMatchObject({ code: 'storage-full', status: 507 });
    expect(readdirSync(folder)).toEqual([]);
    expect((await spool.receive(bytesOf(20))).bytes).toBe(2_000_000);
    // The last room of a disk is not for files: the database may be on it.
    writeFileSync(join(folder, 'filler'), Buffer.alloc(6_050_000));
    await expect(spool.receive(bytesOf(1))).rejects.toMatchObject({ code: 'storage-full' });
  },
);
