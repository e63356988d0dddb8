import { randomInt } from 'node:crypto';
import { parisDay } from '../../../platform/clock.ts';
import { Failure } from '../../../platform/errors.ts';
import type { Caller } from '../../access/index.ts';
import { contractsOf } from '../care/contracts-of-terms.ts';
import { keepShares } from '../care/shares-answer.ts';
import { refuseSuspended } from '../changing/refuse-suspended.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { householdsOf } from '../envelopes/envelope.ts';
import { LockedEnvelopes, whoseOf } from '../envelopes/open-envelopes.ts';
import { type ToldOfSubject, tellOfSubject } from '../reading/tell-of-subject.ts';
import { openCare, sealCare } from '../sealed-care.ts';
import { payOrRefuse } from './make-quote.ts';
import { type Engagement, type EngagementProblem, engagementProblem, type Quote } from './quote.ts';
import * as store from './store.ts';
import { daysAfter, engagementDays } from './validity.ts';

/** An engagement, opened. */
export type MadeEngagement = Engagement &
  Pick<store.EngagementRow, 'number' | 'quote' | 'expiresOn' | 'state'>;

const problems: Readonly<Record<EngagementProblem, string>> = {
  'quote-too-old': 'The quote does not hold any more: make a new one.',
  'not-covered': 'The person’s rights do not cover this care on that day.',
  'not-equipment': 'Only glasses, hearing aids and dental prostheses are engaged.',
};

/**
 * Confirms a quote into a promise to pay, once: it is counted anew, and what it takes from limits is held
 * until it expires. The same quote confirmed again gives the same engagement.
 */
export async function engage(
  tools: ClaimTools,
  caller: Caller,
  quoteId: string,
): Promise<ToldOfSubject<MadeEngagement>> {
  const { db, keys } = tools;
  const { organisation, account } = caller;
  const row = await store.findQuote(db, { id: quoteId, organisation });
  if (row === undefined) throw new Failure('not-found');
  const quote = openCare<Quote>(keys, row.sealed, { what: 'quote', id: row.id });
  const today = parisDay(tools.clock.now());
  const problem = engagementProblem(quote, { today, validUntil: row.validUntil });
  const known = await store.findEngagement(db, { organisation, quote: quoteId });
  return tellOfSubject(
    tools,
    caller,
    { subject: row.subject, terms: quote.terms, action: 'engaged' },
    async () => {
      if (known !== undefined) return openEngagement(tools, known);
      // Why not is told of the person too: only once it is recorded.
      if (problem !== null) throw new Failure('cannot-be-engaged', { detail: problems[problem] });
      const contracts = contractsOf(quote.terms, (await tools.plans.read())(quote.careDate));
      const whose = whoseOf(keys, row.subject, householdsOf(contracts, quote.careDate));
      await LockedEnvelopes.prepare(db, [whose]);
      const number = engagementNumber();
      const expiresOn = daysAfter(today, engagementDays);
      const isFirst = await db.begin(async (tx) => {
        const locked = await LockedEnvelopes.lock(tx, keys, [whose]);
        const envelopes = locked.of(whose);
        const paid = payOrRefuse({ ...quote, contracts, envelopes, organisation, today });
        const kept: Engagement = {
          ...quote,
          contracts,
          told: keepShares(paid.shares, contracts),
          envelopes: { person: envelopes.person, households: [...envelopes.households] },
        };
        const sealed = sealCare(keys, kept, { what: 'engagement', id: number });
        const made = {
          number,
          quote: quoteId,
          account,
          organisation,
          subject: row.subject,
          expiresOn,
          sealed,
        };
        if (!(await store.insertEngagement(tx, made))) return false;
        locked.take(whose, paid.takenUnder(number, expiresOn));
        await locked.write();
        return true;
      });
      const by = isFirst ? { organisation, number } : { organisation, quote: quoteId };
      const stored = await store.findEngagement(db, by);
      if (stored === undefined) throw new Failure('not-found');
      return openEngagement(tools, stored);
    },
  );
}

/** Cancels an engagement: what it held is free again. One that a claim used stays as it is. */
export async function cancelEngagement(tools: ClaimTools, caller: Caller, number: string): Promise<void> {
  const { db, keys } = tools;
  await refuseSuspended(tools, caller);
  const row = await store.findEngagement(db, { organisation: caller.organisation, number });
  if (row === undefined) throw new Failure('not-found');
  const { contracts, careDate } = openEngagement(tools, row);
  const whose = whoseOf(keys, row.subject, householdsOf(contracts, careDate));
  const isDone = await db.begin(async (tx) => {
    const locked = await LockedEnvelopes.lock(tx, keys, [whose]);
    if (!(await store.cancelEngagement(tx, number))) return false;
    locked.giveBack(whose, number);
    await locked.write();
    return true;
  });
  if (!isDone && row.state !== store.engagementStates.cancelled) throw new Failure('engagement-used');
}

/** Opens what is kept of an engagement. */
export function openEngagement({ keys }: Pick<ClaimTools, 'keys'>, row: store.EngagementRow): MadeEngagement {
  const kept = openCare<Engagement>(keys, row.sealed, { what: 'engagement', id: row.number });
  const { number, quote, expiresOn, state } = row;
  return { ...kept, number, quote, expiresOn, state };
}

// As in `engagementPattern`.
const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

function engagementNumber(): string {
  const sign = () => signs[randomInt(signs.length)];
  return Array.from({ length: 3 }, () => Array.from({ length: 4 }, sign).join('')).join('-');
}
