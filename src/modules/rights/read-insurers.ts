import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import type { InsurerCard } from './answer.ts';
import { readInsurers } from './store.ts';

/** The list of insurers, known to hold those asked for if they exist. */
export type ReadInsurers = (needed: readonly number[]) => Promise<ReadonlyMap<number, InsurerCard>>;

const rereadAfterMs = 60_000;

/** Keeps the short list of insurers at hand; it is read again each minute, or when one is missing. */
export function createReadInsurers(db: Database): ReadInsurers {
  let list: ReadonlyMap<number, InsurerCard> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  return async (needed) => {
    const isFresh = performance.now() - readAt < rereadAfterMs;
    if (isFresh && needed.every((insurer) => list.has(insurer))) return list;
    const rows = await readInsurers(db).catch((error: unknown) => {
      throw new Failure('unavailable', { privateCause: error });
    });
    list = new Map(rows.map(({ id, name, amcCode }) => [id, { name, amcCode }]));
    readAt = performance.now();
    return list;
  };
}
