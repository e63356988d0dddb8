import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Keys } from './keys.ts';

const commandPatience = 15_000;

/**
 * Opens the master key: printed by a command if there is one, else a file of the keys folder, made at
 * need.
 */
export async function openKeys(from: { folder: string; command?: string | undefined }): Promise<Keys> {
  const command = from.command?.trim();
  const master = command ? await readFromCommand(command) : await readFromFolder(from.folder);
  const keys = new Keys(master);
  master.fill(0);
  return keys;
}

async function readFromCommand(command: string): Promise<Buffer> {
  try {
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command], { timeout: commandPatience });
    return decode(stdout);
  } catch {
    // The failure of a command may quote what it printed: the key must not reach a log that way.
    throw new Error('VIGIE_MASTER_KEY_COMMAND did not print 32 bytes in hexadecimal or base64');
  }
}

async function readFromFolder(folder: string): Promise<Buffer> {
  const path = join(folder, 'master.key');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await createAtNeed(path);
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) throw new Error(`${path} can be read by others: chmod 600 it`);
  try {
    return decode(await readFile(path, 'utf8'));
  } catch {
    throw new Error(`${path} does not hold a master key: 32 bytes in hexadecimal or base64`);
  }
}

async function createAtNeed(path: string): Promise<void> {
  if (existsSync(path)) return;
  const unfinished = `${path}.${randomUUID()}`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // A link appears whole or not at all, and never replaces a key that is there.
    await link(unfinished, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(unfinished);
  }
}

function decode(text: string): Buffer {
  const trimmed = text.trim();
  const bytes = /^[0-9a-fA-F]{64}$/.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : Buffer.from(trimmed, /[-_]/.test(trimmed) ? 'base64url' : 'base64');
  if (bytes.length !== 32) throw new Error('not 32 bytes');
  return bytes;
}
