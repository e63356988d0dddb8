import { controlKey } from '../src/modules/rights/index.ts';
import type { Sex } from './names.ts';
import { realCommunes } from './places.ts';
import { mix, type Random } from './random.ts';

/** What a register keeps of a birth. Month 0: only the year is known. */
export type Birth = { readonly sex: Sex; readonly year: number; readonly month: number };

/** A département to be born in, and the codes there that belong to no commune. */
type Place = { readonly departement: string; readonly codes: number; readonly firstCode: number };

const orders = 999;
// Coprime with every count of numbers below: consecutive births get numbers far apart.
const stride = 611_953;
const months = 13;
/** Above it, a town may have more than 999 births in a month, and numbers that go on under another code. */
const largestTown = 100_000;
// In metropolitan départements no commune has a code from 920 to 989, in those overseas none from 70 to 89.
const metropolitan = { codes: 70, firstCode: 920 };
const overseas = { codes: 20, firstCode: 70 };
// Both were département 20 until 1976: their codes stay apart.
const corsican = { '2A': { codes: 35, firstCode: 920 }, '2B': { codes: 35, firstCode: 955 } };
// Numbers that were also Algeria's, Morocco's and Tunisia's; 974 and 976 have towns that are too large.
const neverBirthplace = /^(?:9[1-6]|974|976)$/;

/**
 * Gives out NIRs that nobody alive can have: the birthplace is a code that no commune of its département has
 * or had. No number is given twice, whatever the size of the country: each register counts.
 */
export class BirthRegisters {
  readonly #seed: number;
  readonly #places: readonly Place[];
  readonly #drawn: readonly number[];
  readonly #byDepartement: ReadonlyMap<string, number>;
  readonly #counts: Int32Array;

  constructor(seed: number) {
    this.#seed = seed;
    const { places, drawn } = birthplaces();
    this.#places = places;
    this.#drawn = drawn;
    this.#byDepartement = new Map(places.map(({ departement }, index) => [departement, index]));
    this.#counts = new Int32Array(places.length * 2 * 100 * months);
  }

  /** A place to be born: often where the family lives, when a birthplace can be invented there. */
  drawPlace(random: Random, home: string): number {
    const isHome = random.chance(0.6);
    const here = this.#byDepartement.get(home);
    return isHome && here !== undefined ? here : random.pick(this.#drawn);
  }

  /** Fifteen characters: a number that was given to nobody. */
  issue(place: number, { sex, year, month }: Birth): string {
    const register = ((place * 2 + sex - 1) * 100 + (year % 100)) * months + month;
    const count = this.#counts[register] ?? 0;
    this.#counts[register] = count + 1;
    const { departement, codes, firstCode } = this.#places[place] as Place;
    const numbers = codes * orders;
    if (count >= numbers) throw new Error('a register of births is full: ask for fewer people');
    const number = ((mix(this.#seed ^ mix(register)) % numbers) + count * stride) % numbers;
    const code = firstCode + (number % codes);
    const order = 1 + Math.floor(number / codes);
    // Incomplete civil status has a month that no calendar has.
    const place5 = `${year < 1976 && /^2[AB]$/.test(departement) ? '20' : departement}${code}`;
    const nir13 = `${sex}${two(year % 100)}${two(month === 0 ? 20 : month)}${place5}${three(order)}`;
    return nir13 + controlKey(nir13);
  }
}

let known: { places: readonly Place[]; drawn: readonly number[] } | undefined;

/** The départements that people may be born in, and each as often as its real population says. */
function birthplaces(): { places: readonly Place[]; drawn: readonly number[] } {
  if (known !== undefined) return known;
  const population = new Map<string, number>();
  const largest = new Map<string, number>();
  for (const { departement, population: count } of realCommunes()) {
    population.set(departement, (population.get(departement) ?? 0) + count);
    largest.set(departement, Math.max(largest.get(departement) ?? 0, count));
  }
  // Towns divided in arrondissements are larger than each of these.
  for (const departement of ['13', '69', '75']) largest.set(departement, largestTown);
  const departements = [...population.keys()]
    .filter((each) => (largest.get(each) ?? 0) < largestTown && !neverBirthplace.test(each))
    .sort();
  const places = departements.map((departement) => ({ departement, ...codesOf(departement) }));
  const drawn = departements.flatMap((departement, index) =>
    Array.from({ length: Math.ceil((population.get(departement) ?? 0) / 10_000) }, () => index),
  );
  known = { places, drawn };
  return known;
}

function codesOf(departement: string): Omit<Place, 'departement'> {
  if (departement === '2A' || departement === '2B') return corsican[departement];
  return departement.length === 3 ? overseas : metropolitan;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function three(value: number): string {
  return `${value}`.padStart(3, '0');
}
