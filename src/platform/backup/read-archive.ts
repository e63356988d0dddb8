import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import {
  type ArchiveHeader,
  BackupProblem,
  damaged,
  decodeFrames,
  type Frame,
  headerBytesMax,
  magic,
  sealBytes,
  sealMark,
} from './archive-format.ts';

/** A backup whose every byte was seen to be as written. */
export type CheckedArchive = {
  readonly path: string;
  readonly header: ArchiveHeader;
  readonly bytes: number;
  /** Where the frames stand. */
  readonly from: number;
};

/** Reads a backup through once: whole, unchanged, and of a format that this version knows. */
export async function checkArchive(path: string): Promise<CheckedArchive> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new BackupProblem(`${path} cannot be read (${codeOf(error)}).`);
  });
  try {
    const { size } = await file.stat();
    const start = await readAt(file, 0, magic.length + 4);
    if (!start.subarray(0, magic.length).equals(magic)) requireFormat(start, path);
    await checkSeal(file, size);
    await checkDigest(file, path, size);
    const length = start.readUInt32BE(magic.length);
    if (length > headerBytesMax) throw damaged('its header');
    const header = JSON.parse((await readAt(file, start.length, length)).toString('utf8'));
    return { path, header, bytes: size, from: start.length + length };
  } finally {
    await file.close();
  }
}

/** The frames of a backup that was checked. */
export async function* readFrames({ path, from, bytes }: CheckedArchive): AsyncGenerator<Frame> {
  const source = createReadStream(path, {
    start: from,
    end: bytes - sealBytes - 1,
    highWaterMark: 256 * 1024,
  });
  const opened = source.pipe(createGunzip({ chunkSize: 256 * 1024 }));
  source.once('error', (error) => opened.destroy(error));
  let isEnded = false;
  try {
    for await (const frame of decodeFrames(opened)) {
      isEnded = frame.kind === 'end';
      yield frame;
    }
  } finally {
    source.destroy();
  }
  if (!isEnded) throw damaged('it has no end');
}

function requireFormat(start: Buffer, path: string): never {
  const isOurs = start.toString('latin1').startsWith('vigie backup ');
  throw new BackupProblem(
    isOurs
      ? `${path} was written by a newer version of Vigie: restore it with that version.`
      : `${path} is not a backup of Vigie.`,
  );
}

async function checkSeal(file: FileHandle, size: number): Promise<void> {
  const seal = await readAt(file, Math.max(0, size - sealBytes), sealBytes);
  const isWhole =
    seal.length === sealBytes &&
    seal.subarray(0, sealMark.length).equals(sealMark) &&
    seal.readBigUInt64BE(sealMark.length) === BigInt(size);
  if (!isWhole) throw damaged('it is cut off, or something was added');
}

async function checkDigest(file: FileHandle, path: string, size: number): Promise<void> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, {
    end: size - sealBytes - 1,
    highWaterMark: 1024 * 1024,
  })) {
    hash.update(piece);
  }
  const said = await readAt(file, size - 32, 32);
  if (!hash.digest().equals(said)) throw damaged('its bytes are not those that were written');
}

async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
