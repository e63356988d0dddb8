import type { Database } from '../../../platform/database/connect.ts';
import { countMentions, type Mentions } from '../../ledger/index.ts';
import {
  type Erased,
  erasePerson as eraseKeys,
  findSubjects,
  type Identity,
  type Keys,
  lookupKeys,
} from '../../vault/index.ts';
import { deleteSealed } from './store.ts';

/** What was destroyed, and what stays in the ledger under a name that leads to nobody. */
export type ErasedPerson = Erased & { readonly records: number; readonly remains: Mentions };

/**
 * Destroys a person: what insurers say of them, the keys that opened it, and what led to them. All of it goes
 * in one transaction. Null when nobody is found. The caller holds the lock of the keys, so that no import
 * writes.
 */
export async function erasePerson(
  tools: { readonly db: Database; readonly keys: Keys },
  identity: Identity,
  because: string,
): Promise<ErasedPerson | null> {
  const [found] = await findSubjects(tools.db, [lookupKeys(tools.keys, identity)]);
  if (!found) return null;
  const { subject } = found;
  const erased = await tools.db.begin(async (tx) => {
    const records = await deleteSealed(tx, subject);
    return { records, ...(await eraseKeys(tx, subject, because)) };
  });
  return { ...erased, remains: await countMentions(tools.db, subject) };
}
