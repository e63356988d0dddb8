import type { Transaction } from '../../../platform/database/binary-copy.ts';
import { uuidText } from '../../../platform/database/binary-read.ts';
import { connectForBulk } from '../../../platform/database/bulk-connect.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { aboutFacts } from '../facts.ts';
import { type Identity, type Keys, lookupKeyUnder } from '../keys.ts';
import { open } from '../seal.ts';
import { readInsurerKeys } from '../store.ts';
import { beginRotation, endRotation, type RotationTools, waitForServers } from './begin-rotation.ts';
import * as store from './store.ts';
import { type Part, subjectIn, walk } from './walk.ts';

/** A sealed record, as it lies in the database. */
export type CopiedRecord = {
  /** The 16 bytes of the subject. */
  readonly id: Buffer;
  readonly insurer: number;
  readonly ciphertext: Buffer;
};

/** Where sealed records lie and how they tell which numbers lead to a person; the vault does not know. */
export type RecordSource = {
  /** The next records after a subject, every record of each person, by subject. */
  readonly read: (db: Database, after: Buffer) => Promise<readonly CopiedRecord[]>;
  /** The number of the field that holds an identity, and how its value reads. */
  readonly field: number;
  readonly parse: (value: string) => Identity;
  /** Forgets what the old key alone could name, in the transaction that destroys it; how much that was. */
  readonly forget: (tx: Transaction) => Promise<number>;
};

/** What came of it: people who cannot be found by the new key keep the old one, and it stays. */
export type IndexRotated =
  | {
      readonly outcome: 'rotated';
      readonly people: number;
      readonly removed: number;
      /** What else the old key named, and nothing names now. */
      readonly forgotten: number;
      /** People without a record: nothing was known of them any more, and nobody finds them now. */
      readonly unreadable: number;
      readonly servers: number;
    }
  | { readonly outcome: 'lacking'; readonly people: number };

const removedAtOnce = 20_000;
const noPlace = Buffer.alloc(0);

/**
 * Changes the key that people are found by. Each person's lookup keys are made again from the numbers in
 * their sealed records; both keys find until everybody has the new one; then the old ones are deleted and
 * their key destroyed. Stopped anywhere, the next run goes on.
 */
export async function rotateIndex(tools: RotationTools, records: RecordSource): Promise<IndexRotated> {
  await refuseUnnamed(tools, records);
  let rotation = await beginRotation(tools, 'index');
  const bulk = connectForBulk(tools.db, 3);
  let unreadable = 0;
  try {
    if (rotation.stage === 'walk') rotation = await deriveAll({ ...tools, db: bulk }, rotation, records);
    if (rotation.stage === 'check') {
      const counted = await store.countLacking(bulk, rotation);
      const { lacking } = counted;
      unreadable = counted.unreadable;
      const next = lacking === 0 ? 'clean' : 'walk';
      rotation = { ...rotation, stage: next, place: noPlace, done: lacking === 0 ? rotation.done : 0 };
      await store.writeProgress(bulk, rotation);
      if (lacking > 0) return { outcome: 'lacking', people: lacking };
      // A server that was not heard of may be back: it must accept the new keys before the old ones go.
      await waitForServers(tools);
    }
    const removed = await removeOld({ ...tools, db: bulk }, rotation);
    let forgotten = 0;
    const { servers } = await endRotation(tools, rotation, async (tx) => {
      if (await store.usesLookupGeneration(tx, rotation.from)) {
        throw new Error('Somebody is still found by the old key: nothing was destroyed. Run this again.');
      }
      forgotten = await records.forget(tx);
    });
    return { outcome: 'rotated', people: rotation.done, removed, forgotten, unreadable, servers };
  } finally {
    await bulk.end({ timeout: 5 });
  }
}

/** People loaded before records held their numbers cannot be found by a new key: told before it begins. */
async function refuseUnnamed({ db, keys }: RotationTools, records: RecordSource): Promise<void> {
  if ((await store.readUnfinished(db, 'index')) !== undefined) return;
  const sealed = await records.read(db, subjectIn(noPlace));
  const openers = await readOpeners(db, subjectIn(noPlace), sealed);
  const named = new Set<string>();
  const readable = new Set<string>();
  sealed.forEach((record, place) => {
    const name = record.id.toString('hex');
    if (openers[place]) readable.add(name);
    if (identitiesOf(keys, record, openers[place], records.field).length > 0) named.add(name);
  });
  const unnamed = readable.size - named.size;
  if (unnamed === 0) return;
  throw new Error(
    `The records of ${unnamed} of the first ${readable.size} people do not hold the numbers that lead to ` +
      "them: they were loaded by an older version. Import their insurers' files again, then run this " +
      'again. Nothing was changed.',
  );
}

async function deriveAll(
  tools: RotationTools,
  rotation: store.Rotation,
  records: RecordSource,
): Promise<store.Rotation> {
  const { db, keys, hear } = tools;
  const total = await store.countRows(db, 'index');
  let { done } = rotation;
  await walk<Buffer>(rotation.place, {
    check: tools.check,
    read: async (place) => {
      const after = subjectIn(place);
      const sealed = await records.read(db, after);
      if (sealed.length === 0) return null;
      const openers = await readOpeners(db, after, sealed);
      return relink({ keys, rotation, records }, sealed, openers);
    },
    write: async (part) => {
      done += part.people;
      await db.begin(async (tx) => {
        // Commits reach the disk in their order: a place that is there after a crash tells the truth.
        await tx`set local synchronous_commit = off`;
        await store.addSuccessors(tx, rotation, part.rows);
        await store.writeProgress(tx, { ...rotation, place: part.place, done });
      });
      hear?.({ what: 'people', done, total });
    },
  });
  const walked = { ...rotation, stage: 'check' as const, place: noPlace, done };
  await store.writeProgress(db, walked);
  return walked;
}

/** What opens each record, in the records' order; null where its key or its insurer's was destroyed. */
async function readOpeners(
  db: Database,
  after: Buffer,
  sealed: readonly CopiedRecord[],
): Promise<(Opener | null)[]> {
  const last = sealed.at(-1)?.id ?? after;
  const [wrapped, insurerKeys] = await Promise.all([
    store.readWrappedBetween(db, after, last),
    readInsurerKeys(db),
  ]);
  const byName = new Map(insurerKeys.map((row) => [row.insurer * 65536 + row.generation, row.wrapped]));
  let at = 0;
  return sealed.map((record) => {
    // Both come in the same order.
    while (at < wrapped.length && isBefore(wrapped[at] as CopiedName, record)) at += 1;
    const row = wrapped[at];
    if (row === undefined || isBefore(record, row)) return null;
    const insurerWrapped = byName.get(row.insurer * 65536 + row.generation);
    return insurerWrapped === undefined ? null : { wrapped: row.wrapped, insurerWrapped };
  });
}

type Opener = { readonly wrapped: Buffer; readonly insurerWrapped: Buffer };
type CopiedName = Pick<CopiedRecord, 'id' | 'insurer'>;

function isBefore(one: CopiedName, other: CopiedName): boolean {
  const order = compareBytes(one.id, other.id);
  return order < 0 || (order === 0 && one.insurer < other.insurer);
}

/** The order of random bytes: the first four decide, nearly always. */
function compareBytes(one: Buffer, other: Buffer): number {
  return one.readUInt32BE(0) - other.readUInt32BE(0) || one.compare(other);
}

/** What a part of the records says: 48 bytes a link, in the order of the new keys. */
function relink(
  use: { keys: Keys; rotation: store.Rotation; records: RecordSource },
  sealed: readonly CopiedRecord[],
  openers: readonly (Opener | null)[],
): Part<Buffer> {
  const { keys, rotation, records } = use;
  const links: { id: Buffer; old: Buffer; next: Buffer }[] = [];
  let people = 0;
  let id: Buffer | null = null;
  let seen: string[] = [];
  sealed.forEach((record, place) => {
    if (id === null || compareBytes(record.id, id) !== 0) {
      id = record.id;
      seen = [];
      people += 1;
    }
    for (const value of identitiesOf(keys, record, openers[place], records.field)) {
      const identity = records.parse(value);
      const name = `${identity.nir13}|${identity.birthDate}|${identity.birthRank ?? 1}`;
      if (seen.includes(name)) continue;
      seen.push(name);
      const old = lookupKeyUnder(keys, rotation.from, identity);
      links.push({ id, old, next: lookupKeyUnder(keys, rotation.to, identity) });
    }
  });
  links.sort((one, other) => compareBytes(one.next, other.next));
  const rows = Buffer.allocUnsafe(links.length * 48);
  links.forEach((link, place) => {
    rows.set(link.id, place * 48);
    rows.set(link.old, place * 48 + 16);
    rows.set(link.next, place * 48 + 32);
  });
  return { rows, place: Buffer.from(id ?? noPlace), people };
}

/** The values of the identity facts in a record; none when its key was destroyed. */
function identitiesOf(
  keys: Keys,
  record: CopiedRecord,
  opener: Opener | null | undefined,
  field: number,
): string[] {
  if (!opener) return [];
  const about = aboutFacts(uuidText(record.id), record.insurer);
  const key = open(keys.insurerKey(record.insurer, opener.insurerWrapped), opener.wrapped, `key|${about}`);
  const plain = open(key, record.ciphertext, about);
  key.fill(0);
  const values: string[] = [];
  // Parsing all of it would cost more. What is taken for a number and is none leads nowhere and is not added.
  const beginning = `[${field},`;
  for (let at = plain.indexOf(beginning); at >= 0; at = plain.indexOf(beginning, at + 1)) {
    const quote = plain.indexOf(0x22, at);
    if (/^\d+,$/.test(plain.toString('latin1', at + beginning.length, quote))) {
      values.push(plain.toString('latin1', quote + 1, plain.indexOf(0x22, quote + 1)));
    }
  }
  plain.fill(0);
  return values;
}

async function removeOld(tools: RotationTools, rotation: store.Rotation): Promise<number> {
  const { db, check, hear } = tools;
  let removed = 0;
  let place: Buffer | null = rotation.place;
  while (place !== null) {
    check?.();
    const after: Buffer = place;
    const step = await db.begin(async (tx) => {
      await tx`set local synchronous_commit = off`;
      const use = { generation: rotation.from, after, limit: removedAtOnce };
      const gone = await store.deleteLookupKeys(tx, use);
      if (gone.place !== null) await store.writeProgress(tx, { ...rotation, place: gone.place });
      return gone;
    });
    removed += step.deleted;
    place = step.place;
    hear?.({ what: 'old keys removed', done: removed, total: 0 });
  }
  return removed;
}
