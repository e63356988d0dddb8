import type { Database } from './connect.ts';

const headerLength = 19;

/** One row of a binary COPY: its columns as the bytes they came in, null where there is none. */
export type CopiedRow = readonly (Buffer | null)[];

/**
 * Reads rows in PostgreSQL's binary COPY format: bytes come as bytes, without a copy of each or a detour by
 * text. The statement takes no parameters: its author writes numbers and checked ids into it.
 */
export async function readCopied(db: Database, copy: string): Promise<CopiedRow[]> {
  const stream = await db.unsafe(copy).readable();
  const pieces: Buffer[] = [];
  await new Promise<void>((done, failed) => {
    // Flowing: a row is handed on as it arrives, and the connection is not stopped and started for each.
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    stream.on('end', done);
    stream.on('error', failed);
    stream.on('close', () => failed(new Error('the rows did not arrive whole')));
  });
  // The driver forgets a connection that it stopped when the stream ends meanwhile: this makes it go on.
  stream._read(0);
  const bytes = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  const rows: CopiedRow[] = [];
  let at = headerLength;
  for (;;) {
    const columns = bytes.readInt16BE(at);
    at += 2;
    if (columns < 0) return rows;
    const row: (Buffer | null)[] = [];
    for (let column = 0; column < columns; column += 1) {
      const length = bytes.readInt32BE(at);
      at += 4;
      row.push(length < 0 ? null : bytes.subarray(at, at + Math.max(0, length)));
      at += Math.max(0, length);
    }
    rows.push(row);
  }
}

/** The text of a uuid that came as its 16 bytes. */
export function uuidText(id: Buffer): string {
  const hex = id.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join('-');
}

/** A uuid's bytes as they stand in a statement: they were bytes before, so nothing else can come in. */
export function uuidLiteral(id: Buffer): string {
  return `'${uuidText(id)}'::uuid`;
}
