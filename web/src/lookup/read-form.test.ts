import { expect, test } from 'vitest';
import { checkNir, readBirthDate, readForm } from './read-form.ts';

const typed = {
  nir: '1 85 01 40 932 453 64',
  birthDate: '21/01/1985',
  birthRank: '1',
  presenceCode: '',
  careDate: '2026-11-24',
  domains: [],
  purpose: 'TREAT',
} as const;

test('what is typed as on a card is sent as the API takes it', () => {
  expect(readForm(typed)).toEqual({
    body: { nir: typed.nir, birthDate: '1985-01-21', careDate: '2026-11-24', purpose: 'TREAT' },
  });
  expect(readForm({ ...typed, birthRank: '2', presenceCode: '123 456', domains: ['OPTI'] })).toMatchObject({
    body: { birthRank: 2, presenceCode: '123456', careDomains: ['OPTI'] },
  });
});

test('each wrong field is named, and nothing is sent', () => {
  expect(readForm({ ...typed, nir: '1 85 01 40 932 453 65', birthDate: '1985', presenceCode: '12' })).toEqual(
    {
      problems: { nir: 'key', birthDate: true, presenceCode: true },
    },
  );
});

test.each([
  ['1 85 01 40 932 453 64', { hasKey: true }],
  ['1\u00a085\u00a001\u00a040\u00a0932\u00a0453\u00a064', { hasKey: true }],
  ['1850140932453', { hasKey: false }],
  ['185014093245365', 'key'],
  ['18501409324536', 'length'],
  ['', 'length'],
])('the number %j is read as %j', (text, read) => {
  expect(checkNir(text)).toEqual(read);
});

test.each([
  ['21/01/1985', '1985-01-21'],
  ['21011985', '1985-01-21'],
  ['00/20/1985', '1985-20-00'],
  ['1985-01-21', '1985-01-21'],
  ['21/1/1985', null],
  ['', null],
])('the birth date %j is read as %j', (text, read) => {
  expect(readBirthDate(text)).toBe(read);
});
