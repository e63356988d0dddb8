/** Of all automatic suspensions, the share that may be wrong, per unit of patience (docs/guard.md). */
export const wrongShareMax = 0.1;

/** The evidence of one monitored account. */
export type AccountEvidence = { readonly account: number; readonly bits: number };

/**
 * Which accounts may be suspended without a person, by e-BH: the k highest, k being the greatest number
 * such that the k-th highest e-detector is at least K / (αk), with K all monitored accounts, also those
 * not given here.
 */
export function mayBeSuspended(
  evidence: Iterable<AccountEvidence>,
  monitored: number,
  wrongShare: number = wrongShareMax,
): ReadonlySet<number> {
  const asked = Math.log2(monitored / wrongShare);
  // No k is above K, so what is below K / (αK) = 1/α can never be among them.
  const least = -Math.log2(wrongShare);
  const highest = [...evidence].filter(({ bits }) => bits >= least);
  highest.sort((one, other) => other.bits - one.bits || one.account - other.account);
  let chosen = 0;
  highest.forEach(({ bits }, index) => {
    if (bits >= asked - Math.log2(index + 1)) chosen = index + 1;
  });
  return new Set(highest.slice(0, chosen).map(({ account }) => account));
}
