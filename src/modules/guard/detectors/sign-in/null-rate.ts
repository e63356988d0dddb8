import { assumedRate, sameRate } from '../null-rate.ts';

/** Sessions from a network and a software that are both new to the account. */
export const nullRates = sameRate(
  assumedRate(0.03, 0.06, 'a new computer at home, a locum; no measured figure'),
);

/** A change of session that is also a change of network within a few minutes: a telephone beside a desk. */
export const alternatingRate = 0.1;
