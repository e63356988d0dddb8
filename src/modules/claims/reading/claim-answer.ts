import { Type } from '@sinclair/typebox';
import { word } from '../../access/index.ts';
import type { ReadInsurers } from '../../rights/index.ts';
import type { Keys } from '../../vault/index.ts';
import { type Rejection, rejectionOf, rejections, rejectionWords } from '../adjudicating/rejections.ts';
import { actBody, practiceBody, situationBody } from '../care/care-body.ts';
import { answerShares, sharesSchema, totalsOf, totalsSchema } from '../care/shares-answer.ts';
import { openCare } from '../sealed-care.ts';
import {
  type ClaimDecision,
  claimStates,
  claimStateWords,
  type SubmittedClaim,
  stateWord,
} from '../submitting/claim.ts';
import type { ClaimRow, HistoryRow } from './store.ts';

const optional = (description: string, type: string = 'string') =>
  Type.Unsafe<string | null>({ type: [type, 'null'], description });

const rejection = Type.Union([
  Type.Null(),
  Type.Object({
    reason: word(rejectionWords, 'Why it was rejected.'),
    fr: Type.String({ description: 'The reason, in French.' }),
    en: Type.String(),
    correct: Type.Object({ fr: Type.String(), en: Type.String() }, { description: 'How to correct it.' }),
  }),
]);

/** A claim in a list. */
export const listedClaim = {
  claim: Type.String({ description: 'Number of the claim.' }),
  reference: optional('Your own name of the invoice.'),
  state: word(claimStateWords, 'Received, then accepted or rejected; cancelled; contested by the person.'),
  rejection,
  careDate: Type.String(),
  receivedAt: Type.String({ description: 'UTC, ISO 8601.' }),
  decidedAt: optional('UTC, ISO 8601; null while it waits.'),
  engagement: optional('The engagement it was sent against.'),
  replaces: optional('The claim it corrects.'),
  priceCents: Type.Integer(),
  totals: Type.Union([Type.Null(), totalsSchema], { description: 'Null until it is decided.' }),
};

/** One claim, whole. */
export const wholeClaim = Type.Object({
  ...listedClaim,
  acts: Type.Array(actBody),
  practice: practiceBody,
  situation: situationBody,
  prescription: Type.Union([Type.Null(), Type.Object({ rpps: Type.String(), day: Type.String() })], {
    description: 'As it was sent: with the lines, all that a corrected claim needs but its person.',
  }),
  shares: Type.Array(sharesSchema, {
    description: 'Who pays each act, in their order; none before it is decided.',
  }),
  history: Type.Array(
    Type.Object({
      at: Type.String(),
      state: word(claimStateWords, 'What it became.'),
      reason: optional('Why, when it was rejected.'),
    }),
  ),
});

/** Opens a claim as a list shows it. */
export function answerListed(keys: Keys, row: ClaimRow) {
  const submitted = openCare<SubmittedClaim>(keys, row.sealed, { what: 'claim', id: row.id });
  const decision = decisionOf(keys, row);
  return {
    claim: row.id,
    reference: submitted.reference ?? null,
    state: stateWord(row.state),
    rejection: row.state === claimStates.rejected ? tellRejection(row.reason) : null,
    careDate: submitted.careDate,
    receivedAt: row.receivedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    engagement: submitted.engagement ?? null,
    replaces: row.replaces,
    priceCents: submitted.care.acts.reduce((sum, { price }) => sum + price, 0),
    totals: decision === null || decision.told.shares.length === 0 ? null : totalsOf(decision.told.shares),
  };
}

/** Opens a claim whole. */
export function answerWhole(
  keys: Keys,
  row: ClaimRow,
  beside: { history: readonly HistoryRow[]; insurers: Awaited<ReturnType<ReadInsurers>> },
) {
  const { care, prescription = null } = openCare<SubmittedClaim>(keys, row.sealed, {
    what: 'claim',
    id: row.id,
  });
  const { birthDay: _kept, ...situation } = care.situation;
  const decision = decisionOf(keys, row);
  return {
    ...answerListed(keys, row),
    ...{ practice: care.practice, situation, prescription },
    acts: care.acts.map(({ price, base, day: _day, ...act }) => ({
      ...act,
      priceCents: price,
      baseCents: base,
    })),
    shares: decision === null ? [] : answerShares(decision.told, beside.insurers),
    history: beside.history.map(({ at, state, reason }) => ({
      at: at.toISOString(),
      state: stateWord(state),
      reason: rejectionOf(reason),
    })),
  };
}

function decisionOf(keys: Keys, { id, decided }: ClaimRow): ClaimDecision | null {
  return decided === null ? null : openCare<ClaimDecision>(keys, decided, { what: 'decision', id });
}

function tellRejection(code: number) {
  const reason = rejectionOf(code);
  if (reason === null) return null;
  const { fr, en }: { fr: readonly [string, string]; en: readonly [string, string] } = rejections[reason];
  return { reason: reason as Rejection, fr: fr[0], en: en[0], correct: { fr: fr[1], en: en[1] } };
}
