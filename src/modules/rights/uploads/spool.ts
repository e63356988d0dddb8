import { randomBytes, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Failure } from '../../../platform/errors.ts';
import { openPieces, sealInto } from './sealed-file.ts';

/** A file that arrived whole and waits, sealed. */
export type Spooled = { readonly name: string; readonly key: Buffer; readonly bytes: number };

const nameShape = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(part|sealed)$/;
const checkRoomEveryBytes = 16 * 1024 * 1024;
const roomKeptMost = 2_000_000_000;
const roomKeptShare = 0.05;
/** Files arrive faster than this, or are given up: one that stood still for longer is nobody's any more. */
const abandonedAfterMs = 2 * 60_000;

/** The folder where files wait. Names are ours and random: nothing a sender says becomes part of a path. */
export class Spool {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a file as it arrives, sealed. It is there whole when this returns; when it fails, not at all. */
  async receive(source: AsyncIterable<Buffer>): Promise<Spooled> {
    const name = randomUUID();
    const key = randomBytes(32);
    const part = this.#path(name, 'part');
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const file = await open(part, 'wx', 0o600);
      const counted = { bytes: 0 };
      try {
        await sealInto(file, key, this.#withRoom(source, counted));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, this.#path(name, 'sealed'));
      return { name, key, bytes: counted.bytes };
    } catch (error) {
      await rm(part, { force: true });
      throw isFull(error) ? new Failure('storage-full', { privateCause: error }) : error;
    }
  }

  /** Whether this folder holds a file: several servers may have folders of their own. */
  async has(name: string): Promise<boolean> {
    return stat(this.#path(name, 'sealed')).then(
      () => true,
      () => false,
    );
  }

  /** The bytes of a file, opened as they are read. */
  async read(name: string, key: Buffer): Promise<Readable> {
    const file = await open(this.#path(name, 'sealed'), 'r');
    return Readable.from(closing(file, openPieces(file, key)));
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name, 'sealed'), { force: true });
  }

  /** Removes what a crash left: files that arrived in part, and whole ones that nobody waits for. */
  async sweep(findWanted: (names: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number> {
    const entries = await readdir(this.#folder).catch(() => []);
    const old: { name: string; path: string; isPart: boolean }[] = [];
    for (const entry of entries) {
      const [, name, kind] = nameShape.exec(entry) ?? [];
      if (name === undefined) continue;
      const path = join(this.#folder, entry);
      const found = await stat(path).catch(() => null);
      if (found === null || Date.now() - found.mtimeMs < abandonedAfterMs) continue;
      old.push({ name, path, isPart: kind === 'part' });
    }
    if (old.length === 0) return 0;
    const wanted = await findWanted(old.map(({ name }) => name));
    const nobodys = old.filter(({ name, isPart }) => isPart || !wanted.has(name));
    for (const { path } of nobodys) await rm(path, { force: true });
    return nobodys.length;
  }

  #path(name: string, kind: 'part' | 'sealed'): string {
    const file = `${name}.${kind}`;
    if (!nameShape.test(file)) throw new Error('not the name of a file that waits');
    return join(this.#folder, file);
  }

  /** The database may be on the same disk: files must not take the last of its room. */
  async *#withRoom(source: AsyncIterable<Buffer>, counted: { bytes: number }): AsyncGenerator<Buffer> {
    let checkAt = 0;
    for await (const part of source) {
      if (counted.bytes >= checkAt) {
        await requireRoom(this.#folder);
        checkAt = counted.bytes + checkRoomEveryBytes;
      }
      counted.bytes += part.length;
      yield part;
    }
  }
}

async function requireRoom(folder: string): Promise<void> {
  const { bavail, blocks, bsize } = await statfs(folder);
  const kept = Math.min(roomKeptMost, roomKeptShare * blocks * bsize);
  if (bavail * bsize < kept) throw new Failure('storage-full');
}

async function* closing(file: FileHandle, pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* pieces;
  } finally {
    await file.close();
  }
}

function isFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'ENOSPC' || code === 'EDQUOT';
}
