import { parisDay, systemClock } from '../src/platform/clock.ts';
import { type DemoContract, drawCover } from './contracts.ts';
import { withDeaths } from './deaths.ts';
import { drawHousehold } from './household.ts';
import type { Sex } from './names.ts';
import { BirthRegisters } from './nirs.ts';
import { type Area, areaOf, type Commune, drawByPopulation, peopleOfArea } from './places.ts';
import { Random } from './random.ts';

/** An insured person of the invented country. */
export type DemoPerson = {
  readonly familyName: string;
  readonly givenName: string;
  readonly sex: Sex;
  /** Fifteen characters: the number on the card they show. A young child's is a parent's. */
  readonly nir: string;
  /** Other numbers that lead to them: the second parent's, or a parent's for a teenager who has their own. */
  readonly otherNirs: readonly string[];
  /** Eight digits, YYYYMMDD; month and day are 00 for the few whose birthday is not known. */
  readonly birthDate: string;
  /** 1, or 2 for the second twin. */
  readonly birthRank: number;
  /** Where they live: a real département. */
  readonly departement: string;
  /** `YYYY-MM-DD`; null = alive. */
  readonly deathDate: string | null;
  readonly contracts: readonly DemoContract[];
};

/** People who live together, in an area's commune; numbered from 0, in the order they are drawn. */
export type DemoHousehold = {
  readonly number: number;
  readonly area: Area;
  readonly commune: Commune;
  readonly people: readonly DemoPerson[];
};

/** The first people of a seeded country; any count begins with the same ones. `day` places contracts. */
export function* people(
  seed: number,
  count: number,
  day: string = parisDay(systemClock.now()),
): Generator<DemoPerson> {
  for (const household of households(seed, count, day)) yield* household.people;
}

/** The same people, household by household; the last one is cut where the count ends. */
export function* households(
  seed: number,
  count: number,
  day: string = parisDay(systemClock.now()),
): Generator<DemoHousehold> {
  const year = Number(day.slice(0, 4));
  const registers = new BirthRegisters(seed);
  let given = 0;
  let number = 0;
  for (let areaNumber = 0; given < count; areaNumber += 1) {
    const area = areaOf(seed, areaNumber);
    const drawCommune = drawByPopulation(area.communes);
    for (let inArea = 0; inArea < peopleOfArea && given < count; number += 1) {
      const random = new Random(seed, number);
      const commune = drawCommune(random);
      // Four covers at most: the household's, and those that its adults keep for themselves.
      let covers = 0;
      const cover = () => drawCover(random, { key: number * 4 + covers++, year }).contracts;
      const drawn = drawHousehold({ random, registers, departement: commune.departement, cover });
      const listed = drawn.slice(0, count - given);
      given += listed.length;
      inArea += drawn.length;
      yield { number, area, commune, people: withDeaths(listed, { seed, household: number, year }) };
    }
  }
}
