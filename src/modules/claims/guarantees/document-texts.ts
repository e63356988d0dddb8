import { Type } from '@sinclair/typebox';
import type { Cents } from './care.ts';

/** A number of things, as it is written. */
export const numberText = Type.String({
  pattern: '^\\d{1,4}$',
  description: 'must be a whole number, 0 to 9999',
});

/** An amount in euros with two decimals, or none. */
export const priceText = Type.String({
  pattern: '^\\d{1,7}(\\.\\d{2})?$',
  description: 'must be euros with two decimals, as 30.00, and less than 10,000,000',
});

/** A day, YYYY-MM-DD. */
export const dayText = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  description: 'must be a day, as 2026-03-01',
});

/** One of a list of words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  const literals = words.map((word) => Type.Literal(word as Words[number]));
  return Type.Union(literals, { description: `must be one of: ${words.join(', ')}` });
}

/** A truth value, in a word that no reader of YAML takes for another. */
export const yesOrNo = oneOf(['yes', 'no']);

/** The cents of an amount that has the form of `priceText`. */
export function readCents(text: string): Cents {
  const [whole, cents = '00'] = text.split('.');
  return Number(whole) * 100 + Number(cents);
}
