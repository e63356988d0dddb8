import type { KeyObject } from 'node:crypto';
import { connectForBulk } from '../../../platform/database/bulk-connect.ts';
import { enrolInsurers } from '../enrol-insurers.ts';
import { aboutFacts } from '../facts.ts';
import { open, seal } from '../seal.ts';
import { readInsurerKeys } from '../store.ts';
import { beginRotation, endRotation, type RotationTools } from './begin-rotation.ts';
import * as store from './store.ts';
import { type Part, subjectBytes, subjectOf, walk } from './walk.ts';

/** What came of it. */
export type InsurersRotated = {
  readonly records: number;
  readonly insurerKeys: number;
  readonly servers: number;
};

type Rewrapped = { readonly subject: string; readonly insurer: number; readonly wrapped: Buffer };

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
  await walk<Rewrapped[]>(rotation.place, {
    check: tools.check,
    read: async (place) => {
      const insurer = place.length === 20 ? place.readInt32BE(16) : 0;
      const use = { generation: rotation.from, subject: subjectOf(place), insurer, limit: partLength };
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
  rows: readonly Rewrapped[],
  old: ReadonlyMap<number, KeyObject>,
  next: ReadonlyMap<number, KeyObject>,
): Part<Rewrapped[]> | null {
  const last = rows.at(-1);
  if (last === undefined) return null;
  const rewrapped = rows.flatMap(({ subject, insurer, wrapped }) => {
    const [from, to] = [old.get(insurer), next.get(insurer)];
    // An insurer whose key was destroyed: its records open no more, under any key.
    if (from === undefined || to === undefined) return [];
    const about = `key|${aboutFacts(subject, insurer)}`;
    const key = open(from, wrapped, about);
    const again = { subject, insurer, wrapped: seal(to, key, about) };
    key.fill(0);
    return [again];
  });
  const place = Buffer.alloc(20);
  subjectBytes(last.subject).copy(place);
  place.writeInt32BE(last.insurer, 16);
  return { rows: rewrapped, place, people: rows.length };
}
