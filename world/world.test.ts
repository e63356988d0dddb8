import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { parseBirthDate } from '../src/modules/rights/birth-date.ts';
import { parseNir } from '../src/modules/rights/nir.ts';
import { parseFiness, parseRpps } from '../src/modules/rights/practitioner.ts';
import { professions } from '../src/modules/rights/professions.ts';
import { identitiesOf } from './load-world.ts';
import { BirthRegisters } from './nirs.ts';
import { type DemoPerson, households, people } from './people.ts';
import { areaOf } from './places.ts';
import { type DemoProfessional, professionals } from './professionals.ts';
import { Random } from './random.ts';
import { Patients } from './relations.ts';

const day = '2026-06-15';
const country = [...people(1, 10_000, day)];

test('the same seed gives the same people, and a larger country begins with the smaller one', () => {
  expect([...people(1, 10_000, day)]).toEqual(country);
  expect([...people(1, 10_500, day)].slice(0, 10_000)).toEqual(country);
  expect([...people(2, 100, day)]).not.toEqual(country.slice(0, 100));
  expect([...professionals(1, 50)]).toEqual([...professionals(1, 300)].slice(0, 50));
});

test('people stay the same another year; only their contracts move, and when somebody died', () => {
  const later = [...people(1, 10_000, '2031-02-01')];
  const names = (list: typeof later) =>
    list.map(({ contracts, deathDate, ...person }) => [person, contracts.length, deathDate === null]);
  expect(names(later)).toEqual(names(country));
});

test('one adult in two thousand died in the year before, whatever the year', () => {
  const diedBefore = (year: number) =>
    [...people(1, 40_000, `${year}-02-01`)].flatMap(({ deathDate, ...person }) =>
      deathDate === null ? [] : [{ deathDate, person }],
    );
  const [one, other] = [diedBefore(2026), diedBefore(2031)];
  expect(one.length).toBeGreaterThan(5);
  expect(one.length).toBeLessThan(40);
  expect(other.map(({ person }) => person.nir)).toEqual(one.map(({ person }) => person.nir));
  for (const { deathDate, person } of one) {
    expect(deathDate).toMatch(/^2025-\d\d-\d\d$/);
    expect(Number(person.birthDate.slice(0, 4))).toBeLessThan(2008);
  }
  for (const { deathDate } of other) expect(deathDate).toMatch(/^2030-/);
  expect(one.some(({ person }) => person.contracts.length > 0)).toBe(true);
  // The day of the year changes nothing: what is loaded in June is what was written for the year.
  const june = [...people(1, 40_000, '2026-06-15')].filter(({ deathDate }) => deathDate !== null);
  expect(june.map(({ deathDate }) => deathDate)).toEqual(one.map(({ deathDate }) => deathDate));
});

test('every number and birth date is valid, and nobody can be taken for another', () => {
  const seen = new Set<string>();
  for (const person of country) {
    expect(parseBirthDate(person.birthDate, day)).toHaveProperty('birthDate');
    for (const nir of [person.nir, ...person.otherNirs]) expect(parseNir(nir)).toHaveProperty('key');
    for (const { nir13, birthDate, birthRank } of identitiesOf(person)) {
      const key = `${nir13}|${birthDate}|${birthRank}`;
      expect(seen.has(key)).toBe(false);
      seen.add(key);
    }
  }
});

test('the country has what lookups must cope with', () => {
  const has = (what: (person: (typeof country)[number]) => boolean) => country.filter(what).length;
  expect(has((person) => person.contracts.length === 0)).toBeGreaterThan(250);
  expect(has((person) => new Set(person.contracts.map((each) => each.insurer)).size === 2)).toBeGreaterThan(
    150,
  );
  expect(has((person) => person.birthRank === 2)).toBeGreaterThan(10);
  expect(has((person) => person.birthDate.endsWith('0000'))).toBeGreaterThan(2);
  expect(has((person) => person.otherNirs.length > 0)).toBeGreaterThan(700);
  const ended = has(({ contracts: [contract] }) => (contract?.onlineEnd ?? '9') < day);
  const notStarted = has(({ contracts: [contract] }) => (contract?.onlineStart ?? '0') > day);
  const cutShort = has(
    ({ contracts: [each] }) => each !== undefined && (each.onlineEnd ?? '9') < day && each.printedEnd > day,
  );
  for (const number of [ended, notStarted, cutShort]) expect(number).toBeGreaterThan(80);
  const corsican = (person: DemoPerson) => ['2A', '2B', '20'].includes(person.nir.slice(5, 7));
  expect(has(corsican)).toBeGreaterThan(5);
});

test('people change insurer, some with months between', () => {
  const pairs = country.map(({ contracts: [first, second] }) => ({ first, second }));
  const days = pairs.flatMap(({ first, second }) => {
    if (first === undefined || second === undefined || (first.onlineEnd ?? '9') > second.onlineStart)
      return [];
    expect(first.insurer).not.toBe(second.insurer);
    return [(Date.parse(second.onlineStart) - Date.parse(first.onlineEnd ?? '')) / 86_400_000];
  });
  expect(days.filter((gap) => gap === 1).length).toBeGreaterThan(150);
  expect(days.filter((gap) => gap > 100).length).toBeGreaterThan(50);
});

test('households are families: parents are of an age to be, twins are told apart by rank', () => {
  const all = [...households(1, 20_000, day)];
  const siblings = all.flatMap(({ people: [first, ...others] }) =>
    others.map((one, index) => [first, ...others].slice(0, index + 1).map((other) => [one, other] as const)),
  );
  const twins = siblings
    .flat()
    .filter(([one, other]) => one.birthRank === 2 && other?.birthDate === one.birthDate);
  expect(twins.length).toBeGreaterThan(20);
  for (const [one, other] of twins) {
    expect(other?.birthRank).toBe(1);
    expect(other?.familyName).toBe(one.familyName);
  }
  const underParent = all.flatMap(({ people: [parent, ...others] }) =>
    others
      .filter((one) => parent !== undefined && [one.nir, ...one.otherNirs].includes(parent.nir))
      .map((one) => {
        return Number(one.birthDate.slice(0, 4)) - Number(parent?.birthDate.slice(0, 4));
      }),
  );
  expect(underParent.length).toBeGreaterThan(2000);
  expect(Math.min(...underParent)).toBeGreaterThanOrEqual(18);
  expect(Math.max(...underParent)).toBeLessThanOrEqual(52);
});

test('nobody alive can have a number of the country: no commune has or had its birthplace', () => {
  const listed = createRequire(import.meta.url)('@etalab/decoupage-administratif/data/communes.json') as {
    code: string;
    anciensCodes?: string[];
    chefLieu?: string;
    population?: number;
  }[];
  const codes = new Set(
    listed.flatMap(({ code, anciensCodes = [], chefLieu = code }) => [code, chefLieu, ...anciensCodes]),
  );
  expect(codes.size).toBeGreaterThan(36_000);
  // Before 1976 Corsica's communes were numbered under 20.
  for (const code of [...codes]) if (/^2[AB]/.test(code)) codes.add(`20${code.slice(2)}`);
  const wasElsewhere = /^9[1-6]/;
  // Where a commune may have more than 999 births in a month, numbers go on under codes of no commune.
  const large = listed.filter(({ population = 0 }) => population >= 100_000);
  const departements = new Set(large.map(({ code }) => code.replace(/^(97.|..).*/, '$1')));
  expect(departements.size).toBe(37);
  for (const seed of [1, 2, 3]) {
    for (const person of people(seed, 20_000, day)) {
      for (const nir of [person.nir, ...person.otherNirs]) {
        const place = nir.slice(5, 10);
        const isLarge = departements.has(place.replace(/^(97.|..).*/, '$1'));
        if (codes.has(place) || wasElsewhere.test(place) || isLarge)
          expect.fail(`seed ${seed}: born in ${place}`);
      }
    }
  }
});

test('registers of births give every number once, then say that they are full', () => {
  const registers = new BirthRegisters(5);
  const given = new Set<string>();
  const birth = { sex: 2, year: 1970, month: 1 } as const;
  // Corsica was one département in 1970: two registers share its numbers.
  for (const [departement, codes] of [
    ['2A', 35],
    ['2B', 35],
    ['01', 70],
  ] as const) {
    const place = placeIn(registers, departement);
    for (let count = 0; count < codes * 999; count += 1) given.add(registers.issue(place, birth));
    expect(() => registers.issue(place, birth)).toThrow('full');
  }
  expect(given.size).toBe(140 * 999);
});

test('areas are drawn where the people of the real country live', () => {
  const areas = Array.from({ length: 600 }, (_, number) => areaOf(1, number));
  const count = (departements: string[]) =>
    areas.filter(({ communes: [centre] }) => departements.includes(centre?.departement ?? '')).length;
  // Eight of 68 million live in these four, and four in those twenty-one.
  expect(count(['59', '75', '13', '69'])).toBeGreaterThan(60);
  const empty = '48 23 15 05 09 46 90 43 52 58 32 04 36 55 08 19 70 2A 2B 39 65'.split(' ');
  expect(count(empty)).toBeLessThan(60);
  expect(count(empty)).toBeGreaterThan(10);
  for (const { communes } of areas) {
    expect(new Set(communes.map(({ departement }) => departement)).size).toBe(1);
    expect(communes.length).toBeLessThanOrEqual(10);
  }
});

test('professionals have distinct valid numbers and an address that reaches nobody', () => {
  const list = [...professionals(1, 3_000)];
  expect(new Set(list.map((each) => each.rpps)).size).toBe(3_000);
  for (const each of list) {
    expect(parseRpps(each.rpps)).toEqual({ rpps: each.rpps });
    expect(parseFiness(each.finess)).toEqual({ finess: each.finess });
    expect(each.email).toMatch(/^[a-z.-]+\.\d+@sante\.example$/);
  }
});

test('every profession works in the first area, and a hospital has forty desks', () => {
  const list = [...professionals(2024, 300)];
  expect(new Set(list.map(({ profession }) => profession))).toEqual(
    new Set(professions.map(({ code }) => code)),
  );
  const desks = new Map<string, DemoProfessional[]>();
  for (const one of list) desks.set(one.finess, [...(desks.get(one.finess) ?? []), one]);
  const largest = [...desks.values()].reduce((one, other) => (other.length > one.length ? other : one));
  expect(largest.filter(({ profession }) => profession === 'hospital-admission')).toHaveLength(40);
  expect(new Set(largest.map(({ organisation }) => organisation.number)).size).toBe(1);
});

test('people are known near where they live, by those who treat their age', () => {
  const patients = new Patients(7);
  let area = -1;
  const pairs: { person: DemoPerson; here: string; one: DemoProfessional }[] = [];
  for (const household of households(7, 50_000, day)) {
    if (household.area.number !== area) patients.enter(household.area);
    area = household.area.number;
    for (const { person, known } of patients.of(household, 2026)) {
      expect(new Set(known).size).toBe(known.length);
      pairs.push(...known.map((one) => ({ person, here: household.commune.code, one })));
    }
  }
  const share = (those: typeof pairs, what: (pair: (typeof pairs)[number]) => boolean) =>
    those.filter(what).length / those.length;
  expect(pairs.length / 50_000).toBeGreaterThan(3);
  expect(
    share(pairs, ({ person, one }) => person.departement === one.organisation.commune.departement),
  ).toBeGreaterThan(0.95);
  expect(share(pairs, ({ here, one }) => here === one.organisation.commune.code)).toBeGreaterThan(0.5);
  expect(share(pairs, ({ here, one }) => here === one.organisation.commune.code)).toBeLessThan(0.95);
  const hearing = pairs.filter(({ one }) => one.profession === 'audiologist');
  expect(share(hearing, ({ person }) => person.birthDate < '1962')).toBeGreaterThan(0.8);
});

// Where somebody is born is drawn: until it is at home.
function placeIn(registers: BirthRegisters, departement: string): number {
  for (let tries = 0; tries < 100; tries += 1) {
    const place = registers.drawPlace(new Random(1, tries), departement);
    if (registers.issue(place, { sex: 1, year: 1990, month: 1 }).startsWith(`19001${departement}`))
      return place;
  }
  throw new Error('nobody is born there');
}
