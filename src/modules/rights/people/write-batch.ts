import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { assert } from '../../../platform/errors.ts';
import {
  type Amendment,
  addLookupKeys,
  amendRecord,
  copyPeople,
  copyWrapped,
  dropLookupKeys,
  type InsurerKeys,
  type Keys,
  nirKey,
  type Resealed,
  readWrapped,
  type Sealer,
  saidText,
  sealRecord,
} from '../../vault/index.ts';
import { dropHoney } from '../noticing/store.ts';
import { type Listing, listingAmendment } from './amend-record.ts';
import type { BatchPlan, PersonToAmend } from './plan-batch.ts';
import type { PreparedPerson } from './prepare-person.ts';
import {
  alsoElsewhere,
  copyRecords,
  isStillRunning,
  lockSealed,
  type NewRecord,
  readSealedRows,
  updateRecords,
} from './store.ts';

/** What records are written with. */
export type Writing = {
  readonly db: Database;
  readonly keys: Keys;
  readonly insurer: number;
  readonly insurerKeys: InsurerKeys;
  readonly sealer: Sealer;
  readonly listing: Listing;
};

/** Thrown when somebody else now reads this insurer's files. */
export class TakenOver extends Error {
  constructor() {
    super('Another import of this insurer took over. What went in stays: import the file again.');
  }
}

/** Writes what a batch comes to, in one transaction: every row of each of its people, or none. */
export async function writeBatch(use: Writing, plan: BatchPlan): Promise<{ changed: number }> {
  const people = await use.sealer.seal(plan.newPeople.map(({ said }) => said));
  const sealed = people.map((person, place) => ({
    person,
    prepared: plan.newPeople[place] as PreparedPerson,
  }));
  // By subject, which is random: rows enter the indexes in order, and their numbers tell nothing of the file.
  sealed.sort((one, other) => one.person.id.compare(other.person.id));
  const added = plan.newRecords.map(({ subject, prepared }) => ({
    prepared,
    ...sealAdded(use, subject, prepared),
  }));
  return use.db.begin(async (tx) => {
    // No wait for the disk at each batch: the end of the import waits for all of them.
    await tx`set local synchronous_commit = off`;
    await confirmRunning(tx, use.listing);
    if (sealed.length > 0) {
      await copyPeople(
        tx,
        sealed.map(({ person }) => person),
      );
    }
    const { insurer, insurerKeys } = use;
    await copyWrapped(tx, { insurer, generation: insurerKeys.generation }, added);
    const records = sealed.map(({ person, prepared }) => {
      const ciphertext = person.insurers[0]?.ciphertext;
      assert(ciphertext !== undefined, 'a new person has a record');
      return recordOf(use, prepared, { subject: person.subject, ciphertext });
    });
    records.push(...added.map((each) => recordOf(use, each.prepared, each)));
    await copyRecords(tx, records);
    await dropHoney(tx, namesIn(use, plan));
    return { changed: await amendPeople(use, tx, plan.toAmend) };
  }) as Promise<{ changed: number }>;
}

/** How many of these people a file would change; nothing is written. */
export async function countChanges(use: Writing, people: readonly PersonToAmend[]): Promise<number> {
  if (people.length === 0) return 0;
  const subjects = people.map(({ subject }) => subject);
  const stored = await readStored(use, use.db, await readSealedRows(use.db, use.insurer, subjects));
  return people.filter((person) => listPerson(use, person, stored.get(person.subject)) !== null).length;
}

/** Applies one amendment to records, in a transaction of its own; gives how many were changed. */
export async function amendAll<Input>(
  use: Writing,
  subjects: readonly string[],
  by: { readonly amendment: Amendment<Input>; readonly input: Input; readonly closedOn: string | null },
): Promise<number> {
  return use.db.begin(async (tx) => {
    await tx`set local synchronous_commit = off`;
    await confirmRunning(tx, use.listing);
    const stored = await readStored(use, tx, await lockSealed(tx, use.insurer, subjects));
    const amended = new Map<string, Resealed>();
    for (const [subject, record] of stored) {
      const resealed = amendRecord(use.keys, record, by);
      if (resealed !== null) amended.set(subject, resealed);
    }
    await writeAmended(use, tx, { amended, closedOn: by.closedOn });
    return amended.size;
  }) as Promise<number>;
}

/** The names of the numbers that a batch says somebody has: a honey person is nobody. */
function namesIn({ keys }: Writing, plan: BatchPlan): readonly Buffer[] {
  const people = [
    ...plan.newPeople,
    ...plan.newRecords.map(({ prepared }) => prepared),
    ...plan.toAmend.flatMap(({ prepared }) => prepared),
  ];
  const numbers = new Set(people.flatMap(({ said }) => said.identities.map(({ nir13 }) => nir13)));
  return [...numbers].map((nir13) => nirKey(keys, nir13));
}

type Stored = Parameters<typeof amendRecord>[1];

async function amendPeople(use: Writing, tx: Transaction, people: readonly PersonToAmend[]): Promise<number> {
  if (people.length === 0) return 0;
  const subjects = people.map(({ subject }) => subject);
  const stored = await readStored(use, tx, await lockSealed(tx, use.insurer, subjects));
  const amended = new Map<string, Resealed>();
  for (const person of people) {
    const resealed = listPerson(use, person, stored.get(person.subject));
    if (resealed !== null) amended.set(person.subject, resealed);
  }
  await writeAmended(use, tx, { amended, closedOn: null });
  return amended.size;
}

/** One person's groups of lines, one after the other, over their record. */
function listPerson(use: Writing, person: PersonToAmend, stored: Stored | undefined): Resealed | null {
  let record = stored;
  let last: Resealed | null = null;
  let { again } = person;
  const added: Buffer[] = [];
  for (const group of person.prepared.flatMap(({ people }) => people)) {
    if (record === undefined) return null;
    const input = { person: group, listing: use.listing, again };
    const resealed = amendRecord(use.keys, record, { amendment: listingAmendment, input });
    again = true;
    if (resealed === null) continue;
    added.push(...resealed.added);
    last = { ...resealed, added: [...added] };
    record = { ...record, ciphertext: resealed.ciphertext, digest: resealed.digest };
  }
  return last;
}

async function writeAmended(
  use: Writing,
  tx: Transaction,
  is: { amended: ReadonlyMap<string, Resealed>; closedOn: string | null },
): Promise<void> {
  const { insurer, keys } = use;
  const rows = [...is.amended].map(([subject, resealed]) => ({ subject, ...resealed }));
  await updateRecords(tx, { insurer, closedOn: is.closedOn }, rows);
  const added = rows.flatMap((row) => row.added.map((key) => ({ key, subject: row.subject })));
  await addLookupKeys(tx, keys.generation('lookup'), added);
  const dropped = rows.flatMap((row) => row.dropped.map((key) => ({ key, subject: row.subject })));
  if (dropped.length === 0) return;
  // What another insurer says of a person may be found by that number: only they can take it away.
  const kept = await alsoElsewhere(
    tx,
    insurer,
    dropped.map(({ subject }) => subject),
  );
  await dropLookupKeys(
    tx,
    dropped.filter(({ subject }) => !kept.has(subject)),
  );
}

async function readStored(
  use: Writing,
  db: Database | Transaction,
  rows: readonly { subject: string; ciphertext: Buffer; digest: Buffer | null }[],
): Promise<ReadonlyMap<string, Stored>> {
  const { insurer } = use;
  const wrapped = await readWrapped(
    db,
    insurer,
    rows.map(({ subject }) => subject),
  );
  const stored = new Map<string, Stored>();
  for (const row of rows) {
    const keys = wrapped.get(row.subject);
    if (keys !== undefined) stored.set(row.subject, { ...row, ...keys, insurer });
  }
  return stored;
}

async function confirmRunning(tx: Transaction, listing: Listing): Promise<void> {
  if (!(await isStillRunning(tx, listing.number))) throw new TakenOver();
}

function sealAdded(use: Writing, subject: string, prepared: PreparedPerson) {
  const owner = { subject, insurer: use.insurer };
  return { subject, ...sealRecord(use.insurerKeys, owner, saidText(prepared.said)) };
}

function recordOf(
  { insurer }: Writing,
  { digest, link }: PreparedPerson,
  { subject, ciphertext }: { subject: string; ciphertext: Buffer },
): NewRecord {
  return { subject, insurer, ciphertext, digest, link };
}
