import { parisDay, systemClock } from '../src/platform/clock.ts';
import { type Cover, type DemoContract, drawCover } from './contracts.ts';
import { familyName, givenName, type Sex } from './names.ts';
import { type Birth, issueNir } from './nirs.ts';
import { Random, spread } from './random.ts';

/** An insured person of the invented country. */
export type DemoPerson = {
  readonly familyName: string;
  readonly givenName: string;
  /** Fifteen digits: the number on the card they show. A young child's is a parent's. */
  readonly nir: string;
  /** Other numbers that lead to them: the second parent's, or a parent's for a teenager who has their own. */
  readonly otherNirs: readonly string[];
  /** Eight digits, YYYYMMDD; month and day are 00 for the few whose birthday is not known. */
  readonly birthDate: string;
  /** 1, or 2 for the second twin. */
  readonly birthRank: number;
  readonly contracts: readonly DemoContract[];
};

type Adult = { readonly person: DemoPerson; readonly birth: Birth };
type Household = {
  readonly random: Random;
  /** The year that contracts are drawn for. */
  readonly year: number;
  readonly cover: Cover;
  issue(sex: Sex, year: number): Birth;
};

// Births stop here, so that people are the same whatever the day on which a world is filled.
const lastBirthYear = 2025;

const householdKinds = spread([
  [37, { adults: 1, children: 0 }],
  [27, { adults: 2, children: 0 }],
  [10, { adults: 2, children: 1 }],
  [11, { adults: 2, children: 2 }],
  [4, { adults: 2, children: 3 }],
  [1, { adults: 2, children: 4 }],
  [6, { adults: 1, children: 1 }],
  [4, { adults: 1, children: 2 }],
] as const);

const ageBands = spread([
  [14, [18, 29]],
  [32, [30, 49]],
  [26, [50, 64]],
  [28, [65, 96]],
] as const);

/** The first people of a seeded country; any count begins with the same ones. `day` places contracts. */
export function* people(
  seed: number,
  count: number,
  day: string = parisDay(systemClock.now()),
): Generator<DemoPerson> {
  const year = Number(day.slice(0, 4));
  let given = 0;
  let ordinal = 0;
  for (let household = 0; given < count; household += 1) {
    const random = new Random(seed, household);
    const issue = (sex: Sex, birthYear: number) => {
      ordinal += 1;
      return issueNir(random, seed, ordinal, { sex, year: birthYear });
    };
    for (const person of drawHousehold({ random, year, issue, cover: drawCover(random, year) })) {
      if (given === count) return;
      given += 1;
      yield person;
    }
  }
}

function drawHousehold(household: Household): readonly DemoPerson[] {
  const { random } = household;
  const kind = random.pick(householdKinds);
  const name = familyName(random);
  const [youngest, oldest] = kind.children > 0 ? ([24, 52] as const) : random.pick(ageBands);
  const year = lastBirthYear - random.between(youngest, oldest);
  const sex = random.chance(0.52) ? 2 : 1;
  const first = drawAdult(household, name, { sex, year });
  const adults = [first];
  if (kind.adults === 2) {
    const otherSex = random.chance(0.03) ? sex : sex === 1 ? 2 : 1;
    const otherYear = Math.min(lastBirthYear - 18, year + random.between(-6, 6));
    const otherName = random.chance(0.3) ? familyName(random) : name;
    adults.push(drawAdult(household, otherName, { sex: otherSex, year: otherYear }));
  }
  return [...adults.map((adult) => adult.person), ...drawChildren(household, adults, kind.children)];
}

function drawAdult(household: Household, family: string, is: { sex: Sex; year: number }): Adult {
  const { random } = household;
  const birth = household.issue(is.sex, is.year);
  // Some born abroad before civil registers were kept have a year and nothing more.
  const isLunar = birth.nir.slice(5, 7) === '99' && is.year < 1970 && random.chance(0.1);
  const day = isLunar ? '0000' : two(birth.month) + two(random.between(1, daysIn(birth)));
  const person = {
    familyName: family,
    givenName: givenName(random, is.sex),
    nir: birth.nir,
    otherNirs: [],
    birthDate: `${is.year}${day}`,
    birthRank: 1,
    // One adult in twenty keeps a contract of their own, or none.
    contracts: random.chance(0.05) ? drawCover(random, household.year).contracts : household.cover.contracts,
  };
  return { person, birth };
}

function drawChildren(household: Household, adults: readonly Adult[], count: number): readonly DemoPerson[] {
  const { random } = household;
  const eldest = Math.max(...adults.map((adult) => adult.birth.year)) + 20;
  const children: DemoPerson[] = [];
  let year = Math.max(lastBirthYear - 19, Math.min(lastBirthYear, eldest) - random.between(0, 12));
  while (children.length < count && year <= lastBirthYear) {
    const child = drawChild(household, adults, year);
    children.push(child);
    if (children.length < count && random.chance(0.03)) children.push(twinOf(household, child));
    year += random.between(1, 4);
  }
  return children;
}

function drawChild(household: Household, adults: readonly Adult[], year: number): DemoPerson {
  const { random } = household;
  const sex = random.chance(0.51) ? 1 : 2;
  const parents = adults.map((adult) => adult.person.nir);
  const [parent = '', ...others] = random.chance(0.4) ? parents.toReversed() : parents;
  const isOnBoth = random.chance(0.35);
  const own = year <= lastBirthYear - 16 ? household.issue(sex, year) : undefined;
  const month = own?.month ?? random.between(1, 12);
  return {
    familyName: adults[0]?.person.familyName ?? familyName(random),
    givenName: givenName(random, sex),
    nir: own?.nir ?? parent,
    otherNirs: own === undefined ? (isOnBoth ? others : []) : [parent],
    birthDate: `${year}${two(month)}${two(random.between(1, daysIn({ year, month })))}`,
    birthRank: 1,
    contracts: adults[0]?.person.contracts ?? [],
  };
}

// Twins share a birth date: under a parent's number, the rank alone tells them apart.
function twinOf(household: Household, child: DemoPerson): DemoPerson {
  const { random } = household;
  const hasOwn =
    child.nir !== child.otherNirs[0] && child.birthDate.slice(0, 4) <= String(lastBirthYear - 16);
  const numbers = hasOwn ? { nir: child.otherNirs[0] ?? child.nir, otherNirs: [] } : {};
  return { ...child, ...numbers, givenName: givenName(random, random.chance(0.5) ? 1 : 2), birthRank: 2 };
}

function daysIn(birth: { year: number; month: number }): number {
  return new Date(Date.UTC(birth.year, birth.month, 0)).getUTCDate();
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
