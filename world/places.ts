import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Random } from './random.ts';

/** A real commune, or an arrondissement of Paris, Lyon or Marseille. */
export type Commune = {
  readonly code: string;
  readonly name: string;
  readonly departement: string;
  readonly postcode: string;
  readonly population: number;
};

/** A few neighbouring communes where some thousands of the invented people live, work and are cared for. */
export type Area = { readonly number: number; readonly communes: readonly Commune[] };

/** How many people live in an area, before the next one is filled. */
export const peopleOfArea = 20_000;

type ListedCommune = {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly departement?: string;
  readonly commune?: string;
  readonly codesPostaux?: readonly string[];
  readonly population?: number;
};
type Group = { readonly membres: readonly { readonly code: string }[] };
type Country = {
  readonly communes: readonly Commune[];
  /** Up to and with each commune, how many people live in the communes before: where a draw falls. */
  readonly upTo: Int32Array;
  /** The communes that belong together (EPCI), by the code of each. */
  readonly together: ReadonlyMap<string, readonly Commune[]>;
};

// Whose arrondissements have codes of their own, by which people are listed.
const divided = ['75056', '13055', '69123'];
const covered = /^(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[12346])$/;
const communesOfArea = 10;

let read: Country | undefined;

/** The n-th area of a seeded country: a place drawn by its real population, and neighbours of its group. */
export function areaOf(seed: number, number: number): Area {
  const country = readCountry();
  const random = new Random(seed, 0x61726561, number);
  const centre = drawFrom(random, country.communes, country.upTo);
  const near = (country.together.get(centre.code) ?? [centre]).filter(
    ({ departement }) => departement === centre.departement,
  );
  const upTo = sums(near);
  const drawn = new Set([centre]);
  for (let tries = 0; tries < 3 * communesOfArea && drawn.size < communesOfArea; tries += 1)
    drawn.add(drawFrom(random, near, upTo));
  return { number, communes: [...drawn] };
}

/** Draws among communes, each as often as its share of their population. */
export function drawByPopulation(communes: readonly Commune[]): (random: Random) => Commune {
  const upTo = sums(communes);
  return (random) => drawFrom(random, communes, upTo);
}

/** Every commune where the invented people may live. */
export function realCommunes(): readonly Commune[] {
  return readCountry().communes;
}

function readCountry(): Country {
  read ??= openCountry();
  return read;
}

function openCountry(): Country {
  const listed = readList<ListedCommune>('communes').filter(isPlace);
  const communes = listed.map(({ code, nom, departement, codesPostaux, population }) => ({
    code,
    name: nom,
    departement: departement ?? '',
    postcode: codesPostaux?.[0] ?? '',
    population: population ?? 0,
  }));
  const parts = new Map<string, Commune[]>();
  for (const [index, commune] of communes.entries()) {
    const whole = listed[index]?.commune ?? commune.code;
    parts.set(whole, [...(parts.get(whole) ?? []), commune]);
  }
  const together = new Map<string, readonly Commune[]>();
  for (const { membres } of readList<Group>('epci')) {
    const members = membres.flatMap(({ code }) => parts.get(code) ?? []);
    for (const { code } of members) together.set(code, members);
  }
  return { communes, upTo: sums(communes), together };
}

function isPlace({ code, type, departement, population, codesPostaux }: ListedCommune): boolean {
  const lives =
    type === 'arrondissement-municipal' || (type === 'commune-actuelle' && !divided.includes(code));
  return lives && covered.test(departement ?? '') && (population ?? 0) > 0 && codesPostaux !== undefined;
}

function sums(communes: readonly Commune[]): Int32Array {
  let sum = 0;
  return Int32Array.from(communes, ({ population }) => {
    sum += population;
    return sum;
  });
}

function drawFrom(random: Random, communes: readonly Commune[], upTo: Int32Array): Commune {
  const drawn = random.below(upTo.at(-1) ?? 0);
  let low = 0;
  let high = communes.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) > drawn) high = middle;
    else low = middle + 1;
  }
  const commune = communes[low];
  if (commune === undefined) throw new Error('an area needs a commune');
  return commune;
}

function readList<T>(name: string): readonly T[] {
  const path = createRequire(import.meta.url).resolve(`@etalab/decoupage-administratif/data/${name}.json`);
  return JSON.parse(readFileSync(path, 'utf8'));
}
