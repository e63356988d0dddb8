import { createHash } from 'node:crypto';
import { connect, type Database } from '../database/connect.ts';
import { readApplied } from '../database/migrate.ts';
import { assert } from '../errors.ts';
import type { ArchivedLane, ArchiveHeader, Frame } from './archive-format.ts';
import { orderTables } from './order-tables.ts';
import { RowCounter } from './row-counter.ts';
import * as store from './store.ts';
import { type WrittenArchive, writeArchive } from './write-archive.ts';

const pieceBytes = 256 * 1024;

/** What was read into a backup. */
export type Dumped = WrittenArchive & { readonly header: ArchiveHeader; readonly rows: bigint };

/** Reads a whole database, as it is at one instant, into a file; whoever works on it goes on. */
export async function dumpDatabase(
  ownerUrl: string,
  file: string,
  use: {
    /** How far the ledger is, seen in the same instant. */
    readLanes(db: Database): Promise<ArchivedLane[]>;
    said(rows: bigint): void;
  },
): Promise<Dumped> {
  // One connection: its transaction is the instant.
  const db = connect(ownerUrl, { max: 1, applicationName: 'vigie backup', statementTimeoutSeconds: 0 });
  try {
    await store.beginSnapshot(db);
    const tables = orderTables(await store.listTables(db), await store.listReferences(db));
    const header: ArchiveHeader = {
      format: 1,
      madeAt: new Date().toISOString(),
      postgres: await store.readVersion(db),
      migrations: await readApplied(db),
      lanes: await use.readLanes(db),
      partitions: await store.listPartitions(db),
      sequences: await store.readSequences(db),
      tables: tables.map(({ schema, name, columns }) => ({ schema, name, columns })),
    };
    let rows = 0n;
    const said = (more: bigint) => {
      rows += more;
      use.said(rows);
    };
    const written = await writeArchive(file, header, framesOf(db, tables, said));
    return { ...written, header, rows };
  } finally {
    // A copy that was stopped half-way blocks its connection: it is cut.
    await db.end({ timeout: 1 });
  }
}

async function* framesOf(
  db: Database,
  tables: readonly store.CatalogueTable[],
  said: (rows: bigint) => void,
): AsyncGenerator<Frame> {
  for (const [place, table] of tables.entries()) {
    yield { kind: 'table', table: place };
    const counter = new RowCounter();
    const hash = createHash('sha256');
    for await (const bytes of inPieces(store.readRows(db, table))) {
      counter.add(bytes);
      hash.update(bytes);
      yield { kind: 'rows', bytes };
    }
    assert(counter.isWhole, 'a table is read to its end');
    const { rows, content } = await store.readContent(db, table);
    assert(rows === String(counter.rows), 'one instant shows as many rows twice');
    said(BigInt(rows));
    yield { kind: 'totals', totals: { rows, content, sha256: hash.digest('hex') } };
  }
  yield { kind: 'end' };
}

/** PostgreSQL sends a row at a time; larger pieces are cheaper for everything after. */
async function* inPieces(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const bytes of stream) {
    held.push(bytes);
    size += bytes.length;
    if (size < pieceBytes) continue;
    yield Buffer.concat(held, size);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held, size);
}
