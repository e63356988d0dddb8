import { type Clock, type Day, parisDay } from '../../../platform/clock.ts';
import { connectForBulk } from '../../../platform/database/bulk-connect.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { enrolInsurers, type Keys, readLastNumber, ThreadedSealer } from '../../vault/index.ts';
import type { ImportCounts } from '../imports/keep-import.ts';
import { flushCommits, type Insurer } from '../store.ts';
import type { Listing } from './amend-record.ts';
import { endFile, type FileEnd } from './end-file.ts';
import type { ListedPerson } from './listed-person.ts';
import { type BatchPlan, planBatch } from './plan-batch.ts';
import { type PreparedPerson, preparePeople } from './prepare-person.ts';
import { SeenPeople } from './seen-people.ts';
import { countChanges, type Writing, writeBatch } from './write-batch.ts';

/** What people are imported with. */
export type ImportPeopleTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Pick<Clock, 'now'>;
};

/** Which file, and how it is to be taken. */
export type ImportPeopleOptions = {
  readonly insurer: Pick<Insurer, 'id'>;
  /** The number of the import in rights.import; 0 for a dry run. */
  readonly number: number;
  /** The file says that it lists everybody: whom it does not list is closed. */
  readonly complete: boolean;
  /** Closes them though they are many, or though some lines could not be read. */
  readonly confirmClosures: boolean;
  readonly dryRun: boolean;
  /** Filled as the import goes on. */
  readonly counts: ImportCounts;
  /** Throws when the import must stop; called as reading goes on. */
  readonly check?: () => void;
};

/** The name of the lock under which one insurer's files are read. */
export function peopleLock(insurer: number): string {
  return `vigie import people ${insurer}`;
}

const batchSize = 250;
// Batches are sealed and asked about while PostgreSQL writes the ones before them. More of them, or larger
// ones, took memory and gained nothing measurable.
const batchesInFlight = 3;
const triesMost = 5;

type Flight = { readonly names: ReadonlySet<string>; readonly done: Promise<void> };

/**
 * Imports what one insurer says of people, in constant memory. Each person goes in whole or not at all; what
 * is known already changes nothing; stopped anywhere, it goes on when the file is read again. The caller has
 * the insurer's lock (`peopleLock`).
 */
export async function importPeople(
  tools: ImportPeopleTools,
  people: AsyncIterable<readonly ListedPerson[]> | Iterable<readonly ListedPerson[]>,
  options: ImportPeopleOptions,
): Promise<FileEnd> {
  const { keys } = tools;
  const { insurer, counts } = options;
  const listing: Listing = { number: options.number, complete: options.complete };
  const insurerKeys = await enrolInsurers(tools.db, keys, [insurer.id]);
  const seen = new SeenPeople(await readLastNumber(tools.db));
  const db = connectForBulk(tools.db, batchesInFlight);
  const sealer = new ThreadedSealer({ keys, insurer: insurer.id, insurerKeys });
  const writing: Writing = { db, keys, insurer: insurer.id, insurerKeys, sealer, listing };
  const hashing = { keys, insurer: insurer.id, listing, db, seen };
  let inFlight: readonly Flight[] = [];
  const take = async (batch: readonly PreparedPerson[]) => {
    const outcome = await takeBatch(writing, hashing, { batch, dryRun: options.dryRun });
    const { plan, changed } = outcome;
    for (const number of plan.seen) seen.add(number);
    counts.people += plan.newPeople.length + plan.newRecords.length + plan.unchanged + plan.toAmend.length;
    counts.added += plan.newPeople.length + plan.newRecords.length;
    counts.changed += changed;
    counts.unchanged += plan.unchanged + plan.toAmend.length - changed;
  };
  try {
    let waiting: readonly PreparedPerson[] = [];
    const send = async (batch: readonly PreparedPerson[]) => {
      if (inFlight.length >= batchesInFlight) await inFlight[0]?.done;
      if (inFlight.length >= batchesInFlight) inFlight = inFlight.slice(1);
      // Somebody may be in a batch that is still being written (a family's children are listed twice): they
      // go with the next one, and are found by then.
      const isInFlight = (name: string) => inFlight.some(({ names }) => names.has(name));
      const ready = batch.filter(({ names }) => !names.some(isInFlight));
      waiting = batch.filter(({ names }) => names.some(isInFlight));
      const names = new Set(ready.flatMap((each) => each.names));
      inFlight = [...inFlight, { names, done: quietly(take(ready)) }];
    };
    for await (const batch of oneAhead(inBatches(people, options.check), (each) =>
      preparePeople(writing, each),
    )) {
      await send([...waiting, ...batch]);
    }
    while (waiting.length > 0) {
      await Promise.all(inFlight.map(({ done }) => done));
      inFlight = [];
      await send(waiting);
    }
    await Promise.all(inFlight.map(({ done }) => done));
    const end = await endFile(writing, { ...options, seen, lastDay: dayBefore(tools.clock) });
    await flushCommits(db);
    return end;
  } finally {
    await Promise.allSettled(inFlight.map(({ done }) => done));
    await sealer.close();
    await db.end({ timeout: 5 });
  }
}

async function takeBatch(
  writing: Writing,
  hashing: Parameters<typeof planBatch>[0],
  is: { batch: readonly PreparedPerson[]; dryRun: boolean },
): Promise<{ plan: BatchPlan; changed: number }> {
  for (let tries = 1; ; tries += 1) {
    const plan = await planBatch(hashing, is.batch);
    if (is.dryRun) return { plan, changed: await countChanges(writing, plan.toAmend) };
    const nothing = plan.newPeople.length + plan.newRecords.length + plan.toAmend.length === 0;
    if (nothing) return { plan, changed: 0 };
    try {
      return { plan, ...(await writeBatch(writing, plan)) };
    } catch (error) {
      if (!isMeeting(error) || tries === triesMost) throw error;
    }
  }
}

async function* inBatches(
  people: AsyncIterable<readonly ListedPerson[]> | Iterable<readonly ListedPerson[]>,
  check: (() => void) | undefined,
): AsyncGenerator<readonly ListedPerson[]> {
  let batch: ListedPerson[] = [];
  for await (const some of people) {
    check?.();
    for (const person of some) {
      batch.push(person);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** The outcome of each piece of work, in order, while the next one is being done. */
async function* oneAhead<From, To>(
  items: AsyncIterable<From>,
  work: (item: From) => Promise<To>,
): AsyncGenerator<To> {
  let before: Promise<To> | undefined;
  for await (const item of items) {
    const now = quietly(work(item));
    if (before !== undefined) yield before;
    before = now;
  }
  if (before !== undefined) yield before;
}

/** Yesterday in Paris: the last day of rights that a file no longer gives. */
function dayBefore(clock: Pick<Clock, 'now'>): Day {
  return parisDay(clock.now() - 86_400_000_000n);
}

// Another insurer's file brought the same person a moment ago, or waits for one of ours while we wait for one
// of theirs: looked at again, the person is found.
function isMeeting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['23505', '40P01'].includes(String(error.code));
}

// A batch that fails while another is being prepared is heard when it is awaited, not as a stray rejection.
function quietly<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}
