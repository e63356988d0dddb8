import { createHash } from 'node:crypto';
import { connectForBulk } from '../database/bulk-connect.ts';
import { connect, type Database } from '../database/connect.ts';
import { type ArchivedPartition, damaged, type Frame, type TableTotals } from './archive-format.ts';
import { type CheckedArchive, readFrames } from './read-archive.ts';
import * as store from './store.ts';

/** Bounds as PostgreSQL prints them for months and days: nothing else is put into a statement. */
const knownBound = /^(DEFAULT|FOR VALUES FROM \('[-0-9:+ .]+'\) TO \('[-0-9:+ .]+'\))$/;

/** Fills a database, migrated as the backup was and used by nobody, and compares every table with it. */
export async function loadDatabase(
  ownerUrl: string,
  archive: CheckedArchive,
  said: (rows: bigint) => void = () => {},
): Promise<{ rows: bigint }> {
  const usual = connect(ownerUrl, { max: 1, applicationName: 'vigie restore', statementTimeoutSeconds: 0 });
  const db = connectForBulk(usual, 1);
  try {
    await store.beginLoad(db);
    await makePartitions(db, archive.header.partitions);
    const tables = await matchTables(db, archive);
    await store.emptyTables(db, tables);
    const rows = await loadTables(db, archive, { tables, said });
    for (const sequence of archive.header.sequences) await store.setSequence(db, sequence);
    await store.analyze(db);
    return { rows };
  } finally {
    await Promise.all([db.end({ timeout: 1 }), usual.end({ timeout: 1 })]);
  }
}

async function makePartitions(db: Database, partitions: readonly ArchivedPartition[]): Promise<void> {
  for (const part of partitions) {
    if (!knownBound.test(part.bound)) throw damaged(`the bounds of ${part.name}`);
    await store.createPartition(db, part);
  }
}

/** The tables here for those of the backup: the same names, and the columns that the backup has. */
async function matchTables(db: Database, { header }: CheckedArchive): Promise<store.CatalogueTable[]> {
  const there = await store.listTables(db);
  return header.tables.map((asked) => {
    const found = there.find(({ schema, name }) => schema === asked.schema && name === asked.name);
    const isSame = found !== undefined && found.columns.toSorted().join() === asked.columns.toSorted().join();
    if (!isSame) {
      throw new Error(
        `The backup’s table ${asked.schema}.${asked.name} is not as its migrations make it: somebody ` +
          'changed the database by hand before. Put the table back as it was made, and make a new backup.',
      );
    }
    const hashed = asked.columns.map((column) => found.hashed[found.columns.indexOf(column)] ?? '');
    return { ...asked, hashed };
  });
}

type Loading = { readonly tables: readonly store.CatalogueTable[]; said(rows: bigint): void };

async function loadTables(db: Database, archive: CheckedArchive, { tables, said }: Loading): Promise<bigint> {
  const isSameVersion =
    Math.floor((await store.readVersion(db)) / 10000) === Math.floor(archive.header.postgres / 10000);
  const frames = readFrames(archive);
  let rows = 0n;
  for (let frame = await frames.next(); !frame.done; frame = await frames.next()) {
    if (frame.value.kind === 'end') continue;
    const table = frame.value.kind === 'table' ? tables[frame.value.table] : undefined;
    if (table === undefined) throw damaged('rows of no table');
    const { pieces, totals } = rowsOf(frames);
    await store.writeRows(db, table, pieces);
    const { rows: wanted, content } = await totals;
    const loaded = await store.readContent(db, table);
    // Another version of PostgreSQL may hash differently; the rows are counted all the same.
    if (loaded.rows !== wanted || (isSameVersion && loaded.content !== content)) {
      throw new Error(
        `${store.nameOf(table)} is not what the backup holds (${loaded.rows} rows of ${wanted}): nothing ` +
          'was replaced. Try again; if it comes back, keep the file and take an older backup.',
      );
    }
    rows += BigInt(wanted);
    said(rows);
  }
  return rows;
}

/** The rows of one table, checked against its digest, and what is said of them at their end. */
function rowsOf(frames: AsyncGenerator<Frame>): {
  pieces: AsyncGenerator<Buffer>;
  totals: Promise<TableTotals>;
} {
  let resolve: (totals: TableTotals) => void = () => {};
  const totals = new Promise<TableTotals>((told) => {
    resolve = told;
  });
  async function* pieces(): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    for (;;) {
      const { value } = await frames.next();
      if (value?.kind === 'rows') {
        hash.update(value.bytes);
        yield value.bytes;
      } else if (value?.kind === 'totals') {
        if (hash.digest('hex') !== value.totals.sha256) throw damaged('the digest of a table');
        return resolve(value.totals);
      } else {
        throw damaged('a table without an end');
      }
    }
  }
  return { pieces: pieces(), totals };
}
