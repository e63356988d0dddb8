import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import { gather } from '../../platform/threads/gather.ts';
import { type FoundSubject, findSubjects, type SealedFacts } from '../vault/index.ts';
import { readSealed } from './store.ts';

/** A person as the database knows them: a subject, keys that open nothing by themselves, sealed facts. */
export type SealedRecord = { readonly found: FoundSubject; readonly sealed: readonly SealedFacts[] };

/** Reads one person by the lookup keys they may be found by; many callers share one query. */
export type ReadPerson = (lookupKeys: readonly Buffer[]) => Promise<SealedRecord | null>;

const batchMax = 256;
/** Read in the place of unknown people, so that an unknown person costs the same queries as a known one. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Reads in batches: what arrived while a read was running becomes the next read. */
export function createReadPerson(db: Database): ReadPerson {
  return gather((keys: readonly (readonly Buffer[])[]) => readBatch(db, keys), batchMax);
}

async function readBatch(
  db: Database,
  keys: readonly (readonly Buffer[])[],
): Promise<(SealedRecord | null)[]> {
  try {
    const found = await findSubjects(db, keys);
    const sealed = await readSealed(db, [...new Set(found.map((person) => person?.subject ?? nobody))]);
    const bySubject = new Map<string, SealedFacts[]>();
    for (const row of sealed) bySubject.set(row.subject, [...(bySubject.get(row.subject) ?? []), row]);
    return keys.map((_keys, place) => {
      const person = found[place] ?? null;
      return person === null ? null : { found: person, sealed: bySubject.get(person.subject) ?? [] };
    });
  } catch (error) {
    throw new Failure('unavailable', { privateCause: error });
  }
}
