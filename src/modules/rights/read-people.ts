import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import { type FoundSubject, findSubjects, type SealedFacts } from '../vault/index.ts';
import { readSealed } from './store.ts';

/** A person as the database knows them: a subject, keys that open nothing by themselves, sealed facts. */
export type SealedRecord = { readonly found: FoundSubject; readonly sealed: readonly SealedFacts[] };

/** Reads one person by the lookup keys they may be found by; many callers share one query. */
export type ReadPerson = (lookupKeys: readonly Buffer[]) => Promise<SealedRecord | null>;

const batchMax = 256;
/** Read in the place of unknown people, so that an unknown person costs the same queries as a known one. */
const nobody = '00000000-0000-0000-0000-000000000000';

type Waiting = {
  readonly keys: readonly Buffer[];
  readonly resolve: (record: SealedRecord | null) => void;
  readonly reject: (failure: unknown) => void;
};

/** Reads in batches: what arrived while a read was running becomes the next read. */
export function createReadPerson(db: Database): ReadPerson {
  const waiting: Waiting[] = [];
  let running = false;
  const drain = async () => {
    while (waiting.length > 0) await readBatch(db, waiting.splice(0, batchMax));
    running = false;
  };
  return (keys) =>
    new Promise((resolve, reject) => {
      waiting.push({ keys, resolve, reject });
      if (running) return;
      running = true;
      // A turn later: requests that arrived together share the first read too.
      setImmediate(() => void drain());
    });
}

async function readBatch(db: Database, batch: readonly Waiting[]): Promise<void> {
  try {
    const found = await findSubjects(
      db,
      batch.map(({ keys }) => keys),
    );
    const sealed = await readSealed(db, [...new Set(found.map((person) => person?.subject ?? nobody))]);
    const bySubject = new Map<string, SealedFacts[]>();
    for (const row of sealed) bySubject.set(row.subject, [...(bySubject.get(row.subject) ?? []), row]);
    batch.forEach(({ resolve }, place) => {
      const person = found[place] ?? null;
      resolve(person === null ? null : { found: person, sealed: bySubject.get(person.subject) ?? [] });
    });
  } catch (error) {
    for (const { reject } of batch) reject(new Failure('unavailable', { privateCause: error }));
  }
}
