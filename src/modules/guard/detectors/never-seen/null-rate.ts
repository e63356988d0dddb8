import type { Look } from '../../fold/look.ts';
import { rateOf, trackOf } from '../../fold/tracks.ts';
import { assumedRate, nullTable, type SideRate } from '../null-rate.ts';

/** People never seen and not there, among the different people an account looks at. */
export const nullRates = nullTable(({ code, figures }) => {
  const value = Math.round((1 - figures.relationShare.value) * 1e6) / 1e6;
  const because = `${code}: ${figures.relationShare.because}; a quarter above, and nobody counted as present`;
  return assumedRate(value, Math.min(0.9, value * 1.25 + 0.01), because);
});

/** A practice that opens knows nobody: evidence then comes from elsewhere, and slowly from here. */
export const opening = {
  name: 'opening',
  rate: rateOf.opening,
  track: trackOf.neverSeen,
  upper: 0.8,
  mark: 'assumed',
  because: 'somebody comes back within the first month; no measured figure',
} as const satisfies SideRate;

/** The bound that applies to a lookup. */
export function neverSeenBound(look: Look): number {
  return asOpening(look) ? opening.upper : (nullRates.upper[look.profession] as number);
}

/** Which rate that is. */
export function neverSeenRate(look: Look): number {
  return asOpening(look) ? opening.rate : opening.track;
}

function asOpening(look: Look): boolean {
  return look.opening && (nullRates.upper[look.profession] as number) < opening.upper;
}
