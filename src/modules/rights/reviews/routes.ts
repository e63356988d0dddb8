import { Type } from '@sinclair/typebox';
import { choice, declareRoute, provenAccount, type Route, word } from '../../access/index.ts';
import { emergencyReasonWords } from '../emergency-reasons.ts';
import { explanationReasonWords } from '../explanation-reasons.ts';
import { listWaiting, type ReviewTools, review } from './review.ts';
import { reviewReasonWords } from './review-reasons.ts';
import type { Place } from './store.ts';

const reviews = Type.Object({
  reviews: Type.Array(
    Type.Object({
      entry: Type.String({ description: 'Entry of the lookup or of the explanation, as lane-seq.' }),
      account: Type.Integer({ description: 'Whose it is.' }),
      kind: word(['break-glass', 'reason'], 'An emergency, or a reason by hand that was drawn by lot.'),
      reason: word([...emergencyReasonWords, ...explanationReasonWords], 'What was said.'),
      at: Type.String({ description: 'When. UTC, ISO 8601.' }),
      claimFollowed: Type.Boolean({ description: 'Whether a claim for that person has come since.' }),
    }),
  ),
});

const verdict = Type.Object(
  { why: choice(reviewReasonWords, 'The verdict and its reason: two accept, three do not.') },
  { additionalProperties: false },
);
const reviewed = Type.Object({
  takenBack: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'Entry of the taking back, lane/seq; null when it was accepted.',
  }),
  isCharged: Type.Boolean({ description: 'Whether the person weighs on the allowance again.' }),
});

/** What a security officer reviews, and the verdict. */
export function reviewRoutes(tools: ReviewTools): Route[] {
  return [
    declareRoute({
      method: 'GET',
      path: '/v1/reviews',
      says: 'Emergencies, and reasons by hand drawn by lot, that nobody has reviewed. No person is named.',
      permission: 'review-explanations',
      purpose: null,
      body: null,
      answers: { 200: { says: 'What waits, the emergencies first.', schema: reviews } },
      failures: ['account-suspended', 'ledger-unavailable'],
      personal: true,
      async handle() {
        const waiting = await listWaiting(tools);
        const told = waiting.map(({ entry, at, ...one }) => ({
          ...one,
          entry: `${entry.lane}-${entry.seq}`,
          at: at.toISOString(),
        }));
        return { status: 200, body: { reviews: told } };
      },
    }),
    declareRoute({
      method: 'POST',
      path: '/v1/reviews/{entry}',
      pathPart: Type.Object({ entry: Type.String({ pattern: '^(0|[1-9]\\d{0,3})-[1-9]\\d{0,17}$' }) }),
      says: 'Reviews one, once. Not accepted, the person weighs on the allowance again: a ledger entry.',
      permission: 'review-explanations',
      purpose: null,
      body: verdict,
      example: { why: 'confirmed-by-holder' },
      answers: { 200: { says: 'It is reviewed.', schema: reviewed } },
      failures: ['not-found', 'already-reviewed', 'account-suspended', 'ledger-unavailable'],
      personal: true,
      async handle({ caller, address, body }) {
        provenAccount(caller);
        const entry = placeOf(String(address.entry));
        const said = await review(tools, { entry, why: body.why, by: caller.account });
        const { takenBack, isCharged } = said;
        const place = takenBack === null ? null : `${takenBack.lane}/${takenBack.seq}`;
        return { status: 200, body: { takenBack: place, isCharged } };
      },
    }),
  ];
}

function placeOf(entry: string): Place {
  const [lane, seq] = entry.split('-');
  return { lane: Number(lane), seq: BigInt(seq ?? 0) };
}
