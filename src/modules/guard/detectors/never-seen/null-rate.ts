import type { Look } from '../../fold/look.ts';
import { assumedRate, nullTable } from '../null-rate.ts';

/** People never seen and not there, among the different people an account looks at. */
export const nullRates = nullTable(({ code, figures }) => {
  const value = Math.round((1 - figures.relationShare.value) * 1e6) / 1e6;
  const because = `${code}: ${figures.relationShare.because}; a quarter above, and nobody counted as present`;
  return assumedRate(value, Math.min(0.9, value * 1.25 + 0.01), because);
});

/**
 * A practice that opens knows nobody (assumed): evidence then comes from elsewhere, and slowly from here.
 */
const openingRate = 0.8;

/** The bound that applies to a lookup. */
export function neverSeenBound(look: Look): number {
  const upper = nullRates.upper[look.profession] as number;
  return look.opening ? Math.max(openingRate, upper) : upper;
}
