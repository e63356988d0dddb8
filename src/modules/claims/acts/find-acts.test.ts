import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findProfession } from '../../rights/professions.ts';
import { acts } from './act-catalogue.ts';
import { careDomainCodes } from './domain-codes.ts';
import { baseOn, findActs, priceOn } from './find-acts.ts';

const domainsOf = (profession: string) => findProfession(profession)?.domains ?? [];
const codesFor = (text: string, profession: string, day = '2026-05-04', most = 20) =>
  findActs(text, { domains: domainsOf(profession), day, most }).map(({ code }) => code);
const known = (code: string) => acts.find((act) => act.code === code) ?? acts[0];

describe('what a professional finds', () => {
  it.each([
    ['a dentist, by the beginning of a word', 'detar', 'dentist', ['HBJD001']],
    ['with its accents', 'Détar', 'dentist', ['HBJD001']],
    ['with an accent typed as two characters', 'de\u0301tar', 'dentist', ['HBJD001']],
    ['in capitals', 'DETARTRAGE', 'dentist', ['HBJD001']],
    ['in English', 'desc', 'dentist', ['HBJD001']],
    ['by a code', 'hbld68', 'dentist', ['HBLD680']],
    ['by two words in any order', 'zirc cour', 'dentist', ['HBLD350', 'HBLD073']],
    ['by a code and a word', 'hbld molaire libre', 'dentist', ['HBLD734']],
    ['a consultation of a dentist', 'consul', 'dentist', ['C']],
    ['of a midwife', 'consul', 'midwife', ['TC', 'C']],
    [
      'a general practitioner, the code before longer ones',
      'g',
      'general-practitioner',
      ['G', 'GS', 'GL1', 'GL2', 'GL3', 'VG', 'TCG', 'MD'],
    ],
    ['a specialist, a ligature', 'coeur', 'specialist', ['DZQM006']],
    ['the ligature itself', 'cœur', 'specialist', ['DZQM006']],
    ['by what a word stands for', 'verre tres', 'optician', ['VER-T', 'VER-T']],
    ['by a code without its mark, before words', 'ver t', 'optician', ['VER-T', 'VER-T']],
    ['an audiologist, both ears', 'classe i ', 'audiologist', ['PAZ', 'PAZ', 'PAU', 'PAU']],
    ['a nurse, without the space of the code', 'ami1', 'nurse', ['AMI 1', 'AMI 1.5']],
    ['with the comma of French', 'AMI 1,5', 'nurse', ['AMI 1.5']],
    ['after an apostrophe', 'urgences', 'emergency-admission', ['FPU']],
    ['a pharmacist, a rate', '15 %', 'pharmacist', ['PH2']],
    ['a laboratory, what stands in brackets', 'nfs', 'laboratory', ['1104']],
    ['by the number of a test', '0552', 'laboratory', ['0552']],
    ['a point after a word', 'amb.', 'medical-transport', ['ABA']],
    ['nothing of a neighbour’s profession', 'reeduc', 'nurse', []],
    ['nothing of another profession', 'detar', 'optician', []],
    ['nothing in the middle of a word', 'tartrage', 'dentist', []],
    ['nothing for nothing', '  ', 'dentist', []],
    ['nothing for marks alone', '%. +', 'dentist', []],
  ])('%s: “%s”', (_, text, profession, codes) => {
    expect(codesFor(text, profession)).toEqual(codes);
  });

  it('puts those whose code begins so before those with such a word', () => {
    const found = codesFor('c', 'health-centre');
    expect(found.slice(0, 5)).toEqual(['C', 'CS', 'CS+MCS', 'CNP+MCS', 'COE']);
    expect(found[5]).toBe('G');
  });

  it('finds the whole family of a code, and no more than was asked', () => {
    expect(codesFor('HBLD', 'dentist').every((code) => code.startsWith('HBLD'))).toBe(true);
    expect(codesFor('HBLD', 'dentist').length).toBe(9);
    expect(codesFor('HBLD', 'dentist', '2026-05-04', 3).length).toBe(3);
    expect(codesFor('HBLD', 'dentist', '2026-05-04', -1)).toEqual([]);
  });

  it('does not find what could not be invoiced yet', () => {
    expect(codesFor('longue', 'general-practitioner', '2025-12-31')).toEqual([]);
    expect(codesFor('longue', 'general-practitioner', '2026-01-01')).toEqual(['GL1', 'GL2', 'GL3']);
  });
});

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...acts.flatMap(({ code, fr, en }) => [code, fr, en])),
  fc.string({ unit: fc.constantFrom('c', 'é', 'a', '1', ' ', '(', '\\', '[', '*', '.', '’', 'œ', '\u0301') }),
);

test('whatever is typed, only allowed acts are found, each once, and in the same order again', () => {
  fc.assert(
    fc.property(
      texts,
      fc.subarray([...careDomainCodes]),
      fc.integer({ min: 0, max: 200 }),
      (text, domains, most) => {
        const search = { domains, day: '2026-05-04', most };
        const found = findActs(text, search);
        expect(found.length).toBeLessThanOrEqual(most);
        expect(new Set(found).size).toBe(found.length);
        expect(found.filter((act) => !act.domains.some((domain) => domains.includes(domain)))).toEqual([]);
        expect(findActs(text, search)).toEqual(found);
      },
    ),
  );
});

const withoutAccents = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase();

test('every act is found by its code and by its name in either language, with or without its accents', () => {
  for (const act of acts) {
    const search = { domains: act.domains, day: '2026-05-04', most: acts.length };
    for (const text of [act.code, act.fr, act.en]) {
      expect(findActs(text, search)).toContain(act);
      expect(findActs(withoutAccents(text), search)).toContain(act);
    }
  }
});

describe('the figures of a day', () => {
  it.each([
    ['G', '2018-04-02', null, null],
    ['G', '2022-03-01', 2500, 2500],
    ['G', '2024-05-20', 2650, 2650],
    ['G', '2024-12-21', 2650, 2650],
    ['G', '2024-12-22', 3000, 3000],
    ['APC', '2024-12-21', null, null],
    ['CS', '2022-03-01', 2300, 2300],
    ['PAZ', '2020-06-01', 35_000, 110_000],
    ['PAZ', '2026-05-04', 40_000, 95_000],
    ['FJH', '2026-02-28', 0, 2000],
    ['FJH', '2026-03-01', 0, 2300],
    ['FPU', '2026-02-28', 0, 1961],
    ['FPU', '2026-03-01', 0, 2300],
    ['SHO', '2026-03-01', 0, null],
    ['HBJD001', '2025-12-31', null, null],
    ['HBJD001', '2026-01-01', 2892, 2892],
    ['PH7', '2026-01-01', null, null],
  ])('%s on %s: base %s, price %s', (code, day, base, price) => {
    const act = known(code);
    expect(act && [baseOn(act, day), priceOn(act, day)]).toEqual([base, price]);
  });
});
