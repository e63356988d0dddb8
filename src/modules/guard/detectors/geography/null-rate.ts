import { assumedRate, sameRate } from '../null-rate.ts';

/** New people whose number was given outside the départements of the account's usual people. */
const upper = assumedRate(
  0.35,
  0.45,
  'half of people live where they were born or beside; no measured figure',
);
const away = assumedRate(0.5, 0.6, 'people come from afar; no measured figure');

export const nullRates = sameRate(upper, {
  specialist: away,
  'hospital-admission': away,
  'emergency-admission': away,
  'thermal-spa': assumedRate(0.8, 0.88, 'people come from the whole country; no measured figure'),
});
