import { assumedRate, type NullRate, sameRate } from '../null-rate.ts';

const day = 24;
const few = assumedRate(0.3, 0.4, 'rights are also looked up when nothing is bought; no measured figure');
const visit = assumedRate(0.3, 0.4, 'appointments are missed, acts are not claimed; no measured figure');
const quotes = assumedRate(0.6, 0.7, 'two to three quotes for a sale; no measured figure');
const stays = assumedRate(0.4, 0.5, 'stays are billed late or to the scheme alone; no measured figure');
const desk = assumedRate(0.4, 0.5, 'people leave before care, or nothing is left to pay; no measured figure');

/** New people for whom no claim came within the profession's delay, among those drawn without presence. */
export const nullRates = sameRate(visit, {
  pharmacist: few,
  laboratory: few,
  optician: quotes,
  audiologist: quotes,
  dentist: assumedRate(0.5, 0.6, 'quotes for prostheses; no measured figure'),
  'hospital-admission': stays,
  'emergency-admission': desk,
});

/**
 * Hours until a missing claim is held missing; each assumed, as facts on the delay of claims are not
 * published.
 */
const waitHours: Readonly<Record<string, number>> = {
  pharmacist: 2 * day,
  laboratory: 4 * day,
  optician: 30 * day,
  audiologist: 30 * day,
  'hospital-admission': 30 * day,
  'emergency-admission': 30 * day,
};
const usualWaitHours = 7 * day;

/** Seconds by the place of a profession in its tables. */
export const waitSeconds: Float64Array = Float64Array.from(
  nullRates.rows,
  ({ profession }: NullRate) => (waitHours[profession] ?? usualWaitHours) * 3600,
);
