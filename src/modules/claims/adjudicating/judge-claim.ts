import type { Day } from '../../../platform/clock.ts';
import { needsPrescriber } from '../acts/domain-of-act.ts';
import type { PayingContract } from '../care/contracts-of-terms.ts';
import { onAgreement } from '../care/level-guarantees.ts';
import { type CareToPay, type PaidCare, payCare } from '../care/pay-care.ts';
import { complementaryOf, type KeptShares, keepShares } from '../care/shares-answer.ts';
import { isHeld, isWithinHeld, type Taken, withoutUses } from '../envelopes/envelope.ts';
import { addMonths } from '../guarantees/contract.ts';
import { NoRule } from '../guarantees/rules.ts';
import { type Engagement, engagedKinds } from '../quotes/quote.ts';
import type { SubmittedClaim } from '../submitting/claim.ts';
import type { Rejection } from './rejections.ts';
import { type ClaimSignal, isImpossible } from './signals.ts';
import { isWithinEngagement } from './within-engagement.ts';

/** The engagement that a claim names, as it stands. */
export type NamedEngagement = {
  readonly number: string;
  readonly state: 'open' | 'used' | 'cancelled';
  readonly expiresOn: Day;
  readonly isOfPerson: boolean;
  readonly promised: Engagement;
};

/** Everything a claim is judged by; no clock, and nothing else is read. */
export type ClaimToJudge = {
  readonly id: string;
  readonly organisation: number;
  readonly submitted: SubmittedClaim;
  /** The day it came in: whether it came in time does not depend on when it is decided. */
  readonly receivedOn: Day;
  readonly today: Day;
  readonly contracts: readonly PayingContract[];
  readonly envelopes: CareToPay['envelopes'];
  /** Undefined when the claim names none; null when there is none of that number. */
  readonly engagement?: NamedEngagement | null;
  /** Whether the same care was accepted before. */
  readonly hasTwin: boolean;
  /** Whether an act of it was accepted for somebody else. */
  readonly isPaidElsewhere: boolean;
};

/** What is decided of a claim. */
export type Verdict = { readonly signals: readonly ClaimSignal[]; readonly told: KeptShares } & (
  | { readonly rejected: Rejection }
  | { readonly rejected: null; readonly taken: Taken }
);

const nothingTold: KeptShares = { shares: [], payers: [] };
/** So old a claim is not paid any more (L. 332-1; the two years are unconfirmed). */
const monthsMost = 24;

/** Judges one claim: accepted with who pays what, or rejected for the first reason that holds. */
export function judgeClaim(claim: ClaimToJudge): Verdict {
  const signals = signalsOf(claim);
  const early = whyBeforeAmounts(claim);
  if (early !== null) return { signals, told: nothingTold, rejected: early };
  const paid = payOf(claim);
  if (paid === null) return { signals, told: nothingTold, rejected: 'care-too-old' };
  const told = keepShares(paid.shares, claim.engagement?.promised.contracts ?? claim.contracts);
  const late = takesBeyondPromise(claim, paid) ? 'over-engagement' : whyByAmounts(claim, paid);
  if (late !== null) return { signals, told, rejected: late };
  return { signals, told, rejected: null, taken: paid.takenUnder(claim.id) };
}

type Check = readonly [Rejection, (claim: ClaimToJudge) => boolean];

/** The first that holds is the reason. */
const checks: readonly Check[] = [
  ['care-in-future', ({ submitted, receivedOn }) => submitted.careDate > receivedOn],
  ['care-too-old', ({ submitted, receivedOn }) => submitted.careDate < addMonths(receivedOn, -monthsMost)],
  ['act-not-for-profession', ({ submitted }) => submitted.foreignActs > 0],
  [
    'prescription-missing',
    ({ submitted: { care, prescription } }) =>
      prescription === undefined && care.acts.some(({ kind }) => needsPrescriber[kind]),
  ],
  [
    'prescription-after-care',
    ({ submitted: { prescription, careDate } }) => (prescription?.day ?? careDate) > careDate,
  ],
  ['duplicate', ({ hasTwin }) => hasTwin],
  ['engagement-unknown', ({ engagement }) => engagement === null || engagement?.isOfPerson === false],
  ['engagement-cancelled', ({ engagement }) => engagement?.state === 'cancelled'],
  ['engagement-used', ({ engagement }) => engagement?.state === 'used'],
  [
    'engagement-expired',
    ({ engagement, receivedOn, today }) =>
      engagement?.expiresOn !== undefined &&
      (engagement.expiresOn < receivedOn || !isHeld(engagement.expiresOn, today)),
  ],
  [
    'over-engagement',
    ({ engagement, submitted: { care } }) =>
      engagement?.promised !== undefined && !isWithinEngagement(care.acts, engagement.promised),
  ],
  // A promise holds even if the person's rights ended since.
  [
    'rights-closed',
    ({ engagement, submitted: { terms } }) => engagement === undefined && isClosed(terms.reason),
  ],
  [
    'domain-not-covered',
    ({ engagement, submitted: { terms } }) => engagement === undefined && terms.reason !== 'covered',
  ],
  ['engagement-needed', ({ engagement, submitted }) => engagement === undefined && needsAgreement(submitted)],
];

function whyBeforeAmounts(claim: ClaimToJudge): Rejection | null {
  return checks.find(([, holds]) => holds(claim))?.[0] ?? null;
}

function whyByAmounts({ engagement, submitted }: ClaimToJudge, { shares }: PaidCare): Rejection | null {
  const isEarly = shares.some(({ why }) => why.some(({ rule }) => rule === 'limit-acts'));
  if (isEarly && engagement === undefined) return 'renewal-too-early';
  const due = shares.reduce((sum, one) => sum + complementaryOf(one), 0);
  return (submitted.expectedCents ?? due) > due ? 'amounts-differ' : null;
}

/** A promise is counted from what stood when it was made; null for a day whose figures are not known. */
function payOf({ submitted, contracts, envelopes, organisation, today, engagement }: ClaimToJudge) {
  const { care, careDate } = submitted;
  const promised = engagement?.promised;
  const from =
    promised === undefined
      ? { contracts, envelopes }
      : {
          contracts: promised.contracts,
          envelopes: {
            person: promised.envelopes.person,
            households: new Map(promised.envelopes.households),
          },
        };
  try {
    return payCare({ care, careDate, organisation, today, ...from });
  } catch (error) {
    if (error instanceof NoRule) return null;
    throw error;
  }
}

/**
 * A promise is kept to what it holds of limits. Care that takes more, or of another period (another day, a
 * lower base), is paid by it only as far as the limits have room for it now: else they would be passed.
 */
function takesBeyondPromise(claim: ClaimToJudge, paid: PaidCare): boolean {
  const { engagement, envelopes, submitted, organisation, today } = claim;
  if (engagement === undefined || engagement === null) return false;
  const { number, promised } = engagement;
  if (isWithinHeld(paid.takenUnder(claim.id), envelopes, number)) return false;
  const { care, careDate } = submitted;
  const others = withoutUses(envelopes, number);
  const now = payCare({
    care,
    careDate,
    organisation,
    today,
    contracts: promised.contracts,
    envelopes: others,
  });
  return paid.shares.some(
    (share, line) => complementaryOf(share) > complementaryOf(now.shares[line] ?? share),
  );
}

function signalsOf({ submitted, isPaidElsewhere }: ClaimToJudge): ClaimSignal[] {
  const { terms, care } = submitted;
  const found: readonly (readonly [ClaimSignal, boolean])[] = [
    ['care-after-death', terms.afterDeath],
    ['care-outside-cover', terms.contracts.length === 0 && isClosed(terms.reason)],
    ['impossible-combination', isImpossible(care.acts)],
    ['paid-elsewhere', isPaidElsewhere],
  ];
  return found.flatMap(([signal, holds]) => (holds ? [signal] : []));
}

function isClosed(reason: SubmittedClaim['terms']['reason']): boolean {
  return ['no-contract', 'not-started', 'ended'].includes(reason);
}

function needsAgreement({ care, terms }: SubmittedClaim): boolean {
  const isEquipment = care.acts.some(({ kind }) => engagedKinds.includes(kind));
  return (
    isEquipment && terms.contracts.some(({ levels }) => levels.some(([, level]) => level === onAgreement))
  );
}
