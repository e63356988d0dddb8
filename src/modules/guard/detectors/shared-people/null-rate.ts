import { assumedRate, sameRate } from '../null-rate.ts';

/** New people whom three other organisations also met for the first time, all within a week. */
export const nullRates = sameRate(
  assumedRate(0.02, 0.05, 'who falls ill meets several professionals for the first time; no measured figure'),
);
