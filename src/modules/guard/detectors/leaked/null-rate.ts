import { assumedRate, sameRate } from '../null-rate.ts';

/** Accounts whose e-mail address or device stands in a known leak, none of which is misused. */
export const nullRates = sameRate(
  assumedRate(1, 1, 'not measured: until it is, a leak is no evidence at all'),
);
