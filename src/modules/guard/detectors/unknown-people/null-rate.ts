import { rateOf, trackOf } from '../../fold/tracks.ts';
import { assumedRate, type SideRate, sameRate } from '../null-rate.ts';

/** Numbers nobody has: typing errors that the key of the number lets pass, people of no insurer here. */
export const nullRates = sameRate(
  assumedRate(0.02, 0.04, 'the key of the number stops most errors; no measured figure'),
  {
    'emergency-admission': assumedRate(0.05, 0.08, 'said by relatives, in a hurry; no measured figure'),
    'hospital-admission': assumedRate(0.04, 0.06, 'booked by telephone; no measured figure'),
    'medical-transport': assumedRate(0.04, 0.06, 'booked by telephone; no measured figure'),
  },
);

/** Who just failed tries again: after one unknown person the next is unknown far more often. */
export const afterUnknown = {
  name: 'after-unknown',
  rate: rateOf.afterUnknown,
  track: trackOf.unknownPeople,
  upper: 0.5,
  mark: 'assumed',
  because: 'a number that failed is typed again, half of the time wrongly; no measured figure',
} as const satisfies SideRate;
