import { rateOf, trackOf } from '../../fold/tracks.ts';
import { assumedRate, type SideRate, sameRate } from '../null-rate.ts';

/** Sessions from a network and a software that are both new to the account. */
export const nullRates = sameRate(
  assumedRate(0.03, 0.06, 'a new computer at home, a locum; no measured figure'),
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
