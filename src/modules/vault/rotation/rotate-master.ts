import { open as openFile, rename, stat, unlink } from 'node:fs/promises';
import type { Database } from '../../../platform/database/connect.ts';
import { drawMasterText, type MasterKey } from '../keyring/master-key.ts';
import {
  isCode,
  type MasterSource,
  masterFiles,
  readFromCommand,
  readMasterFile,
  syncFolder,
  writeDurably,
} from '../keyring/master-source.ts';
import { type PurposeRow, raiseVersion, readPurposeRows, rewrapPurposeRows } from '../keyring/store.ts';
import { findMaster } from '../open-keys.ts';

/** Where the next master key comes from: a new file in the keys folder, or a command that prints it. */
export type NextMaster = { readonly to: 'file' } | { readonly to: 'command'; readonly command: string };

/** The places where a change of the master key can be interrupted; tests stop at each. */
export const masterPoints = ['next-written', 'committed', 'overwritten', 'moved'] as const;
export type MasterPoint = (typeof masterPoints)[number];

/** What came of it. */
export type MasterRotated = {
  readonly keys: number;
  /** Keys of before keys were drawn at random: whoever has the first master key can still make them. */
  readonly derived: readonly { readonly purpose: string; readonly generation: number }[];
};

/**
 * Wraps every key with another master key, in one transaction, and destroys the one before. Running servers
 * keep the keys they opened, which are the same. Stopped anywhere, either master key is right and is found.
 */
export async function rotateMaster(
  tools: { readonly db: Database; readonly source: MasterSource },
  next: NextMaster,
  reach: (point: MasterPoint) => void | Promise<void> = () => {},
): Promise<MasterRotated> {
  const { db, source } = tools;
  const { rows } = await readPurposeRows(db);
  const from = await findMaster(rows, source);
  const to =
    next.to === 'file' ? await writeNext(source.folder) : await readFromCommand(next.command, '--to-command');
  if (to.id.equals(from.id)) throw new Error('The command prints the master key that is used already.');
  await reach('next-written');
  await rewrapAll(db, { from, to });
  await reach('committed');
  const kept = (await readPurposeRows(db)).rows;
  prove(kept, { from, to });
  await settleFolder(source.folder, next, reach);
  const derived = kept.filter((row) => row.derived);
  return { keys: kept.length, derived };
}

async function writeNext(folder: string): Promise<MasterKey> {
  const { next } = masterFiles(folder);
  // Left by a run that was stopped before the database knew it: it opens nothing.
  await unlink(next).catch((error: unknown) => {
    if (!isCode(error, 'ENOENT')) throw error;
  });
  await writeDurably(next, drawMasterText());
  await syncFolder(folder);
  const master = await readMasterFile(next);
  if (master === null) throw new Error(`${next} went away while it was written`);
  return master;
}

async function rewrapAll(db: Database, masters: { from: MasterKey; to: MasterKey }): Promise<void> {
  await db.begin(async (tx) => {
    await tx`set local synchronous_commit = on`;
    const { rows } = await readPurposeRows(tx);
    const rewrapped = rows.map((row) => {
      const key = masters.from.unwrap(row, row.wrapped);
      const wrapped = masters.to.wrap(row, key);
      key.fill(0);
      return { purpose: row.purpose, generation: row.generation, wrapped };
    });
    const ids = { from: masters.from.id, to: masters.to.id };
    const written = await rewrapPurposeRows(tx, rewrapped, ids);
    if (written !== rows.length) throw new Error('the keys changed meanwhile: nothing was written');
    await raiseVersion(tx);
  });
}

/** Every key opens with the new master key, and none with the old one. */
function prove(rows: readonly PurposeRow[], masters: { from: MasterKey; to: MasterKey }): void {
  for (const row of rows) {
    masters.to.unwrap(row, row.wrapped).fill(0);
    try {
      masters.from.unwrap(row, row.wrapped);
    } catch {
      continue;
    }
    throw new Error('a key still opens with the old master key: the old one was kept');
  }
}

/** The old file is overwritten before its name goes to the new one, so that its bytes do not stay behind. */
async function settleFolder(
  folder: string,
  next: NextMaster,
  reach: (point: MasterPoint) => void | Promise<void>,
): Promise<void> {
  const files = masterFiles(folder);
  await overwrite(files.current);
  await reach('overwritten');
  try {
    if (next.to === 'file') await rename(files.next, files.current);
    else await unlink(files.current);
    await syncFolder(folder);
  } catch (error) {
    // A server that started meanwhile found the new key and moved it; or the old one came from a command.
    if (!isCode(error, 'ENOENT')) throw error;
  }
  await reach('moved');
}

async function overwrite(path: string): Promise<void> {
  try {
    const { size } = await stat(path);
    const file = await openFile(path, 'r+');
    try {
      await file.write(Buffer.alloc(size, '-'), 0, size, 0);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}
