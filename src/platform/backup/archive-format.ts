import type { createHash } from 'node:crypto';

/**
 * A backup file: magic, the length of the header, the header (JSON), frames (gzip), seal. The seal is a mark,
 * the file's whole length and the SHA-256 of all that stands before: a cut or changed file is seen before it
 * is used.
 */
export const magic = Buffer.from('vigie backup 1\n\0', 'latin1');
export const sealMark = Buffer.from('vigieend', 'latin1');
export const sealBytes = sealMark.length + 8 + 32;
export const headerBytesMax = 64 * 1024 * 1024;

/** A table of the backup, in the order in which it can be loaded: what is referred to comes first. */
export type TableName = { readonly schema: string; readonly name: string };
export type ArchivedTable = TableName & { readonly columns: readonly string[] };

/** A part of a partitioned table; they follow the calendar, so migrations alone do not make them. */
export type ArchivedPartition = TableName & {
  readonly parent: TableName;
  readonly bound: string;
  readonly grants: readonly string[];
};

export type ArchivedSequence = TableName & { readonly value: string; readonly isCalled: boolean };

/** How far a lane of the ledger was: so many entries, numbered from 0. */
export type ArchivedLane = { readonly lane: number; readonly entries: string };

/** What a backup says of itself before its rows. */
export type ArchiveHeader = {
  readonly format: 1;
  readonly madeAt: string;
  /** The version of PostgreSQL it was read from, as 180004. */
  readonly postgres: number;
  readonly migrations: readonly { readonly number: number; readonly name: string; readonly digest: string }[];
  readonly lanes: readonly ArchivedLane[];
  readonly partitions: readonly ArchivedPartition[];
  readonly sequences: readonly ArchivedSequence[];
  readonly tables: readonly ArchivedTable[];
};

/** What is known of a table once all its rows were read. */
export type TableTotals = {
  readonly rows: string;
  /** Of the rows as they stand in the file. */
  readonly sha256: string;
  /** Of the rows in any order, as PostgreSQL computes it: the same after a restore into the same version. */
  readonly content: string;
};

/** One piece between header and seal. */
export type Frame =
  | { readonly kind: 'table'; readonly table: number }
  | { readonly kind: 'rows'; readonly bytes: Buffer }
  | { readonly kind: 'totals'; readonly totals: TableTotals }
  | { readonly kind: 'end' };

const kinds = { table: 1, rows: 2, totals: 3, end: 4 } as const;

/** A backup that cannot be used, with what to do. */
export class BackupProblem extends Error {}

/** The bytes of a frame: its kind, its length, and what it holds. */
export function encodeFrame(frame: Frame): Buffer {
  const payload =
    frame.kind === 'rows'
      ? frame.bytes
      : Buffer.from(
          JSON.stringify(
            frame.kind === 'table' ? frame.table : frame.kind === 'totals' ? frame.totals : null,
          ),
        );
  const head = Buffer.alloc(5);
  head.writeUInt8(kinds[frame.kind], 0);
  head.writeUInt32BE(payload.length, 1);
  return Buffer.concat([head, payload]);
}

/** Reads frames from pieces of any size. */
export async function* decodeFrames(pieces: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let at = 0;
    while (rest.length - at >= 5) {
      const end = at + 5 + rest.readUInt32BE(at + 1);
      if (end > rest.length) break;
      yield decodeFrame(rest.readUInt8(at), rest.subarray(at + 5, end));
      at = end;
    }
    rest = rest.subarray(at);
  }
  if (rest.length > 0) throw damaged('a piece is not whole');
}

/** Magic, header length and header. */
export function encodeHeader(header: ArchiveHeader): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([magic, length, text]);
}

/** The end of a file whose bytes before were hashed and counted. */
export function encodeSeal(hash: ReturnType<typeof createHash>, bytesBefore: number): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(bytesBefore + sealBytes));
  return Buffer.concat([sealMark, length, hash.digest()]);
}

/** What is said of a file that is not what was written. */
export function damaged(what: string): BackupProblem {
  return new BackupProblem(
    `This backup is damaged (${what}): nothing was restored from it. Copy it again from where it is kept, ` +
      'or take an older one.',
  );
}

function decodeFrame(kind: number, payload: Buffer): Frame {
  if (kind === kinds.rows) return { kind: 'rows', bytes: payload };
  if (kind === kinds.table) return { kind: 'table', table: JSON.parse(payload.toString()) };
  if (kind === kinds.totals) return { kind: 'totals', totals: JSON.parse(payload.toString()) };
  if (kind === kinds.end) return { kind: 'end' };
  throw damaged('a piece of an unknown kind');
}
