import type { KeyObject } from 'node:crypto';
import type { Database } from '../../platform/database/connect.ts';
import { aboutInsurer, type Keys } from './keys.ts';
import { randomOf } from './seal.ts';
import { addInsurerKeys, readInsurerKeys } from './store.ts';

/** Insurers' opened keys of one generation, the newest, by insurer number. */
export class InsurerKeys extends Map<number, KeyObject> {
  readonly generation: number;

  constructor(generation: number, keys: Iterable<readonly [number, KeyObject]>) {
    super(keys);
    this.generation = generation;
  }
}

/** Gives a key of the current generation to each insurer that has none yet, and opens them all. */
export async function enrolInsurers(
  db: Database,
  keys: Keys,
  insurers: readonly number[],
): Promise<InsurerKeys> {
  const generation = keys.generation('insurer');
  const rows = insurers.map((insurer) => {
    const key = randomOf(32);
    const wrapped = keys.seal('insurer', key, aboutInsurer(insurer));
    key.fill(0);
    return { insurer, generation, wrapped };
  });
  // Two servers may enrol at once: the first key stays, and both read it back.
  await addInsurerKeys(db, rows);
  const kept = (await readInsurerKeys(db)).filter((row) => row.generation === generation);
  return new InsurerKeys(
    generation,
    kept.map((row) => [row.insurer, keys.insurerKey(row.insurer, row.wrapped)]),
  );
}

/** Fails unless the master key is the one this database was sealed with: else everyone would be unknown. */
export async function confirmKeys(db: Database, keys: Keys): Promise<void> {
  for (const row of await readInsurerKeys(db)) {
    try {
      keys.insurerKey(row.insurer, row.wrapped);
    } catch {
      throw new Error('the master key is not the one this database was sealed with');
    }
  }
}
