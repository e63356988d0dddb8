import { useClaimTexts, useEuros } from '../texts/claims.ts';
import type { Totals } from './text-of.ts';

/** The three who pay, in the order in which they do. */
export const payers = ['mandatory', 'complementary', 'person'] as const;
/** One of them. */
export type Payer = (typeof payers)[number];

/** What each of the three pays. */
export function partsOf(totals: Totals): Readonly<Record<Payer, number>> {
  const { mandatoryGrossCents, complementaryCents, personCents } = totals;
  return { mandatory: mandatoryGrossCents, complementary: complementaryCents, person: personCents };
}

/** Three shares as one bar: told apart by colour, by pattern and by words. */
export function SharesBar({ totals }: { readonly totals: Totals }) {
  const texts = useClaimTexts();
  const euros = useEuros();
  const parts = partsOf(totals);
  const { mandatory, complementary, person } = parts;
  const label = texts.shares.bar(euros(mandatory), euros(complementary), euros(person));
  return (
    <>
      <div className="shares-bar" role="img" aria-label={label}>
        {payers.map((payer) =>
          parts[payer] > 0 ? (
            <span key={payer} className={`of-${payer}`} style={{ flexGrow: parts[payer] }} />
          ) : null,
        )}
      </div>
      <dl className="shares-legend">
        {payers.map((payer) => (
          <div key={payer} className={payer === 'person' ? 'last' : undefined}>
            <dt>
              <span className={`swatch of-${payer}`} aria-hidden="true" />
              {texts.payers[payer]}
            </dt>
            <dd>{euros(parts[payer])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
