import type { Database } from '../../../platform/database/connect.ts';
import { type CopiedRecord, type IndexRotated, type RotationTools, rotateIndex } from '../../vault/index.ts';
import { field } from '../fields.ts';
import { removeHoney } from '../noticing/store.ts';
import { readIdentity } from '../people/person-record.ts';
import { readSealedAfter } from './store.ts';

const recordsAtOnce = 4_000;

/**
 * Changes the key that people are found by; the numbers that lead to them are in their sealed records. Honey
 * persons have no record, and go: their marks would stay, and nothing would meet them.
 */
export async function rotateIndexKey(tools: RotationTools): Promise<IndexRotated> {
  const numbers = { field: field.identity, parse: readIdentity };
  return rotateIndex(tools, { read: readWhole, ...numbers, forget: removeHoney });
}

/** The next records, every one of each person: the last person is left for the next time if cut. */
async function readWhole(db: Database, after: Buffer): Promise<readonly CopiedRecord[]> {
  for (let limit = recordsAtOnce; ; limit *= 2) {
    const rows = await readSealedAfter(db, after, limit);
    if (rows.length < limit) return rows;
    const last = rows.at(-1)?.id ?? after;
    const cut = rows.findIndex((row) => row.id.equals(last));
    if (cut > 0) return rows.slice(0, cut);
  }
}
