import type { Database } from '../../../platform/database/connect.ts';
import { type Keys, nirKey } from '../../vault/index.ts';
import { replaceHoney } from './store.ts';

/** Puts honey persons in the place of all that were there; servers know of them within a minute. */
export async function placeHoney(
  { db, keys }: { readonly db: Database; readonly keys: Keys },
  numbers: readonly string[],
): Promise<void> {
  // In the order of their names, which is that of the index and tells nothing of the numbers.
  const marks = numbers.map((nir13) => nirKey(keys, nir13)).sort((one, other) => one.compare(other));
  await db.begin((tx) => replaceHoney(tx, marks));
}
