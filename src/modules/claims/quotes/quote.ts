import type { Day } from '../../../platform/clock.ts';
import type { Care } from '../care/care-body.ts';
import type { PayingContract } from '../care/contracts-of-terms.ts';
import type { KeptShares } from '../care/shares-answer.ts';
import type { Terms } from '../care/terms.ts';
import type { Envelopes } from '../envelopes/envelope.ts';
import type { CareKind } from '../guarantees/care.ts';

/** What is sealed of a quote. */
export type Quote = {
  readonly care: Care;
  readonly careDate: Day;
  readonly terms: Terms;
  readonly told: KeptShares;
};

/** What is sealed of an engagement: what it promises, and all that it was counted from. */
export type Engagement = Quote & {
  readonly contracts: readonly PayingContract[];
  readonly envelopes: Pick<Envelopes, 'person'> & {
    readonly households: readonly [string, Envelopes['person']][];
  };
};

/** What takes weeks to be made is promised: glasses, hearing aids, dental prostheses. */
export const engagedKinds: readonly CareKind[] = [
  'optical-frame',
  'optical-lens',
  'hearing-aid',
  'dental-prosthesis',
];

/** The number of an engagement: read over the telephone, so no 0, O, 1, I; 31^12, so that none is guessed. */
export const engagementPattern = '[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}';

/** Why a quote cannot be promised, or null. */
export function engagementProblem(
  quote: Quote,
  on: { today: Day; validUntil: Day },
): EngagementProblem | null {
  if (on.validUntil < on.today) return 'quote-too-old';
  if (quote.terms.reason !== 'covered') return 'not-covered';
  if (!quote.care.acts.every(({ kind }) => engagedKinds.includes(kind))) return 'not-equipment';
  return null;
}

/** Why a quote cannot be promised. */
export type EngagementProblem = 'quote-too-old' | 'not-covered' | 'not-equipment';
