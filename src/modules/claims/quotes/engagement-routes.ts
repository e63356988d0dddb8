import { Type } from '@sinclair/typebox';
import { parisDay } from '../../../platform/clock.ts';
import { declareRoute, type Route, word } from '../../access/index.ts';
import { drawFailures, drawHeaders, spentAnswer } from '../../rights/index.ts';
import { actBody } from '../care/care-body.ts';
import { answerDrawn } from '../care/draw-answer.ts';
import { answerShares, sharesSchema, totalsOf, totalsSchema } from '../care/shares-answer.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { cancelEngagement, engage, type MadeEngagement } from './engage.ts';
import { listEngagements } from './list-engagements.ts';
import { engagementPattern } from './quote.ts';
import { engagementStates, engagementWords } from './store.ts';

const closed = { additionalProperties: false };

const engagementAnswer = Type.Object({
  engagement: Type.String({ description: 'Its number: payment is promised, even if rights end meanwhile.' }),
  quote: Type.String(),
  state: word([...engagementWords, 'expired'], 'Open, used by a claim, cancelled, or past its last day.'),
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

type Tell = (made: MadeEngagement) => Promise<unknown>;

/** Promises to pay: made of quotes, listed, cancelled. */
export function engagementRoutes(tools: ClaimTools): Route[] {
  const isPast = (expiresOn: string, state: number) =>
    state === engagementStates.open && expiresOn < parisDay(tools.clock.now());
  const tell: Tell = async ({ told, state, number: engagement, ...made }) => ({
    ...{ engagement, quote: made.quote, expiresOn: made.expiresOn, careDate: made.careDate },
    state: isPast(made.expiresOn, state) ? 'expired' : engagementWords[state - 1],
    acts: made.care.acts.map(({ price, base, ...act }) => ({ ...act, priceCents: price, baseCents: base })),
    totals: totalsOf(told.shares),
    shares: answerShares(told, await tools.readInsurers(told.payers.map(({ insurer }) => insurer))),
  });
  return [engageRoute(tools, tell), listRoute(tools, tell), cancelRoute(tools)];
}

function engageRoute(tools: ClaimTools, tell: Tell): Route {
  return declareRoute({
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
  });
}

function listRoute(tools: ClaimTools, tell: Tell): Route {
  return declareRoute({
    method: 'GET',
    path: '/v1/engagements',
    query: Type.Object({ after: Type.Optional(place) }, closed),
    says: 'The engagements of one’s organisation, the newest first. Each is recorded before it is told.',
    permission: 'quote',
    purpose: null,
    body: null,
    answers: { 200: { says: 'They are listed, fifty at most.', schema: engagements } },
    failures: ['ledger-unavailable', 'account-suspended', 'account-restricted', 'account-challenged'],
    personal: true,
    async handle({ caller, address }) {
      const { told, withheld, next } = await listEngagements(tools, caller, address.after);
      const body = { engagements: await Promise.all(told.map(tell)), withheld, next };
      return { status: 200, body };
    },
  });
}

function cancelRoute(tools: ClaimTools): Route {
  return declareRoute({
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
  });
}
