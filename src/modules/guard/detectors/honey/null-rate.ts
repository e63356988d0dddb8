import { assumedRate, sameRate } from '../null-rate.ts';

/** Of unknown numbers, those that are honey: somebody real whom no file here lists has one of them. */
export const nullRates = sameRate(
  assumedRate(
    0.0015,
    0.01,
    '100,000 marks among the numbers of 70 million people, of whom most are listed; no measured figure',
  ),
);
