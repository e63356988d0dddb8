import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import { type CausedCaseRow, findCaseRow } from './store.ts';

/** A case by its number; `not-found` when there is none. */
export async function findCase(db: Database, id: string): Promise<CausedCaseRow> {
  const row = await findCaseRow(db, id);
  if (row === undefined) throw new Failure('not-found');
  return row;
}
