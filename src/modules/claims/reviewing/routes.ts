import { Type } from '@sinclair/typebox';
import { type Caller, declareRoute, insurerOf, type Route, word } from '../../access/index.ts';
import { drawFailures, drawHeaders, spentAnswer } from '../../rights/index.ts';
import { answerDrawn } from '../care/draw-answer.ts';
import { type Contest, contestClaim } from '../changing/change-claim.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { listedFlagged, wholeFlagged } from './flagged-answer.ts';
import { markClaimSeen, type Reviewer, readFlaggedClaim, readFlaggedClaims } from './review-claims.ts';

const closed = { additionalProperties: false };
const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const pathPart = Type.Object({ claim: Type.String({ pattern: `^${uuid}$` }) });
const query = Type.Object(
  {
    after: Type.Optional(
      Type.String({ pattern: `^[01]\\.\\d{1,18}\\.${uuid}$`, description: '`next` of the page before.' }),
    ),
  },
  closed,
);
const list = Type.Object({
  claims: Type.Array(
    Type.Object({
      claim: Type.String(),
      told: Type.Union([Type.Null(), Type.Object(listedFlagged)], {
        description: 'Null when its person may not be told of now.',
      }),
    }),
  ),
  next: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'Where the next page begins.' }),
  left: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'New people that may still be told of; looking at a claim gives its person back.',
  }),
});
const reason = Type.Object(
  {
    why: Type.String({ minLength: 3, maxLength: 1000, description: 'What the person said; it is sealed.' }),
  },
  closed,
);

const shared = { permission: 'review-claims', purpose: null, personal: true } as const;

/** What an insurer looks at, and what it changes on the word of the person. */
export function reviewRoutes(tools: ClaimTools): Route[] {
  return [...readingRoutes(tools), ...changingRoutes(tools)];
}

function readingRoutes(tools: ClaimTools): Route[] {
  return [
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/flagged-claims',
      query,
      says: 'Claims that one’s own insurer should look at, unseen first. Each is recorded before it is told.',
      body: null,
      answers: { 200: { says: 'They are listed, twenty at most.', schema: list } },
      failures: ['ledger-unavailable', 'account-restricted', 'account-challenged'],
      async handle({ caller, address }) {
        return { status: 200, body: await readFlaggedClaims(tools, reviewerOf(caller), address.after) };
      },
    }),
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/flagged-claims/{claim}',
      pathPart,
      says: 'One of them: its acts, what this insurer pays, and why it should be looked at. No name is told.',
      body: null,
      answers: { 200: { says: 'The claim.', schema: wholeFlagged, headers: drawHeaders }, 429: spentAnswer },
      failures: drawFailures,
      handle: async ({ caller, address }) =>
        answerDrawn(
          await readFlaggedClaim(tools, reviewerOf(caller), address.claim ?? ''),
          200,
          ({ told }) => told,
        ),
    }),
  ];
}

function changingRoutes(tools: ClaimTools): Route[] {
  return [
    declareRoute({
      ...shared,
      method: 'POST',
      path: '/v1/flagged-claims/{claim}/seen',
      pathPart,
      says: 'Says that it was looked at, which gives its person back to the allowance, twenty a day.',
      body: null,
      answers: { 200: { says: 'It is noted.', schema: Type.Object({ done: Type.Boolean() }) } },
      failures: ['ledger-unavailable'],
      async handle({ caller, address }) {
        await markClaimSeen(tools, reviewerOf(caller), address.claim ?? '');
        return { status: 200, body: { done: true } };
      },
    }),
    contestRoute(tools, 'contest', {
      path: 'contest',
      says: 'Contests an accepted claim for the person, who says that this care was not given.',
      state: 'contested',
    }),
    contestRoute(tools, 'withdraw', {
      path: 'contest-withdrawal',
      says: 'Withdraws a contest: the care was given after all.',
      state: 'accepted',
    }),
  ];
}

function contestRoute(
  tools: ClaimTools,
  what: Contest,
  { path, says, state }: { path: string; says: string; state: 'contested' | 'accepted' },
): Route {
  return declareRoute({
    ...shared,
    method: 'POST',
    path: `/v1/claims/{claim}/${path}`,
    pathPart,
    says,
    body: reason,
    answers: {
      200: { says: 'It is done.', schema: Type.Object({ state: word([state], 'How the claim stands.') }) },
    },
    failures: ['claim-not-contestable', 'ledger-unavailable'],
    async handle({ caller, address, body: { why } }) {
      const { insurer } = reviewerOf(caller);
      await contestClaim(tools, { id: address.claim ?? '', insurer, by: caller.account, what, why });
      return { status: 200, body: { state } };
    },
  });
}

function reviewerOf(caller: Caller): Reviewer {
  return { caller, insurer: insurerOf(caller) };
}
