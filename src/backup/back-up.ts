import { readLanes } from '../modules/ledger/index.ts';
import { dumpDatabase } from '../platform/backup/dump-database.ts';
import { checkArchive } from '../platform/backup/read-archive.ts';
import { keepArchive, requireFree } from '../platform/backup/write-archive.ts';
import type { Database } from '../platform/database/connect.ts';
import {
  besideDatabases,
  databaseName,
  dropDatabase,
  holdName,
} from '../platform/database/other-databases.ts';
import { buildDatabase, dropLeftOver, namesBeside, type Said, sayNowAndThen } from './build-database.ts';
import { explainTrouble } from './explain-trouble.ts';

/** What a backup holds. */
export type BackedUp = {
  readonly file: string;
  readonly bytes: number;
  readonly tables: number;
  readonly rows: bigint;
  readonly lanes: readonly { readonly lane: number; readonly entries: string }[];
  readonly isTried: boolean;
};

/**
 * Writes a database to a file, as it is at one instant, and restores that file into a database of its own
 * to see that it can be: the file has its name only afterwards.
 */
export async function backUp(
  ownerUrl: string,
  file: string,
  use: { readonly isTried: boolean; readonly say: Said },
): Promise<BackedUp> {
  requireFree(file);
  return besideDatabases(ownerUrl, async (outside) => {
    const held = await holdName(outside, databaseName(ownerUrl));
    try {
      await dropLeftOver(outside, databaseName(ownerUrl));
      const { path, bytes, rows, header } = await dumpDatabase(ownerUrl, file, {
        readLanes: async (db) =>
          (await readLanes(db)).map(({ lane, entries }) => ({ lane, entries: String(entries) })),
        said: sayNowAndThen(use.say, 'rows are read'),
      });
      if (use.isTried) await tryOut(outside, ownerUrl, { path, say: use.say });
      await keepArchive(file);
      const { tables, lanes } = header;
      return { file, bytes, rows, tables: tables.length, lanes, isTried: use.isTried };
    } finally {
      await held.release();
    }
  }).catch((error: unknown) => {
    throw explainTrouble(error);
  });
}

/** Restores a file into a database that is dropped afterwards; how many rows it holds. */
export async function tryOut(
  outside: Database,
  ownerUrl: string,
  use: { readonly path: string; readonly say: Said },
): Promise<bigint> {
  const name = namesBeside(databaseName(ownerUrl)).scratch;
  const archive = await checkArchive(use.path);
  use.say(`Trying the backup: it is restored into ${name}, compared, and dropped …`);
  try {
    return (await buildDatabase(outside, ownerUrl, { name, archive, say: use.say })).rows;
  } finally {
    // What cannot be dropped now is dropped by the next one.
    await dropDatabase(outside, name).catch(() => {});
  }
}
