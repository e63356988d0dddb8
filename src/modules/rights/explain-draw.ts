import { randomInt } from 'node:crypto';
import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import type { ExplanationOutcome, Ledger } from '../ledger/index.ts';
import { type ExplanationReason, reviewedOneIn } from './explanation-reasons.ts';
import { insertExplanation } from './store.ts';

/** A lookup of one's own, named by its ledger entry, and why no claim follows it. */
export type DrawToExplain = {
  readonly account: number;
  readonly entry: { readonly lane: number; readonly seq: bigint };
  readonly reason: ExplanationReason;
};

/** What came of it; the entry of the explanation when there is one. */
export type DrawExplained = {
  readonly outcome: ExplanationOutcome;
  readonly entry: { readonly lane: number; readonly seq: bigint } | null;
};

/**
 * Explains a drawn person by hand, which gives them back to the allowance: five times a week at most. One in
 * five is kept for a person to look at, drawn by lot after the fact, so that nobody knows which.
 */
export async function explainDraw(
  tools: { readonly db: Database; readonly ledger: Ledger },
  { account, entry, reason }: DrawToExplain,
): Promise<DrawExplained> {
  const { db, ledger } = tools;
  const own = await ledger.readAllowance(account);
  if (own === undefined || own.standing === 'suspended') throw new Failure('account-suspended');
  const explained = await ledger.explainEntry({ account, entry, how: 'reason', by: account });
  if (explained === undefined)
    throw new Failure('not-found', { detail: 'You have no lookup with this entry.' });
  if (explained.entry !== null) {
    // The entry stands already: a crash here loses the words, not the explanation, and its limit holds.
    const toReview = randomInt(reviewedOneIn) === 0;
    await insertExplanation(db, { ...explained.entry, account, reason, toReview });
  }
  return explained;
}
