import { expect, test } from 'vitest';
import { notations, readForm } from './form-text.ts';

test.each(notations.map(({ example, pattern }) => ({ example, pattern })))(
  '$example',
  ({ example, pattern }) => {
    expect(readForm(example)).toBeDefined();
    expect(notations.filter((other) => other.pattern.test(example)).map((other) => other.pattern)).toEqual([
      pattern,
    ]);
  },
);

test.each([
  ['150 % BR', { form: 'percent-of-base', percent: 150, includesMandatory: true }],
  ['  150%  br ', { form: 'percent-of-base', percent: 150, includesMandatory: true }],
  ['50 % BR + AMO', { form: 'percent-of-base', percent: 50, includesMandatory: false }],
  ['TM + 25 % BR', { form: 'copayment-and-percent-of-base', percent: 25 }],
  [
    '100 % FR, au plus 150 % BR',
    { form: 'percent-of-price', percent: 100, includesMandatory: true, atMostPercentOfBase: 150 },
  ],
  ['50 € / nuit', { form: 'amount', cents: 5000, per: 'night' }],
  ['12,50 € / 2 ans', { form: 'amount', cents: 1250, per: 'two-years' }],
  ['2 % PMSS / jour', { form: 'percent-of-ceiling', percent: 2, per: 'day' }],
])('%s', (text, form) => {
  expect(readForm(text)).toEqual(form);
});

test.each([
  '',
  '150',
  '-5 % BR',
  '150 % XX',
  '12,5 € / acte',
  '12.555 € / acte',
  '1e3 % BR',
  '100 % BR et plus',
])('“%s” is nothing that contracts say', (text) => {
  expect(readForm(text)).toBeUndefined();
});
