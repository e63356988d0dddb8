import type { Day } from '../../../platform/clock.ts';
import type { Care } from '../care/care-body.ts';
import type { KeptShares } from '../care/shares-answer.ts';
import type { Terms } from '../care/terms.ts';
import type { Act } from '../guarantees/care.ts';

/** States of a claim, by their numbers in the database. */
export const claimStates = { received: 1, accepted: 2, rejected: 3, cancelled: 4, contested: 5 } as const;
export type ClaimState = keyof typeof claimStates;
/** Their words. */
export const claimStateWords = Object.keys(claimStates) as ClaimState[];

/** The word of a state. */
export function stateWord(state: number): ClaimState {
  return claimStateWords[state - 1] ?? 'received';
}

/** Who prescribed the care, and when. */
export type Prescription = { readonly rpps: string; readonly day: Day };

/** What is sealed of a claim: no number, no birth date, no name is in it. */
export type SubmittedClaim = {
  readonly care: Care;
  readonly careDate: Day;
  readonly terms: Terms;
  /** Acts that the sender's profession does not give. */
  readonly foreignActs: number;
  readonly prescription?: Prescription;
  readonly engagement?: string;
  /** What the sender counted that the insurers pay. */
  readonly expectedCents?: number;
  /** The sender's own name of the invoice. */
  readonly reference?: string;
};

/** What is sealed of a decision: who pays, and the households whose limits it may have taken from. */
export type ClaimDecision = { readonly told: KeptShares; readonly households: readonly string[] };

/** The same care, sent twice, has the same text; prices count: two sales of one day are two. */
export function twinText(subject: string, organisation: number, { care, careDate }: SubmittedClaim): string {
  const acts = care.acts.map(({ code, kind, quantity, price, base, basket = '', ear = '' }) =>
    [code, kind, quantity, price, base, basket, ear].join(':'),
  );
  return `twin|${organisation}|${subject}|${careDate}|${acts.sort().join('|')}`;
}

/** One act of one person on one day, whoever gave it. */
export function actText(subject: string, careDate: Day, { code, ear }: Act): string {
  return `act|${subject}|${careDate}|${code}|${ear ?? ''}`;
}
