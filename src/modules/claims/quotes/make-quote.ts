import { randomUUID } from 'node:crypto';
import { type Day, parisDay } from '../../../platform/clock.ts';
import { Failure } from '../../../platform/errors.ts';
import type { Caller } from '../../access/index.ts';
import type { AskedPerson, Drawn } from '../../rights/index.ts';
import type { Care } from '../care/care-body.ts';
import { contractsOf } from '../care/contracts-of-terms.ts';
import { drawTerms } from '../care/draw-terms.ts';
import { payCare } from '../care/pay-care.ts';
import { keepShares } from '../care/shares-answer.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { householdsOf } from '../envelopes/envelope.ts';
import { readEnvelopesOf, whoseOf } from '../envelopes/open-envelopes.ts';
import { NoRule } from '../guarantees/rules.ts';
import { sealCare } from '../sealed-care.ts';
import type { Quote } from './quote.ts';
import { insertQuote } from './store.ts';
import { daysAfter, quoteDays } from './validity.ts';

/** Care to quote for a person. */
export type AskedQuote = {
  readonly person: Omit<AskedPerson, 'careDomains' | 'purpose'>;
  readonly care: Care;
};

/** A quote as it was made. */
export type MadeQuote = Quote & { readonly id: string; readonly validUntil: Day };

/** What came of asking. */
export type QuoteOutcome =
  | Exclude<Drawn, { outcome: 'disclosed' }>
  | (Pick<Extract<Drawn, { outcome: 'disclosed' }>, 'entry' | 'allowance'> & {
      readonly outcome: 'disclosed';
      readonly quote: MadeQuote;
    });

/** Says who would pay what of care, and keeps it for as long as it holds. Recorded before it is told. */
export async function makeQuote(tools: ClaimTools, caller: Caller, asked: AskedQuote): Promise<QuoteOutcome> {
  const { person, care } = asked;
  const { careDate } = person;
  const drawn = await drawTerms(tools, caller, { person, acts: care.acts, action: 'quoted' });
  if (drawn.outcome !== 'disclosed') return drawn;
  const { receipt, terms, entry, allowance } = drawn;
  const contracts = contractsOf(terms, (await tools.plans.read())(careDate));
  const whose = whoseOf(tools.keys, receipt.subject, householdsOf(contracts, careDate));
  const envelopes = await readEnvelopesOf(tools.db, tools.keys, whose);
  const today = parisDay(tools.clock.now());
  const { organisation, account } = caller;
  const { shares } = payOrRefuse({ care, careDate, contracts, envelopes, organisation, today });
  const kept: Quote = { care, careDate, terms, told: keepShares(shares, contracts) };
  const id = randomUUID();
  const validUntil = daysAfter(today, quoteDays);
  const sealed = sealCare(tools.keys, kept, { what: 'quote', id });
  await insertQuote(tools.db, { id, account, organisation, subject: receipt.subject, validUntil, sealed });
  await tools.ledger.confirmOpen(receipt);
  return { outcome: 'disclosed', entry, allowance, quote: { ...kept, id, validUntil } };
}

/** A day before the figures that are known is the caller's mistake, and told as one. */
export function payOrRefuse(care: Parameters<typeof payCare>[0]): ReturnType<typeof payCare> {
  try {
    return payCare(care);
  } catch (error) {
    if (!(error instanceof NoRule)) throw error;
    const says = `is a day for which no figure is known (${error.rule})`;
    throw new Failure('invalid-field', { fields: [{ field: 'careDate', says }] });
  }
}
