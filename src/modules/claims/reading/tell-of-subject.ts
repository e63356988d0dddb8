import { Failure } from '../../../platform/errors.ts';
import { type Caller, signInSignals } from '../../access/index.ts';
import { type AccessReceipt, type AllowanceLeft, actions, purposes } from '../../ledger/index.ts';
import type { Drawn } from '../../rights/index.ts';
import { fieldSet } from '../../rights/index.ts';
import { fieldsToldAgain, type Terms } from '../care/terms.ts';
import type { ClaimTools } from '../claim-tools.ts';

/** Somebody whom this house has a quote or a claim of: the ledger's name, and what their insurers said. */
export type KnownSubject = {
  readonly subject: string;
  readonly terms: Terms;
  /** The insurers it concerns, when it is not those whose contracts pay. */
  readonly insurers?: readonly number[];
  readonly action: 'engaged' | 'claimRead' | 'claimReviewed';
};

/** What is told of a person, or why nothing is. */
export type ToldOfSubject<Told> =
  | Exclude<Drawn, { outcome: 'disclosed' }>
  | {
      readonly outcome: 'disclosed';
      readonly entry: { readonly lane: number; readonly seq: bigint };
      readonly allowance: AllowanceLeft;
      readonly told: Told;
    };

/**
 * Tells again of somebody by the ledger's name for them: recorded first, and charged to whoever never drew
 * them. `tell` runs with the receipt alone.
 */
export async function tellOfSubject<Told>(
  tools: Pick<ClaimTools, 'ledger' | 'clock'>,
  caller: Caller,
  known: KnownSubject,
  tell: (receipt: AccessReceipt) => Promise<Told>,
): Promise<ToldOfSubject<Told>> {
  const { subject, terms, action } = known;
  const recorded = await tools.ledger.record({
    ...caller,
    action: actions[action],
    purpose: purposes.HPAYMT,
    subject,
    nirKey: null,
    insurers: known.insurers ?? [...new Set(terms.contracts.map(({ insurer }) => insurer))],
    fields: fieldSet(fieldsToldAgain(terms)),
    reason: 0,
    present: false,
    signals: signInSignals(caller),
  });
  const { allowance } = recorded;
  if (recorded.outcome === 'refused') {
    const { lane, seq, because } = recorded;
    return { outcome: 'refused', entry: { lane, seq }, allowance, because, now: tools.clock.now() };
  }
  if (recorded.outcome === 'unknown') throw new Failure('not-found');
  const { receipt } = recorded;
  const told = await tell(receipt);
  await tools.ledger.confirmOpen(receipt);
  return { outcome: 'disclosed', entry: { lane: receipt.lane, seq: receipt.seq }, allowance, told };
}
