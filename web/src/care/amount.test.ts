import { expect, test } from 'vitest';
import { readAmount, typeAmount } from './amount.ts';

test.each([
  ['30', 3000],
  ['30,5', 3050],
  ['30.50', 3050],
  ['0,29', 29],
  ['1 234,56 €', 123_456],
  ['1\u202f234,56\u00a0€', 123_456],
  ['1000000', 100_000_000],
  ['1000000,01', 'huge'],
  ['99999999999999999999', 'huge'],
  ['30,505', 'decimals'],
  ['1.234', 'decimals'],
  ['1.234,56', 'shape'],
  ['-3', 'negative'],
  ['−3', 'negative'],
  ['3e4', 'shape'],
  ['trente', 'shape'],
  [' ', 'empty'],
])('%j is read as %j', (text, read) => {
  expect(readAmount(text)).toBe(read);
});

test('a price is more than nothing, a base may be nothing', () => {
  expect([readAmount('0', 1), readAmount('0,00')]).toEqual(['zero', 0]);
});

test('every amount that is written is read back to the cent', () => {
  for (let cents = 0; cents < 100_000; cents += 7) {
    expect(readAmount(typeAmount(cents, 'fr'))).toBe(cents);
    expect(readAmount(typeAmount(cents, 'en'))).toBe(cents);
  }
});
