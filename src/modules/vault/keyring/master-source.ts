import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { drawMasterText, type MasterKey, parseMaster } from './master-key.ts';

/** Where the master key comes from: printed by a command if there is one, else a file of the keys folder. */
export type MasterSource = { readonly folder: string; readonly command?: string | undefined };

const commandPatience = 15_000;

/** The file of the master key, and the one that takes its place at the end of a rotation. */
export function masterFiles(folder: string): { readonly current: string; readonly next: string } {
  return { current: join(folder, 'master.key'), next: join(folder, 'master.key.next') };
}

/** Makes a master key unless there is one: for a database that nothing was sealed with yet. */
export async function createMasterAtNeed({ folder, command }: MasterSource): Promise<void> {
  if (command?.trim()) return;
  const { current, next } = masterFiles(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (existsSync(current) || existsSync(next)) return;
  const unfinished = `${current}.${randomUUID()}`;
  await writeDurably(unfinished, drawMasterText());
  try {
    // A link appears whole or not at all, and never replaces a key that is there.
    await link(unfinished, current);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(unfinished);
  }
}

/**
 * The master keys there are, the likely one first: during a rotation of the file, or after one that was
 * interrupted, there are two, and what the database holds says which one it is.
 */
export async function readMasters(from: MasterSource): Promise<MasterKey[]> {
  const command = from.command?.trim();
  if (command) return [await readFromCommand(command)];
  const { current, next } = masterFiles(from.folder);
  const tried = await Promise.allSettled([readMasterFile(current), readMasterFile(next)]);
  const read = tried.flatMap((one) => (one.status === 'fulfilled' && one.value !== null ? [one.value] : []));
  if (read.length > 0) return read;
  for (const one of tried) if (one.status === 'rejected') throw one.reason;
  throw new Error(
    `There is no master key in ${from.folder}, and this database was sealed with one: put master.key back.`,
  );
}

/** The key of a file, or null when there is no such file. */
export async function readMasterFile(path: string): Promise<MasterKey | null> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) throw new Error(`${path} can be read by others: chmod 600 it`);
    const text = await readFile(path, 'utf8');
    return parseMaster(text);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    if (error instanceof Error && /chmod|EACCES/.test(error.message)) throw error;
    throw new Error(`${path} does not hold a master key: 32 bytes in hexadecimal or base64`);
  }
}

/** The key that a command prints; `name` is where the command was given. */
export async function readFromCommand(
  command: string,
  name = 'VIGIE_MASTER_KEY_COMMAND',
): Promise<MasterKey> {
  try {
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command], { timeout: commandPatience });
    return parseMaster(stdout);
  } catch {
    // The failure of a command may quote what it printed: the key must not reach a log that way.
    throw new Error(`${name} did not print 32 bytes in hexadecimal or base64`);
  }
}

/** Puts the next master key in the place of the current one, which nothing needs any more. */
export async function moveNextIntoPlace(folder: string): Promise<void> {
  const { current, next } = masterFiles(folder);
  try {
    await rename(next, current);
    await syncFolder(folder);
  } catch (error) {
    // Another process did it first, or this one may not write here: the next key is found where it is.
    if (!['ENOENT', 'EACCES', 'EPERM', 'EROFS'].some((code) => isCode(error, code))) throw error;
  }
}

/** Writes a new file that its owner alone may read; it is on the disk when this returns. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder as durable as the files. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Whether an error of the system has this code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
