import type { Database } from '../../../platform/database/connect.ts';
import { measureAfter } from '../../ledger/index.ts';
import { readPlaces } from './store.ts';

/** How far the guard is behind the ledger, as of its last snapshot, a few seconds ago at most. */
export type GuardLag = {
  /** Entries that it has not folded. */
  readonly behind: number;
  /** How old the oldest of these is; 0 when there is none. */
  readonly behindSeconds: number;
  /** Since when nothing was heard of it; null when it never worked here. */
  readonly quietSeconds: number | null;
};

/** Measures it. */
export async function readLag(db: Database): Promise<GuardLag> {
  const { places, quietSeconds } = await readPlaces(db);
  const { entries, oldestSeconds } = await measureAfter(db, places);
  return { behind: entries, behindSeconds: oldestSeconds, quietSeconds };
}
