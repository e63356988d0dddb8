import { connectForBulk } from '../../../platform/database/bulk-connect.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { aboutFacts } from '../facts.ts';
import type { SealedFacts } from '../held.ts';
import { type Identity, type Keys, lookupKeyUnder } from '../keys.ts';
import { open } from '../seal.ts';
import { readInsurerKeys } from '../store.ts';
import { beginRotation, endRotation, type RotationTools, waitForServers } from './begin-rotation.ts';
import * as store from './store.ts';
import { type Part, subjectBytes, subjectOf, walk } from './walk.ts';

/** Where sealed records lie and how they tell which numbers lead to a person; the vault does not know. */
export type RecordSource = {
  /** The next records after a subject, every record of each person, by subject. */
  readonly read: (db: Database, after: string) => Promise<readonly SealedFacts[]>;
  /** The number of the field that holds an identity, and how its value reads. */
  readonly field: number;
  readonly parse: (value: string) => Identity;
};

/** What came of it: people who cannot be found by the new key keep the old one, and it stays. */
export type IndexRotated =
  | {
      readonly outcome: 'rotated';
      readonly people: number;
      readonly removed: number;
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
    const { servers } = await endRotation(tools, rotation, async (tx) => {
      if (await store.usesLookupGeneration(tx, rotation.from)) {
        throw new Error('Somebody is still found by the old key: nothing was destroyed. Run this again.');
      }
    });
    return { outcome: 'rotated', people: rotation.done, removed, unreadable, servers };
  } finally {
    await bulk.end({ timeout: 5 });
  }
}

/** People loaded before records held their numbers cannot be found by a new key: told before it begins. */
async function refuseUnnamed({ db, keys }: RotationTools, records: RecordSource): Promise<void> {
  if ((await store.readUnfinished(db, 'index')) !== undefined) return;
  const sealed = await records.read(db, subjectOf(noPlace));
  const last = sealed.at(-1)?.subject;
  if (last === undefined) return;
  const openers = await readOpeners(db, { after: subjectOf(noPlace), last });
  const named = new Set<string>();
  const readable = new Set<string>();
  for (const row of sealed) {
    const text = openText(keys, row, openers);
    if (text !== '') readable.add(row.subject);
    if (identitiesIn(records.field, text).length > 0) named.add(row.subject);
  }
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
  await walk<store.Relinked[]>(rotation.place, {
    check: tools.check,
    read: async (place) => {
      const after = subjectOf(place);
      const sealed = await records.read(db, after);
      const last = sealed.at(-1)?.subject;
      if (last === undefined) return null;
      const openers = await readOpeners(db, { after, last });
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

async function readOpeners(db: Database, is: { after: string; last: string }) {
  const [wrapped, insurerKeys] = await Promise.all([
    store.readWrappedBetween(db, is.after, is.last),
    readInsurerKeys(db),
  ]);
  const byName = new Map(insurerKeys.map((row) => [`${row.insurer}|${row.generation}`, row.wrapped]));
  return new Map<string, Opener>(
    wrapped.map(({ subject, insurer, generation, wrapped: key }) => [
      aboutFacts(subject, insurer),
      { wrapped: key, insurerWrapped: byName.get(`${insurer}|${generation}`) },
    ]),
  );
}

/** The values of the identity facts in a record's text. */
function identitiesIn(field: number, text: string): string[] {
  // A value holds no quote: a fact's beginning inside a text would have its quotes escaped.
  return [...text.matchAll(new RegExp(`\\[${field},\\d+,"([^"\\\\]*)"\\]`, 'g'))].map(
    ([, value = '']) => value,
  );
}

type Opener = { readonly wrapped: Buffer; readonly insurerWrapped: Buffer | undefined };

function relink(
  use: { keys: Keys; rotation: store.Rotation; records: RecordSource },
  sealed: readonly SealedFacts[],
  openers: ReadonlyMap<string, Opener>,
): Part<store.Relinked[]> {
  const { keys, rotation, records } = use;
  const rows: store.Relinked[] = [];
  let people = 0;
  let subject = '';
  let seen = new Set<string>();
  for (const row of sealed) {
    if (row.subject !== subject) {
      subject = row.subject;
      seen = new Set();
      people += 1;
    }
    for (const value of identitiesIn(records.field, openText(keys, row, openers))) {
      const identity = records.parse(value);
      const name = `${identity.nir13}|${identity.birthDate}|${identity.birthRank ?? 1}`;
      if (seen.has(name)) continue;
      seen.add(name);
      const old = lookupKeyUnder(keys, rotation.from, identity);
      rows.push({ subject, old, next: lookupKeyUnder(keys, rotation.to, identity) });
    }
  }
  rows.sort((one, other) => one.next.compare(other.next));
  return { rows, place: subjectBytes(subject), people };
}

/** A record as text; empty when its key was destroyed. */
function openText(keys: Keys, row: SealedFacts, openers: ReadonlyMap<string, Opener>): string {
  const about = aboutFacts(row.subject, row.insurer);
  const opener = openers.get(about);
  if (opener?.insurerWrapped === undefined) return '';
  const key = open(keys.insurerKey(row.insurer, opener.insurerWrapped), opener.wrapped, `key|${about}`);
  const plain = open(key, row.ciphertext, about);
  key.fill(0);
  const text = plain.toString('latin1');
  plain.fill(0);
  return text;
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
