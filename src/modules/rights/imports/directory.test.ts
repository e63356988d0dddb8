import { expect, test } from 'vitest';
import { findProfession } from '../professions.ts';
import { directoryColumns, directoryRules, narrower, ruleOf } from './directory.ts';
import { readDirectoryRow } from './directory-row.ts';

test.each([
  ['10', 'SM53', '', 'general-practitioner'],
  ['10', 'SM54', '', 'general-practitioner'],
  ['10', 'SM26', '', 'general-practitioner'],
  ['10', '', '', 'general-practitioner'],
  ['10', 'SM44', '', 'radiologist'],
  ['10', 'SM03', '', 'laboratory'],
  ['10', 'SM04', '', 'specialist'],
  ['21', '', 'A', 'pharmacist'],
  ['21', '', 'D', 'pharmacist'],
  ['21', '', '', 'pharmacist'],
  ['21', '', 'G', 'laboratory'],
  ['21', '', 'H', null],
  ['26', '', '', 'audiologist'],
  ['28', '', '', 'optician'],
  ['40', '', '', 'dentist'],
  ['40', 'SCD01', '', 'dentist'],
  ['50', '', '', 'midwife'],
  ['60', '', '', 'nurse'],
  ['70', '', '', 'physiotherapist'],
  ['80', '', '', 'allied-professional'],
  ['91', '', '', 'allied-professional'],
  ['92', '', '', 'allied-professional'],
  ['83', '', '', 'medical-supplier'],
  ['35', '', '', null],
  ['93', '', '', null],
  ['', '', '', null],
])('profession %s, know-how “%s”, section “%s” is %s', (profession, knowHow, section, ours) => {
  expect(ruleOf({ profession, knowHow, section })?.ours ?? null).toBe(ours);
});

test('every rule names a profession of ours, says where it comes from, and can decide', () => {
  for (const rule of directoryRules) {
    expect(rule.ours === null || findProfession(rule.ours) !== undefined).toBe(true);
    expect(rule.because).not.toBe('');
    const knowHow = rule.knowHow === 'some' ? 'SM99' : (rule.knowHow?.[0] ?? '');
    const codes = { profession: rule.profession, knowHow, section: rule.section?.[0] ?? '' };
    expect(rule.knowHow === undefined && rule.section === undefined ? rule : ruleOf(codes)).toBe(rule);
  }
});

test('of two rows the narrower decides, whichever comes first', () => {
  const rule = (knowHow: string) => {
    const found = ruleOf({ profession: '10', knowHow, section: '' });
    if (found === null) throw new Error('a physician has a rule');
    return found;
  };
  for (const [narrow, wide] of [
    ['SM44', 'SM04'],
    ['SM54', 'SM04'],
    ['SM04', ''],
    ['SM44', 'SM54'],
  ] as const) {
    expect(narrower(rule(narrow), rule(wide))).toBe(rule(narrow));
    expect(narrower(rule(wide), rule(narrow))).toBe(rule(narrow));
  }
});

test('a desk that the directory does not list names one of our professions, in a column of ours', () => {
  const read = (ours: string, profession = '') => {
    const values = ['810102727017', 'DUPUIS', 'Alix', profession, 'C', '', '580008803', '', '', 'H', '', ''];
    return readDirectoryRow([...values, ours], { lenient: true });
  };
  expect(read('hospital-admission')).toMatchObject({ rule: { ours: 'hospital-admission' } });
  expect(read('hospital-admission', '60')).toMatchObject({ rule: { ours: 'nurse' } });
  expect(read('surgeon')).toMatchObject({ problem: 'not-a-profession', column: 'Profession Vigie' });
  expect(read('')).toEqual({ skipped: 'profession', code: '' });
});

test('a place is its FINESS, else its SIRET, else the directory’s own number', () => {
  const place = (told: Readonly<Record<string, string>>) => {
    const columns = [...directoryColumns.required, ...directoryColumns.optional];
    const row = {
      'Identification nationale PP': '810102727017',
      "Nom d'exercice": 'MARTIN',
      'Code profession': '60',
      'Code catégorie professionnelle': 'C',
      ...told,
    } as Readonly<Record<string, string>>;
    const read = readDirectoryRow(
      columns.map((name) => row[name] ?? ''),
      { lenient: true },
    );
    return 'place' in read ? read.place : read;
  };
  const finess = { 'Numéro FINESS site': '580008803' };
  const siret = { 'Numéro SIRET site': '12345678900011' };
  const own = { 'Identifiant technique de la structure': 'R101' };
  expect(place({ ...finess, ...siret, ...own })).toMatchObject({ key: 'finess|580008803' });
  expect(place({ ...siret, ...own, 'Raison sociale site': 'X' })).toEqual({
    ...{ key: 'siret|12345678900011', name: 'X' },
  });
  expect(place(own)).toEqual({ key: 'structure|R101', name: 'STRUCTURE R101' });
  expect(place({})).toEqual({ skipped: 'no-place' });
  expect(place({ 'Numéro SIRET site': '123' })).toMatchObject({ problem: 'not-a-siret' });
});
