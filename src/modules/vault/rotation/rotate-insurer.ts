import type { KeyObject } from 'node:crypto';
import { uuidText } from '../../../platform/database/binary-read.ts';
import { connectForBulk } from '../../../platform/database/bulk-connect.ts';
import { enrolInsurers } from '../enrol-insurers.ts';
import { aboutFacts } from '../facts.ts';
import { open, seal } from '../seal.ts';
import { readInsurerKeys } from '../store.ts';
import { beginRotation, endRotation, type RotationTools } from './begin-rotation.ts';
import * as store from './store.ts';
import { type Part, subjectIn, walk } from './walk.ts';

/** What came of it. */
export type InsurersRotated = {
  readonly records: number;
  readonly insurerKeys: number;
  readonly servers: number;
};

type Rewrapped = Parameters<typeof store.rewrapKeys>[2];

const partLength = 5_000;
const noPlace = Buffer.alloc(0);

/**
 * Gives every insurer a new key, and the key that wraps insurers' keys a new generation: the key of each
 * record is wrapped anew, the record itself stays as it is. Stopped anywhere, the next run goes on.
 */
export async function rotateInsurers(tools: RotationTools): Promise<InsurersRotated> {
  let rotation = await beginRotation(tools, 'insurer');
  const bulk = connectForBulk(tools.db, 3);
  try {
    if (rotation.stage === 'walk') rotation = await rewrapAll({ ...tools, db: bulk }, rotation);
    let insurerKeys = 0;
    const { servers } = await endRotation(tools, rotation, async (tx) => {
      const left = await store.countWrappedBy(tx, rotation.from);
      if (left > 0) {
        await store.writeProgress(bulk, { ...rotation, stage: 'walk', place: noPlace });
        throw new Error(
          `${left} records still need the old keys: nothing was destroyed. Run this again, it goes on.`,
        );
      }
      insurerKeys = await store.deleteInsurerKeys(tx, rotation.from);
    });
    return { records: rotation.done, insurerKeys, servers };
  } finally {
    await bulk.end({ timeout: 5 });
  }
}

async function rewrapAll(tools: RotationTools, rotation: store.Rotation): Promise<store.Rotation> {
  const { db, keys, hear } = tools;
  const rows = (await readInsurerKeys(db)).filter((row) => row.generation === rotation.from);
  const old = new Map(rows.map((row) => [row.insurer, keys.insurerKey(row.insurer, row.wrapped)]));
  const next = await enrolInsurers(db, keys, [...old.keys()]);
  const total = await store.countRows(db, 'insurer');
  let { done } = rotation;
  await walk<Rewrapped>(rotation.place, {
    check: tools.check,
    read: async (place) => {
      const insurer = place.length === 20 ? place.readInt32BE(16) : 0;
      const use = { generation: rotation.from, after: subjectIn(place), insurer, limit: partLength };
      return rewrap(await store.readWrappedAfter(db, use), old, next);
    },
    write: async (part) => {
      done += part.people;
      await db.begin(async (tx) => {
        // Commits reach the disk in their order: a place that is there after a crash tells the truth.
        await tx`set local synchronous_commit = off`;
        await store.rewrapKeys(tx, rotation, part.rows);
        await store.writeProgress(tx, { ...rotation, place: part.place, done });
      });
      hear?.({ what: 'records', done, total });
    },
  });
  const walked = { ...rotation, stage: 'check' as const, place: noPlace, done };
  await store.writeProgress(db, walked);
  return walked;
}

function rewrap(
  rows: readonly store.WrappedRow[],
  old: ReadonlyMap<number, KeyObject>,
  next: ReadonlyMap<number, KeyObject>,
): Part<Rewrapped> | null {
  const last = rows.at(-1);
  if (last === undefined) return null;
  const rowLength = 20 + last.wrapped.length;
  const bytes = Buffer.allocUnsafe(rows.length * rowLength);
  let used = 0;
  for (const { id, insurer, wrapped } of rows) {
    const [from, to] = [old.get(insurer), next.get(insurer)];
    // An insurer whose key was destroyed: its records open no more, under any key.
    if (from === undefined || to === undefined) continue;
    if (wrapped.length !== last.wrapped.length) throw new Error('wrapped keys are all of one length');
    const about = `key|${aboutFacts(uuidText(id), insurer)}`;
    const key = open(from, wrapped, about);
    bytes.set(id, used);
    bytes.writeInt32BE(insurer, used + 16);
    bytes.set(seal(to, key, about), used + 20);
    key.fill(0);
    used += rowLength;
  }
  const place = Buffer.alloc(20);
  place.set(last.id);
  place.writeInt32BE(last.insurer, 16);
  return { rows: { bytes: bytes.subarray(0, used), rowLength }, place, people: rows.length };
}
