import {
  findDomain,
  type Insurer,
  type ListedContract,
  type ListedDomain,
  type ListedPerson,
  loadPeople,
  type PersonToLoad,
  type RightDays,
} from '../src/modules/rights/index.ts';
import type { Identity, Keys } from '../src/modules/vault/index.ts';
import type { Database } from '../src/platform/database/connect.ts';
import type { DemoContract } from './contracts.ts';
import { type DemoDomain, insurers } from './insurers.ts';
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
  for (const person of drawn) yield personToLoad(person);
}

/** An invented person as the loader takes them. */
export function personToLoad(person: DemoPerson): PersonToLoad {
  return { identities: identitiesOf(person), listed: listedBy(person) };
}

/** A person as the files of their insurers list them, under each of their numbers. */
function listedBy(person: DemoPerson): ReadonlyMap<number, readonly ListedPerson[]> {
  const { familyName, givenName, sex, departement, deathDate, contracts } = person;
  const listed = new Map<number, ListedPerson[]>();
  for (const insurer of new Set(contracts.map((each) => each.insurer))) {
    const own = contracts.filter((each) => each.insurer === insurer).map(listedContract);
    own.sort((one, other) => (one.contractNumber < other.contractNumber ? -1 : 1));
    const groups = identitiesOf(person).map((identity) => ({
      lines: [],
      identity: { birthRank: 1, ...identity },
      lastName: familyName,
      firstName: givenName,
      sex: String(sex),
      departement,
      deathDate: deathDate ?? '',
      contracts: own,
    }));
    listed.set(insurer, groups);
  }
  return listed;
}

function listedContract(contract: DemoContract): ListedContract {
  const { contractNumber, memberNumber, csr, responsible, plan } = contract;
  const { onlineStart, onlineEnd, printedEnd } = contract;
  const days = { start: onlineStart, printedEnd, onlineEnd };
  const domains = listedDomains(contract.domains, days);
  const convention = domains.map((each) => each.convention).sort()[0] ?? contract.convention;
  return { contractNumber, memberNumber, convention, csr, responsible, plan, days, domains };
}

// Everybody under a formula has the same domains: listed once, as one line after the other would be.
const known = new WeakMap<readonly DemoDomain[], readonly ListedDomain[]>();

function listedDomains(domains: readonly DemoDomain[], days: RightDays): readonly ListedDomain[] {
  const hasOwnDays = domains.some(({ start }) => start !== undefined);
  const found = known.get(domains);
  if (found !== undefined && !hasOwnDays) return found;
  const listed = domains.map(({ code, level, conventions, start }) => {
    const own = { code, level, convention: conventions[0] ?? '' };
    return hasOwnDays ? { ...own, days: { ...days, start: start ?? days.start } } : own;
  });
  listed.sort((one, other) => place(one) - place(other));
  known.set(domains, Object.freeze(listed));
  return listed;
}

function place({ code }: ListedDomain): number {
  return findDomain(code)?.field ?? 0;
}
