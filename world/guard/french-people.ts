import { realCommunes } from '../places.ts';
import { mix } from '../random.ts';

/**
 * People as numbers, so that millions of them need no memory: who lives in an area, who stands on a list of a
 * département, and anybody. Where their number was given follows from the number.
 */

/** How many people live in an area, with some hundred professionals. */
export const peopleOfArea = 20_000;
/** People of a bought list of one département, who live in none of the areas played. */
const listedFrom = 2 ** 29;
const listedOfDepartement = 2 ** 21;
const anyoneFrom = 2 ** 30;
const anyoneCount = 2 ** 29;

/**
 * Born in the département they live in, or beside it. Assumed: about half the people of France live where
 * they were born; a neighbour is one of four départements that belong together in this world.
 */
const bornHere = 0.55;
const bornBeside = 0.17;
/** Born in another country: a tenth of the people of France (census), as a département of its own. */
const bornAbroad = 0.1;
const abroad = 102;

let upTo: Float64Array | undefined;

/** Somebody who lives in an area. */
export function neighbour(area: number, which: number): number {
  return area * peopleOfArea + which;
}

/** Somebody who lives in a département, outside the areas played. */
export function listedIn(departement: number, which: number): number {
  return listedFrom + departement * listedOfDepartement + (which % listedOfDepartement);
}

/** Anybody of the country. */
export function anyone(which: number): number {
  return anyoneFrom + (which % anyoneCount);
}

/** Whether a number is that of somebody on a list of the whole country, or of one département. */
export function isOfWholeCountry(person: number): boolean {
  return person >= anyoneFrom;
}

/** The département of an area, 1 to 101, as often as people live there. */
export function departementOfArea(area: number): number {
  return drawn(mix(area + 0x61726561) / 2 ** 32);
}

/** Where a person's number was given: the place of a département, 1 to 102. */
export function bornIn(person: number): number {
  const share = mix(person ^ 0x5bd1e995) / 2 ** 32;
  if (person >= anyoneFrom)
    return share < bornAbroad ? abroad : drawn((share - bornAbroad) / (1 - bornAbroad));
  const home =
    person < listedFrom
      ? departementOfArea(Math.floor(person / peopleOfArea))
      : Math.floor((person - listedFrom) / listedOfDepartement);
  if (share < bornHere) return home;
  if (share < bornHere + bornBeside) return 1 + (mix(home * 4 + (mix(person) & 3)) % 101);
  const left = (share - bornHere - bornBeside) / (1 - bornHere - bornBeside);
  return left < bornAbroad * 2 ? abroad : drawn((left - bornAbroad * 2) / (1 - bornAbroad * 2));
}

/** The ledger's name of a person: as many letters and figures as a real one, and nobody's. */
export function subjectOf(person: number): string {
  const [a, b] = [mix(person), mix(person ^ 0x2545f491)];
  const start = `${hex(a >>> 16)}${hex(a & 0xffff)}-${hex(b >>> 16)}-4000-8000-${hex(b & 0xffff)}`;
  return `${start}${hex(person >>> 16)}${hex(person & 0xffff)}`;
}

/** Where a person's number stands among all numbers, from 0 up to and without 1. */
export function orderOf(person: number): number {
  return mix(person ^ 0x1b56c4e9) / 2 ** 32;
}

function drawn(share: number): number {
  upTo ??= readPopulations();
  let [low, high] = [0, upTo.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 1) > share) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}

function readPopulations(): Float64Array {
  const people = new Map<string, number>();
  for (const { departement, population } of realCommunes())
    people.set(departement, (people.get(departement) ?? 0) + population);
  const sorted = [...people].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, population]) => population);
  const all = sorted.reduce((sum, each) => sum + each, 0);
  let sum = 0;
  return Float64Array.from(sorted, (each) => {
    sum += each;
    return sum / all;
  });
}

const texts: readonly string[] = Array.from({ length: 65_536 }, (_, word) =>
  word.toString(16).padStart(4, '0'),
);

function hex(word: number): string {
  return texts[word] ?? '0000';
}
