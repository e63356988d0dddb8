import type { AccountTools } from '../../access/index.ts';
import { enrolInsurers } from '../../vault/index.ts';
import { isSameInsurer, type ListedInsurer, readInsurerRow } from './insurer-row.ts';
import type { ImportCounts } from './keep-import.ts';
import type { FileRow } from './list-professionals.ts';
import * as store from './store.ts';

/** What an import of rows works with; the frame of the command gives it. */
export type RowImport = Pick<AccountTools, 'db' | 'keys' | 'ledger'> & {
  readonly dryRun: boolean;
  readonly counts: ImportCounts;
  reject(row: { line: number; column: string | null; value: string; reason: string }): void;
};

/**
 * Takes over a list of insurers: new ones get the next number and a key, known ones their new name and types
 * of convention. None is removed: people's records name them.
 */
export async function importInsurers(
  tools: RowImport,
  batches: AsyncIterable<readonly FileRow[]>,
): Promise<void> {
  const { db, keys, counts, dryRun } = tools;
  const known = new Map((await store.readListedInsurers(db)).map((each) => [each.amcCode, each]));
  const listed = new Map<string, ListedInsurer>();
  for await (const batch of batches) {
    const changed: ListedInsurer[] = [];
    for (const { line, values } of batch) {
      const row = readInsurerRow(values);
      if ('problem' in row) {
        tools.reject({ line, column: row.column, value: row.value, reason: row.problem });
        continue;
      }
      const before = listed.get(row.amcCode);
      if (before !== undefined) {
        // The first line of a number holds: else the last would change it back at each import.
        if (isSameInsurer(before, row)) counts.unchanged += 1;
        else tools.reject({ line, column: 'amcCode', value: row.amcCode, reason: 'listed-twice' });
        continue;
      }
      listed.set(row.amcCode, row);
      const there = known.get(row.amcCode);
      if (there === undefined) counts.added += 1;
      else if (isSameInsurer(there, row)) counts.unchanged += 1;
      else counts.changed += 1;
      if (there === undefined || !isSameInsurer(there, row)) changed.push(row);
    }
    if (!dryRun && changed.length > 0) await store.writeListedInsurers(db, changed);
  }
  if (dryRun) return;
  // All of them: an import that was killed may have left some without a key.
  await enrolInsurers(db, keys, await store.readInsurerNumbers(db));
}
