import { derivedRate, sameRate } from '../null-rate.ts';

/** Numbers of nobody, two digits at least from anybody's: what a typing error meets. */
export const nullRates = sameRate(
  derivedRate(0, 2 ** -40, 'two wrong digits that keep both the key and the birth date right, at one number'),
);
