import { rateOf, trackOf } from '../../fold/tracks.ts';
import { assumedRate, type SideRate, sameRate } from '../null-rate.ts';

/**
 * Sessions from a network and a software that are both new to the account, or signed in to at 6 bits of risk
 * (`unusualBits` of access). The risk says how many times likelier the sign-in is of anybody than of the
 * holder: were its model right, it would be 64 or more in one honest sign-in of 64 at most (Markov). Where
 * it is wrong is known: a new telephone brings network and software together, and it multiplies the two.
 * Those are both new, and already in the first part. So 0.03 + 1/64.
 */
export const nullRates = sameRate(
  assumedRate(0.046, 0.06, 'both new: a new computer, a locum, 0.03; at risk: 1/64 of sign-ins; unmeasured'),
);

/** A return to another session that is also a change of network, within ten minutes. */
export const alternating = {
  name: 'alternating',
  rate: rateOf.alternating,
  track: trackOf.alternating,
  upper: 0.1,
  mark: 'assumed',
  because: 'a telephone beside a desk, a link that falls back to another; no measured figure',
} as const satisfies SideRate;
