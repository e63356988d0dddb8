import type { Insurer } from '../src/modules/rights/index.ts';
import { loadPeople, type PersonToLoad } from '../src/modules/rights/index.ts';
import type { Identity, Keys } from '../src/modules/vault/index.ts';
import type { Database } from '../src/platform/database/connect.ts';
import { insurers } from './insurers.ts';
import { type DemoPerson, people } from './people.ts';

/** Which country to load, and who hears of the progress. */
export type WorldOptions = {
  readonly seed: number;
  readonly count: number;
  /** The day that places contracts in time; today unless told. */
  readonly day?: string;
  readonly onProgress?: (loaded: number) => void;
};

/**
 * The people and professionals of a small country, and the seed that everybody uses unless told
 * otherwise.
 */
export const demoWorld = { seed: 2024, people: 100_000, professionals: 300 } as const;

/** Loads the invented country's people, sealed; returns how many. */
export async function loadWorld(
  tools: { db: Database; keys: Keys },
  { seed, count, day, onProgress }: WorldOptions,
): Promise<number> {
  const known: readonly Insurer[] = insurers.map(({ id, amcCode, name }) => ({ id, amcCode, name }));
  const drawn = day === undefined ? people(seed, count) : people(seed, count, day);
  const options = onProgress === undefined ? { insurers: known } : { insurers: known, onProgress };
  return loadPeople(tools, described(drawn), options);
}

/** How an invented person is found: by each of the numbers that lead to them. */
export function identitiesOf(person: DemoPerson): readonly Identity[] {
  const { birthDate, birthRank } = person;
  const nirs = [person.nir, ...person.otherNirs];
  return nirs.map((nir) => ({ nir13: nir.slice(0, 13), birthDate, birthRank }));
}

function* described(drawn: Iterable<DemoPerson>): Generator<PersonToLoad> {
  for (const person of drawn) yield { identities: identitiesOf(person), contracts: person.contracts };
}
