import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import {
  type ArchiveHeader,
  BackupProblem,
  encodeFrame,
  encodeHeader,
  encodeSeal,
  type Frame,
} from './archive-format.ts';

const pieceBytes = 256 * 1024;

/** What was written. */
export type WrittenArchive = { readonly path: string; readonly bytes: number };

/** Where a backup is until it is whole. */
export function partialName(file: string): string {
  return `${file}.partial`;
}

/** Refuses a name that is taken: a backup is never written over. */
export function requireFree(file: string): void {
  if (!existsSync(file)) return;
  throw new BackupProblem(`${file} is there already: a backup is never written over. Give another name.`);
}

/** Writes a backup beside its final place, flushed; `keepArchive` gives it its name. */
export async function writeArchive(
  file: string,
  header: ArchiveHeader,
  frames: AsyncIterable<Frame>,
): Promise<WrittenArchive> {
  const path = partialName(file);
  // What an interrupted backup left: nobody else writes it, since a database has one backup at a time.
  await rm(path, { force: true });
  const target = await open(path, 'wx', 0o600);
  // The pipe itself tells only that it was stopped.
  let refused: unknown;
  try {
    const head = encodeHeader(header);
    const hash = createHash('sha256').update(head);
    let bytes = await writeAll(target, head);
    const compressed = createGzip({ level: 1, chunkSize: pieceBytes });
    await pipeline(Readable.from(encoded(frames)), compressed, async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        hash.update(piece);
        bytes += await writeAll(target, piece).catch((error: unknown) => {
          refused = error;
          throw error;
        });
      }
    });
    bytes += await writeAll(target, encodeSeal(hash, bytes));
    await target.sync();
    return { path, bytes };
  } catch (error) {
    await rm(path, { force: true });
    throw explainDisk(refused ?? error, file);
  } finally {
    await target.close();
  }
}

/** Gives a finished backup its name, durably. */
export async function keepArchive(file: string): Promise<void> {
  requireFree(file);
  await rename(partialName(file), file);
  const folder = await open(dirname(file), 'r');
  await folder.sync().finally(() => folder.close());
}

async function* encoded(frames: AsyncIterable<Frame>): AsyncGenerator<Buffer> {
  for await (const frame of frames) yield encodeFrame(frame);
}

async function writeAll(target: FileHandle, bytes: Buffer): Promise<number> {
  // A disk that fills takes a part of what it is given, and refuses the rest.
  for (let at = 0; at < bytes.length; ) at += (await target.write(bytes, at)).bytesWritten;
  return bytes.length;
}

function explainDisk(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  const said = `The disk of ${dirname(file)} is full: the unfinished backup was removed.`;
  const todo = 'The database is as it was. Free some space, or give a file on another disk.';
  return new BackupProblem(`${said} ${todo}`, { cause: error });
}
