import { expect, test } from 'vitest';
import { parseBirthDate } from '../src/modules/rights/birth-date.ts';
import { parseNir } from '../src/modules/rights/nir.ts';
import { parseFiness, parseRpps } from '../src/modules/rights/practitioner.ts';
import { identitiesOf } from './load-world.ts';
import { people } from './people.ts';
import { professionals } from './professionals.ts';

const day = '2026-06-15';
const country = [...people(1, 10_000, day)];

test('the same seed gives the same people, and a larger country begins with the smaller one', () => {
  expect([...people(1, 10_000, day)]).toEqual(country);
  expect([...people(1, 10_500, day)].slice(0, 10_000)).toEqual(country);
  expect([...people(2, 100, day)]).not.toEqual(country.slice(0, 100));
  expect([...professionals(1, 50)]).toEqual([...professionals(1, 300)].slice(0, 50));
});

test('people stay the same another year; only their contracts move', () => {
  const later = [...people(1, 500, '2031-02-01')];
  const names = (list: typeof later) => list.map(({ contracts, ...person }) => [person, contracts.length]);
  expect(names(later)).toEqual(names(country.slice(0, 500)));
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
  expect(has((person) => person.otherNirs.length > 0)).toBeGreaterThan(1000);
  const ended = has(({ contracts: [contract] }) => (contract?.onlineEnd ?? '9') < day);
  const notStarted = has(({ contracts: [contract] }) => (contract?.onlineStart ?? '0') > day);
  const cutShort = has(
    ({ contracts: [each] }) => each !== undefined && (each.onlineEnd ?? '9') < day && each.printedEnd > day,
  );
  for (const number of [ended, notStarted, cutShort]) expect(number).toBeGreaterThan(80);
  expect(has((person) => person.nir.slice(5, 7) === '2A' || person.nir.slice(5, 7) === '2B')).toBeGreaterThan(
    5,
  );
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
