import { connectForBulk } from '../../platform/database/bulk-connect.ts';
import type { Database } from '../../platform/database/connect.ts';
import {
  copyPeople,
  enrolInsurers,
  type Identity,
  type InsurerKeys,
  type Keys,
  saidText,
  sealPerson,
} from '../vault/index.ts';
import type { ListedPerson } from './people/listed-person.ts';
import { preparePerson } from './people/prepare-person.ts';
import { copyRecords, type NewRecord } from './people/store.ts';
import { addInsurers, flushCommits, type Insurer } from './store.ts';

/** A person whom nobody knows yet: what leads to them, and how each insurer would list them. */
export type PersonToLoad = {
  readonly identities: readonly Identity[];
  readonly listed: ReadonlyMap<number, readonly ListedPerson[]>;
};

/** Whose people are loaded, and who hears of the progress. */
export type LoadOptions = {
  readonly insurers: readonly Insurer[];
  readonly onProgress?: (loaded: number) => void;
};

const batchSize = 1_000;
// One batch is sealed while PostgreSQL writes the one before it.
const batchesInFlight = 2;

/**
 * Fills an empty database with the people of several insurers at once, as their files would; what is there
 * already is not looked at. A batch is one transaction, with every row of each of its people.
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
  const known = new Set(options.insurers.map((each) => each.id));
  const bulk = connectForBulk(tools.db, batchesInFlight);
  const inFlight: Promise<void>[] = [];
  let loaded = 0;
  const write = async (batch: readonly PersonToLoad[]) => {
    await writePeople({ db: bulk, keys: tools.keys, insurerKeys, known }, batch);
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

type Loading = {
  readonly db: Database;
  readonly keys: Keys;
  readonly insurerKeys: InsurerKeys;
  readonly known: ReadonlySet<number>;
};

async function writePeople(use: Loading, batch: readonly PersonToLoad[]): Promise<void> {
  const sealed = batch.map((person) => sealListed(use, person));
  // By subject, which is random: rows enter the indexes in order, and their numbers tell nothing of the file.
  sealed.sort((one, other) => one.person.id.compare(other.person.id));
  await use.db.begin(async (tx) => {
    // No wait for the disk at each batch: the end of the load waits for all of them.
    await tx`set local synchronous_commit = off`;
    await copyPeople(
      tx,
      sealed.map(({ person }) => person),
    );
    await copyRecords(
      tx,
      sealed.flatMap(({ records }) => records),
    );
  });
}

function sealListed(use: Loading, { identities, listed }: PersonToLoad) {
  const { keys, insurerKeys, known } = use;
  for (const insurer of listed.keys()) if (!known.has(insurer)) throw new Error(`no insurer ${insurer}`);
  const listing = { number: 0, complete: false };
  const prepared = [...listed].map(([insurer, groups]) => ({
    insurer,
    ...preparePerson({ keys, insurer, listing }, groups),
  }));
  const facts = new Map(prepared.map(({ insurer, said }) => [insurer, saidText(said)]));
  const person = sealPerson(keys, insurerKeys, { identities, facts });
  const records = person.insurers.map(({ insurer, ciphertext }, place): NewRecord => {
    const { digest = Buffer.alloc(0), link = Buffer.alloc(0) } = prepared[place] ?? {};
    return { subject: person.subject, insurer, ciphertext, digest, link };
  });
  return { person, records };
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
