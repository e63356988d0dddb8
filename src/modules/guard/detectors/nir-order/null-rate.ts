import { rateOf, trackOf } from '../../fold/tracks.ts';
import { assumedRate, type SideRate, sameRate } from '../null-rate.ts';

/** New people whose number is a neighbour of one of the last fifty: twins, and births of the same ward. */
export const nullRates = sameRate(
  assumedRate(0.001, 0.004, 'twins are 1.5 % of births and seldom come together; no measured figure'),
);

/**
 * A number above the previous one, when the previous one rose too: at most a half when the order is
 * chance (orderings d…d u…u give less than 1/(k+1) after k rises). That sharper bound is not used: it
 * needs people to come in an order that is wholly chance, and a list of a ward or a school is not.
 */
export const ascending = {
  name: 'rising',
  rate: rateOf.ascending,
  track: trackOf.ascending,
  upper: 0.5,
  mark: 'argued',
  because:
    'above the last of two numbers that rose: a half at most in any order by chance, a third if independent',
} as const satisfies SideRate;
