import { rateOf, trackOf } from '../../fold/tracks.ts';
import { assumedRate, type SideRate, sameRate } from '../null-rate.ts';

/**
 * Sessions from a network and a software that are both new to the account, signed in to at 6 bits of risk
 * (`unusualBits` of access), or where nobody can have travelled to (`isImpossibleTravel`). One event, so that
 * their rates add up under one bound: 0.03 + 1/64 + 0.002.
 *
 * The risk says how many times likelier the sign-in is of anybody than of the holder: were its model right,
 * it would be 64 or more in one honest sign-in of 64 at most (Markov). Where it is wrong is known: a new
 * telephone brings network and software together, and it multiplies the two. Those are both new, and already
 * in the first part.
 *
 * Travel is impossible by mistake where an account has two ways out that a file places more than 300 km
 * apart: a private network that is switched on and off, a telephone's carrier, addresses of IPv6 told by the
 * provider's seat. In France it must also go from one to the other within three quarters of an hour (Brest to
 * Nice is 1,050 km), to Réunion within nine hours. One account in fifty, in one of ten of its sign-ins;
 * coming back is not counted again. Whoever does so daily is above the bound alone, and judged by their own
 * rate after four weeks.
 */
export const nullRates = sameRate(
  assumedRate(
    0.048,
    0.06,
    'both new: a new computer, a locum, 0.03; at risk: 1/64; travel that only seems impossible: 0.002; ' +
      'unmeasured',
  ),
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
