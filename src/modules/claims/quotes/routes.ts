import { Type } from '@sinclair/typebox';
import { declareRoute, type Route, word } from '../../access/index.ts';
import {
  careDay,
  coverageReasons,
  drawFailures,
  drawHeaders,
  personFields,
  spentAnswer,
} from '../../rights/index.ts';
import { actBody, careFields, careOf } from '../care/care-body.ts';
import { answerDrawn } from '../care/draw-answer.ts';
import { answerShares, sharesSchema, totalsOf, totalsSchema } from '../care/shares-answer.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { cancelEngagement, engage, type MadeEngagement } from './engage.ts';
import { listEngagements } from './list-engagements.ts';
import { makeQuote } from './make-quote.ts';
import { engagedKinds, engagementPattern } from './quote.ts';
import { engagementWords } from './store.ts';

const closed = { additionalProperties: false };

const quoteBody = Type.Object({ ...personFields, careDate: Type.String(careDay), ...careFields }, closed);
/** A consultation of thirty euros, as the documentation shows it. */
export const exampleCare = {
  nir: '2 84 05 88 321 025 32',
  birthDate: '1984-05-17',
  careDate: '2026-11-23',
  acts: [{ code: 'G', kind: 'consultation' as const, priceCents: 3000, baseCents: 3000 }],
};

const quoteAnswer = Type.Object({
  quote: Type.String({ description: 'Number of the quote.' }),
  validUntil: Type.String({ description: 'The last day it can be confirmed on.' }),
  reason: word(coverageReasons, 'Whether the person’s rights cover this care, or why not.'),
  canBeEngaged: Type.Boolean({ description: 'Glasses, hearing aids and dental prostheses, when covered.' }),
  totals: totalsSchema,
  shares: Type.Array(sharesSchema, { description: 'Who pays each act, in their order.' }),
});

const engagementAnswer = Type.Object({
  engagement: Type.String({ description: 'Its number: payment is promised, even if rights end meanwhile.' }),
  quote: Type.String(),
  state: word(engagementWords, 'Open, used by a claim, or cancelled.'),
  expiresOn: Type.String({ description: 'The last day a claim can use it on.' }),
  careDate: Type.String(),
  acts: Type.Array(actBody),
  totals: totalsSchema,
  shares: Type.Array(sharesSchema),
});

const engagements = Type.Object({
  engagements: Type.Array(engagementAnswer),
  withheld: Type.Integer({
    description: 'How many are not shown, because their people may not be told of now.',
  }),
  next: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'Ask for what comes after it.' }),
});

const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const number = Type.String({ pattern: `^${engagementPattern}$` });
// Thirteen digits of milliseconds last until 2286; more would be days that no calendar has.
const place = Type.String({
  pattern: `^\\d{1,13}\\.${engagementPattern}$`,
  description: '`next` of the page before.',
});
const failures = [...drawFailures, 'not-found'] as const;

/** Quotes, and the promises made of them. */
export function quoteRoutes(tools: ClaimTools): Route[] {
  const tell = async ({ told, state, number: engagement, ...made }: MadeEngagement) => ({
    ...{ engagement, quote: made.quote, expiresOn: made.expiresOn, careDate: made.careDate },
    state: engagementWords[state - 1],
    acts: made.care.acts.map(({ price, base, ...act }) => ({ ...act, priceCents: price, baseCents: base })),
    totals: totalsOf(told.shares),
    shares: answerShares(told, await tools.readInsurers(told.payers.map(({ insurer }) => insurer))),
  });
  return [
    declareRoute({
      method: 'POST',
      path: '/v1/quotes',
      says: 'Who would pay what of care, and why. Recorded, and charged to the allowance, before it is told.',
      permission: 'quote',
      purpose: ['HPAYMT'],
      body: quoteBody,
      example: exampleCare,
      answers: {
        201: { says: 'It was counted, and holds for two weeks.', schema: quoteAnswer, headers: drawHeaders },
        429: spentAnswer,
      },
      failures: drawFailures,
      personal: true,
      async handle({ caller, body }) {
        const { acts: _acts, practice: _practice, situation: _situation, ...person } = body;
        const made = await makeQuote(tools, caller, { person, care: careOf(body) });
        const insurers = await tools.readInsurers([]);
        return answerDrawn(made, 201, ({ quote: { id, validUntil, told, terms, care } }) => ({
          ...{ quote: id, validUntil, reason: terms.reason, totals: totalsOf(told.shares) },
          canBeEngaged:
            terms.reason === 'covered' && care.acts.every(({ kind }) => engagedKinds.includes(kind)),
          shares: answerShares(told, insurers),
        }));
      },
    }),
    declareRoute({
      method: 'POST',
      path: '/v1/quotes/{quote}/engagement',
      pathPart: Type.Object({ quote: uuid }),
      says: 'Confirms a quote into a promise to pay, once; confirmed again, it gives the same.',
      permission: 'quote',
      purpose: ['HPAYMT'],
      body: null,
      answers: {
        201: {
          says: 'Payment is promised until it expires.',
          schema: engagementAnswer,
          headers: drawHeaders,
        },
        429: spentAnswer,
      },
      failures: [...failures, 'cannot-be-engaged'],
      personal: true,
      async handle({ caller, address }) {
        const made = await engage(tools, caller, address.quote ?? '');
        if (made.outcome !== 'disclosed') return answerDrawn(made, 201, () => null);
        const body = await tell(made.told);
        return answerDrawn(made, 201, () => body);
      },
    }),
    declareRoute({
      method: 'GET',
      path: '/v1/engagements',
      query: Type.Object({ after: Type.Optional(place) }, closed),
      says: 'The engagements of one’s organisation, the newest first. Each is recorded before it is told.',
      permission: 'quote',
      purpose: null,
      body: null,
      answers: { 200: { says: 'They are listed, fifty at most.', schema: engagements } },
      failures: ['ledger-unavailable', 'account-suspended', 'account-restricted'],
      personal: true,
      async handle({ caller, address }) {
        const { told, withheld, next } = await listEngagements(tools, caller, address.after);
        const body = { engagements: await Promise.all(told.map(tell)), withheld, next };
        return { status: 200, body };
      },
    }),
    declareRoute({
      method: 'POST',
      path: '/v1/engagements/{engagement}/cancellation',
      pathPart: Type.Object({ engagement: number }),
      says: 'Cancels an engagement that no claim used: what it held of limits is free again.',
      permission: 'quote',
      purpose: null,
      body: null,
      answers: {
        200: { says: 'It is cancelled.', schema: Type.Object({ state: word(['cancelled'], 'Its state.') }) },
      },
      failures: ['not-found', 'engagement-used', 'account-suspended', 'ledger-unavailable'],
      personal: true,
      async handle({ caller, address }) {
        await cancelEngagement(tools, caller, address.engagement ?? '');
        return { status: 200, body: { state: 'cancelled' } };
      },
    }),
  ];
}
