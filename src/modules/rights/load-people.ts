import { connectForBulk } from '../../platform/database/bulk-connect.ts';
import type { Database } from '../../platform/database/connect.ts';
import {
  copyPeople,
  enrolInsurers,
  type Identity,
  type InsurerKeys,
  type Keys,
  sealPerson,
} from '../vault/index.ts';
import { type Contract, contractFacts } from './contract-facts.ts';
import { field } from './fields.ts';
import { writeIdentity } from './people/person-record.ts';
import { addInsurers, copySealed, flushCommits, type Insurer } from './store.ts';

/** A person as an insurer's file describes them: how they are found, and their contracts. */
export type PersonToLoad = {
  readonly identities: readonly Identity[];
  readonly contracts: readonly Contract[];
};

/** Whose people are loaded, and who hears of the progress. */
export type LoadOptions = {
  readonly insurers: readonly Insurer[];
  readonly onProgress?: (loaded: number) => void;
};

const batchSize = 2_000;
// One batch is sealed while PostgreSQL writes the one before it.
const batchesInFlight = 2;

/**
 * Loads new people, sealed before they leave this process: a batch is one transaction, with every row of each
 * of its people. Reads its people as it goes, so that a million take no more memory than some thousands.
 */
export async function loadPeople(
  tools: { db: Database; keys: Keys },
  people: Iterable<PersonToLoad> | AsyncIterable<PersonToLoad>,
  options: LoadOptions,
): Promise<number> {
  await addInsurers(tools.db, options.insurers);
  const insurerKeys = await enrolInsurers(
    tools.db,
    tools.keys,
    options.insurers.map((each) => each.id),
  );
  const insurers = new Map(options.insurers.map((each) => [each.id, each]));
  const bulk = connectForBulk(tools.db, batchesInFlight);
  const inFlight: Promise<void>[] = [];
  let loaded = 0;
  const write = async (batch: readonly PersonToLoad[]) => {
    await writeBatch({ db: bulk, keys: tools.keys }, batch, { insurers, insurerKeys });
    loaded += batch.length;
    options.onProgress?.(loaded);
  };
  try {
    for await (const batch of inBatches(people)) {
      if (inFlight.length >= batchesInFlight) await inFlight.shift();
      inFlight.push(quietly(write(batch)));
    }
    while (inFlight.length > 0) await inFlight.shift();
    await flushCommits(bulk);
  } finally {
    await Promise.allSettled(inFlight);
    await bulk.end();
  }
  return loaded;
}

async function writeBatch(
  tools: { db: Database; keys: Keys },
  batch: readonly PersonToLoad[],
  known: { insurers: ReadonlyMap<number, Insurer>; insurerKeys: InsurerKeys },
): Promise<void> {
  const sealed = batch.map(({ identities, contracts }) => {
    // The numbers go into the record too: without them, nobody could be found by a new index key.
    const numbers = identities.map((identity) => ({
      field: field.identity,
      contract: 0,
      value: writeIdentity({ birthRank: 1, ...identity }),
    }));
    const facts = new Map(
      [...contractFacts(contracts, known.insurers)].map(([insurer, said]) => [
        insurer,
        [...said, ...numbers],
      ]),
    );
    return sealPerson(tools.keys, known.insurerKeys, { identities, facts });
  });
  // By subject, which is random: rows enter the indexes in order, and their numbers tell nothing of the file.
  sealed.sort((one, other) => one.id.compare(other.id));
  await tools.db.begin(async (tx) => {
    // No wait for the disk at each batch: the end of the load waits for all of them.
    await tx`set local synchronous_commit = off`;
    await copyPeople(tx, sealed);
    await copySealed(tx, sealed);
  });
}

async function* inBatches<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

// A batch that fails while another is being prepared is heard when it is awaited, not as a stray rejection.
function quietly<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}
