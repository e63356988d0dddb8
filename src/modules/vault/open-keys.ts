import { createSecretKey, randomBytes } from 'node:crypto';
import type { Database } from '../../platform/database/connect.ts';
import { confirmKeys } from './enrol-insurers.ts';
import type { MasterKey } from './keyring/master-key.ts';
import {
  createMasterAtNeed,
  type MasterSource,
  masterFiles,
  moveNextIntoPlace,
  readMasterFile,
  readMasters,
} from './keyring/master-source.ts';
import { addFirstPurposeRows, type PurposeRow, readKeyring, readPurposeRows } from './keyring/store.ts';
import { Keys, keyPurposes, type LiveKey, replaceRing } from './keys.ts';
import { readInsurerKeys } from './store.ts';

const wrongMaster = 'the master key is not the one this database was sealed with';

/** Where keys were opened from, so that they can be read again. */
const origins = new WeakMap<Keys, Origin>();
type Origin = { readonly source: MasterSource; version: bigint; opened: ReadonlyMap<string, LiveKey> };

/**
 * Opens the keys of a database with its master key. A database that has none gets them: random ones, unless
 * it is older than that and was sealed with keys derived from the master key.
 */
export async function openKeys(db: Database, source: MasterSource): Promise<Keys> {
  await addMissing(db, source);
  const { version, rows } = await readPurposeRows(db);
  const opened = await unwrap(rows, source, new Map());
  const keys = new Keys(ringOf(rows, opened));
  origins.set(keys, { source, version, opened });
  await confirmKeys(db, keys);
  return keys;
}

/** Reads the keys again if they changed, for everybody who works with them; the version they are of. */
export async function refreshKeys(db: Database, keys: Keys): Promise<bigint> {
  const origin = origins.get(keys);
  if (origin === undefined) return 0n;
  const { version, rows } = await readPurposeRows(db);
  const opened = version > origin.version ? await unwrap(rows, origin.source, origin.opened) : null;
  // Somebody else may have read newer ones meanwhile: older keys never take their place.
  if (opened !== null && version > origin.version) {
    replaceRing(keys, ringOf(rows, opened));
    Object.assign(origin, { opened, version });
  }
  return origin.version;
}

/** The version that keys are of; null when they were not opened from a database. */
export function versionOf(keys: Keys): bigint | null {
  return origins.get(keys)?.version ?? null;
}

/** The master key that the database's keys are wrapped with; also finishes a change of its file. */
export async function findMaster(rows: readonly PurposeRow[], source: MasterSource): Promise<MasterKey> {
  const [first] = rows;
  const masters = await readMasters(source);
  const right = masters.find((each) => first === undefined || each.id.equals(first.masterId));
  if (right === undefined) throw new Error(wrongMaster);
  if (!source.command?.trim() && first !== undefined) await settleFiles(right, source.folder);
  return right;
}

/** A rotation was interrupted after the database knew the next key: the next one takes its place. */
async function settleFiles(right: MasterKey, folder: string): Promise<void> {
  const next = await readMasterFile(masterFiles(folder).next).catch(() => null);
  if (next?.id.equals(right.id)) await moveNextIntoPlace(folder);
}

async function addMissing(db: Database, source: MasterSource): Promise<void> {
  const { rows } = await readPurposeRows(db);
  const missing = keyPurposes.filter((purpose) => !rows.some((row) => row.purpose === purpose));
  if (missing.length === 0) return;
  const isFirst = rows.length === 0;
  const isOlder = (await readKeyring(db)).derived || (await readInsurerKeys(db)).length > 0;
  if (isFirst && !isOlder) await createMasterAtNeed(source);
  const master = await findMaster(rows, source);
  const derived = isFirst && isOlder;
  // Before anything is kept: a wrong master key must not become the one of this database.
  if (derived) await confirmKeys(db, new Keys(ringOfOlder(master)));
  const added = missing.map((purpose) => {
    const key = derived ? master.derive(purpose) : randomBytes(32);
    const wrapped = master.wrap({ purpose, generation: 1 }, key);
    key.fill(0);
    return { purpose, derived, masterId: master.id, wrapped };
  });
  await addFirstPurposeRows(db, added);
}

function ringOfOlder(master: MasterKey): ReadonlyMap<string, readonly LiveKey[]> {
  return new Map(
    keyPurposes.map((purpose) => [
      purpose,
      [{ generation: 1, key: createSecretKey(master.derive(purpose)) }],
    ]),
  );
}

/** Opens the keys that are not open yet: those that are need no master key, which may have changed. */
async function unwrap(
  rows: readonly PurposeRow[],
  source: MasterSource,
  known: ReadonlyMap<string, LiveKey>,
): Promise<ReadonlyMap<string, LiveKey>> {
  let master: MasterKey | undefined;
  const opened = new Map<string, LiveKey>();
  for (const row of rows) {
    const name = nameOf(row);
    const live = known.get(name);
    if (live !== undefined) {
      opened.set(name, live);
      continue;
    }
    master ??= await findMaster(rows, source);
    const bytes = unwrapOne(master, row);
    opened.set(name, { generation: row.generation, key: createSecretKey(bytes) });
    bytes.fill(0);
  }
  return opened;
}

function unwrapOne(master: MasterKey, row: PurposeRow): Buffer {
  try {
    return master.unwrap(row, row.wrapped);
  } catch {
    throw new Error(wrongMaster);
  }
}

function ringOf(rows: readonly PurposeRow[], opened: ReadonlyMap<string, LiveKey>): Map<string, LiveKey[]> {
  const ring = new Map<string, LiveKey[]>();
  for (const row of rows) {
    const live = opened.get(nameOf(row));
    if (live !== undefined) ring.set(row.purpose, [...(ring.get(row.purpose) ?? []), live]);
  }
  return ring;
}

function nameOf({ purpose, generation }: PurposeRow): string {
  return `${purpose}|${generation}`;
}
