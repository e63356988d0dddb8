import { Type } from '@sinclair/typebox';
import { choice, declareRoute, type Route, word } from '../../access/index.ts';
import { drawFailures, drawHeaders, spentAnswer } from '../../rights/index.ts';
import { answerDrawn } from '../care/draw-answer.ts';
import { cancelClaim } from '../changing/change-claim.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { claimStateWords } from '../submitting/claim.ts';
import { listedClaim, wholeClaim } from './claim-answer.ts';
import { readClaim, readClaims } from './read-claims.ts';

const uuid = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
const pathPart = Type.Object({ claim: Type.String({ pattern: uuid }) });
const query = Type.Object(
  {
    state: Type.Optional(choice(claimStateWords, 'Only claims in this state.')),
    after: Type.Optional(
      Type.String({ pattern: `^\\d{1,16}\\.${uuid.slice(1)}`, description: '`next` of the page before.' }),
    ),
  },
  { additionalProperties: false },
);
const list = Type.Object({
  claims: Type.Array(
    Type.Object({
      claim: Type.String(),
      withheld: Type.Boolean({ description: 'Whether its person may not be told of now.' }),
      told: Type.Union([Type.Null(), Type.Object(listedClaim)]),
    }),
  ),
  next: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'Where the next page begins.' }),
});

/** Reading and cancelling claims of one's own. */
export function claimRoutes(tools: ClaimTools): Route[] {
  return [
    declareRoute({
      method: 'GET',
      path: '/v1/claims',
      query,
      says: 'The claims this account sent, the newest first. Each is recorded before it is told.',
      permission: 'claim',
      purpose: null,
      body: null,
      answers: { 200: { says: 'They are listed, fifty at most.', schema: list } },
      failures: ['ledger-unavailable', 'account-suspended', 'account-restricted', 'account-challenged'],
      personal: true,
      async handle({ caller, address }) {
        const { claims, next } = await readClaims(tools, caller, address);
        const told = claims.map((one) => {
          const withheld = 'withheld' in one;
          return { claim: one.claim, withheld, told: withheld ? null : one };
        });
        return { status: 200, body: { claims: told, next } };
      },
    }),
    declareRoute({
      method: 'GET',
      path: '/v1/claims/{claim}',
      pathPart,
      says: 'One claim of one’s organisation: who pays what, why, and what became of it.',
      permission: 'claim',
      purpose: null,
      body: null,
      answers: { 200: { says: 'The claim.', schema: wholeClaim, headers: drawHeaders }, 429: spentAnswer },
      failures: [...drawFailures, 'not-found'],
      personal: true,
      handle: async ({ caller, address }) =>
        answerDrawn(await readClaim(tools, caller, address.claim ?? ''), 200, ({ told }) => told),
    }),
    declareRoute({
      method: 'POST',
      path: '/v1/claims/{claim}/cancellation',
      pathPart,
      says: 'Cancels a claim; the person of an accepted one weighs on the allowance again.',
      permission: 'claim',
      purpose: null,
      body: null,
      answers: {
        200: { says: 'It is cancelled.', schema: Type.Object({ state: word(['cancelled'], 'Its state.') }) },
      },
      failures: ['not-found', 'claim-not-cancellable', 'account-suspended', 'ledger-unavailable'],
      personal: true,
      async handle({ caller, address }) {
        await cancelClaim(tools, caller, address.claim ?? '');
        return { status: 200, body: { state: 'cancelled' } };
      },
    }),
  ];
}
