import { assumedRate, sameRate } from '../null-rate.ts';

/** A wait between two new people within a twentieth of the one before: 2.5 % when waits are exponential. */
export const nullRates = sameRate(
  assumedRate(
    0.04,
    0.08,
    'at most 3.7 % given the wait before, if exponential; software in series doubles it',
  ),
);
