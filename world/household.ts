import type { DemoContract } from './contracts.ts';
import { familyName, givenName, type Sex } from './names.ts';
import type { Birth, BirthRegisters } from './nirs.ts';
import type { DemoPerson } from './people.ts';
import { type Random, spread } from './random.ts';

/** What a household is drawn with. */
export type HouseholdTools = {
  readonly random: Random;
  readonly registers: BirthRegisters;
  /** Where they live. */
  readonly departement: string;
  /** Draws the contracts of one more insured. */
  readonly cover: () => readonly DemoContract[];
};

type Adult = { readonly person: DemoPerson; readonly year: number };
type Born = Birth & { readonly place: number; readonly birthDate: string };

// Births stop here, so that people are the same whatever the day on which a world is filled.
const lastBirthYear = 2025;
const ownNumberAge = 16;
/** Older ones have left. */
const eldestChild = 19;

const householdKinds = spread([
  [37, { adults: 1, children: 0 }],
  [30, { adults: 2, children: 0 }],
  [9, { adults: 2, children: 1 }],
  [10, { adults: 2, children: 2 }],
  [3, { adults: 2, children: 3 }],
  [1, { adults: 2, children: 4 }],
  [6, { adults: 1, children: 1 }],
  [4, { adults: 1, children: 2 }],
] as const);

const ageBands = spread([
  [14, [18, 29]],
  [20, [30, 49]],
  [25, [50, 64]],
  [29, [65, 79]],
  [12, [80, 96]],
] as const);

/** The adults first, then their children from the eldest. */
export function drawHousehold(tools: HouseholdTools): readonly DemoPerson[] {
  const { random } = tools;
  const contracts = tools.cover();
  const kind = random.pick(householdKinds);
  const name = familyName(random);
  const [youngest, oldest] = kind.children > 0 ? ([24, 52] as const) : random.pick(ageBands);
  const year = lastBirthYear - random.between(youngest, oldest);
  const sex = random.chance(0.52) ? 2 : 1;
  const adults = [drawAdult(tools, { family: name, sex, year, contracts })];
  if (kind.adults === 2) {
    const otherSex = random.chance(0.03) ? sex : sex === 1 ? 2 : 1;
    const otherYear = Math.min(lastBirthYear - 18, year + random.between(-6, 6));
    const family = random.chance(0.3) ? familyName(random) : name;
    adults.push(drawAdult(tools, { family, sex: otherSex, year: otherYear, contracts }));
  }
  const children = kind.children === 0 ? [] : drawChildren(tools, adults, kind.children);
  return [...adults.map(({ person }) => person), ...children];
}

function drawAdult(
  tools: HouseholdTools,
  is: { family: string; sex: Sex; year: number; contracts: readonly DemoContract[] },
): Adult {
  const { random, registers, departement } = tools;
  // Of some born before registers were complete, a year is known and nothing more.
  const born = drawBirth(tools, is, is.year < 1960 && random.chance(0.006));
  const person = {
    familyName: is.family,
    givenName: givenName(random, is.sex, is.year),
    sex: is.sex,
    nir: registers.issue(born.place, born),
    otherNirs: [],
    birthDate: born.birthDate,
    birthRank: 1,
    departement,
    deathDate: null,
    // One adult in twenty keeps a contract of their own, or none.
    contracts: random.chance(0.05) ? tools.cover() : is.contracts,
  };
  return { person, year: is.year };
}

function drawBirth(tools: HouseholdTools, is: { sex: Sex; year: number }, isIncomplete = false): Born {
  const { random, registers, departement } = tools;
  const { sex, year } = is;
  const place = registers.drawPlace(random, departement);
  if (isIncomplete) return { sex, year, month: 0, place, birthDate: `${year}0000` };
  const month = random.between(1, 12);
  const day = random.between(1, daysIn(year, month));
  return { sex, year, month, place, birthDate: `${year}${two(month)}${two(day)}` };
}

function drawChildren(tools: HouseholdTools, adults: readonly Adult[], count: number): readonly DemoPerson[] {
  const { random } = tools;
  const parent = Math.max(...adults.map((adult) => adult.year));
  const earliest = Math.max(lastBirthYear - eldestChild, parent + 19);
  const latest = Math.max(earliest, Math.min(lastBirthYear, parent + 42) - 3 * (count - 1));
  const children: DemoPerson[] = [];
  let year = Math.min(lastBirthYear, random.between(earliest, latest));
  while (children.length < count && year <= lastBirthYear) {
    const isTwins = count - children.length > 1 && random.chance(0.03);
    children.push(...drawSiblings(tools, adults, { year, count: isTwins ? 2 : 1 }));
    year += random.between(1, 4);
  }
  return children;
}

/** A child, or twins: the rank alone tells them apart under a parent's number. */
function drawSiblings(
  tools: HouseholdTools,
  adults: readonly Adult[],
  of: { year: number; count: number },
): readonly DemoPerson[] {
  const { random, registers, departement } = tools;
  const born = drawBirth(tools, { sex: 1, year: of.year });
  const parents = adults.map((adult) => adult.person.nir);
  const [parent = '', ...others] = random.chance(0.4) ? parents.toReversed() : parents;
  const isOnBoth = random.chance(0.35);
  const hasOwn = of.year <= lastBirthYear - ownNumberAge;
  return Array.from({ length: of.count }, (_, index) => {
    const sex: Sex = random.chance(0.51) ? 1 : 2;
    return {
      familyName: adults[0]?.person.familyName ?? '',
      givenName: givenName(random, sex, of.year),
      sex,
      nir: hasOwn ? registers.issue(born.place, { ...born, sex }) : parent,
      otherNirs: hasOwn ? [parent] : isOnBoth ? others : [],
      birthDate: born.birthDate,
      birthRank: index + 1,
      departement,
      deathDate: null,
      contracts: adults[0]?.person.contracts ?? [],
    };
  });
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
