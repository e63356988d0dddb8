import { rateOf, trackOf } from '../../fold/tracks.ts';
import { assumedRate, type SideRate, sameRate } from '../null-rate.ts';

const always = assumedRate(0.1, 0.15, 'open day and night, every hour is usual sooner or later');

/** Hours of work that are unusual for the account, among hours in which it works. */
export const nullRates = sameRate(
  assumedRate(0.03, 0.06, 'a late evening, an exchanged shift; no measured figure'),
  { 'emergency-admission': always, 'hospital-admission': always },
);

/** A night on duty is many unusual hours in a row: after one, the next is no news. */
export const afterUnusual = {
  name: 'after-unusual',
  rate: rateOf.afterUnusual,
  track: trackOf.hours,
  upper: 0.8,
  mark: 'assumed',
  because: 'a night on duty of five hours or more; no measured figure',
} as const satisfies SideRate;
