import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { MasterSource } from '../keyring/master-source.ts';
import {
  addGeneration,
  countReaders,
  destroyGeneration,
  makeCurrent,
  raiseVersion,
  readPurposeRows,
} from '../keyring/store.ts';
import type { KeyPurpose, Keys } from '../keys.ts';
import { findMaster, refreshKeys, versionOf } from '../open-keys.ts';
import { insertRotation, type Rotation, type RotationKind, readUnfinished, writeProgress } from './store.ts';

/** What keys are rotated with. */
export type RotationTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly source: MasterSource;
  /** Throws when the rotation must stop, such as when its lock was lost. */
  readonly check?: () => void;
  readonly hear?: (progress: RotationProgress) => void;
};

/** How far a rotation is, for people. */
export type RotationProgress = { readonly what: string; readonly done: number; readonly total: number };

const purposesOf: Readonly<Record<RotationKind, readonly KeyPurpose[]>> = {
  index: ['lookup', 'nir'],
  insurer: ['insurer'],
  signing: ['access-token', 'challenge'],
};

/** Longer than a server may work with keys it has not read again (`staleAfterMs`). */
export const silentAfterSeconds = 10;
const patienceMs = 60_000;
const askEveryMs = 200;

/**
 * Begins a rotation, or finds the one that was interrupted: a new generation that every running server
 * accepts before anything is found by it or wrapped with it.
 */
export async function beginRotation(tools: RotationTools, kind: RotationKind): Promise<Rotation> {
  const { db, keys } = tools;
  if ((await readUnfinished(db, kind)) === undefined) await addNext(tools, kind);
  const rotation = await readUnfinished(db, kind);
  if (rotation === undefined) throw new Error('the rotation that was begun is not there');
  await refreshKeys(db, keys);
  await waitForServers(tools);
  const [purpose] = purposesOf[kind];
  if (purpose !== undefined && keys.generation(purpose) !== rotation.to) {
    await db.begin(async (tx) => {
      await makeCurrent(tx, purposesOf[kind], rotation.to);
      await raiseVersion(tx);
    });
    await refreshKeys(db, keys);
  }
  return rotation;
}

/** Destroys the old generation, which nothing needs any more, and waits until no server has it. */
export async function endRotation(
  tools: RotationTools,
  rotation: Rotation,
  prove: (tx: Transaction) => Promise<void>,
): Promise<{ destroyed: number; servers: number }> {
  const { db, keys } = tools;
  const destroyed = await db.begin(async (tx) => {
    await prove(tx);
    const count = await destroyGeneration(tx, purposesOf[rotation.kind], rotation.from);
    await writeProgress(tx, { ...rotation, stage: 'done' });
    await raiseVersion(tx);
    return count;
  });
  await refreshKeys(db, keys);
  return { destroyed, servers: await waitForServers(tools) };
}

/** Waits until every running server works with the keys as they are now; how many servers that is. */
export async function waitForServers({ db, keys, check }: RotationTools): Promise<number> {
  const version = versionOf(keys);
  if (version === null) throw new Error('keys that are rotated are opened from the database');
  const until = performance.now() + patienceMs;
  for (;;) {
    check?.();
    const { live, behind } = await countReaders(db, version, silentAfterSeconds);
    if (behind === 0) return live;
    if (performance.now() > until) {
      throw new Error(
        `${behind} of ${live} running servers did not take the keys over for a minute: their log says why. ` +
          'Nothing is lost, and what was there is still accepted. Mend or stop them, and run this again.',
      );
    }
    await sleep(askEveryMs);
  }
}

async function addNext({ db, keys, source }: RotationTools, kind: RotationKind): Promise<void> {
  const { rows } = await readPurposeRows(db);
  const master = await findMaster(rows, source);
  const purposes = purposesOf[kind];
  await refreshKeys(db, keys);
  const from = Math.max(...purposes.map((purpose) => keys.generation(purpose)));
  const generation = from + 1;
  const added = purposes.map((purpose) => {
    const key = randomBytes(32);
    const wrapped = master.wrap({ purpose, generation }, key);
    key.fill(0);
    return { purpose, generation, masterId: master.id, wrapped };
  });
  await db.begin(async (tx) => {
    await addGeneration(tx, added);
    await insertRotation(tx, { kind, from, to: generation });
    await raiseVersion(tx);
  });
}
