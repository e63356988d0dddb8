import { Type } from '@sinclair/typebox';
import { Failure } from '../../../platform/errors.ts';
import { declareRoute, type Route, word } from '../../access/index.ts';
import { drawFailures, drawHeaders, spentAnswer } from '../../rights/index.ts';
import { answerDrawn } from '../care/draw-answer.ts';
import { exampleCare } from '../quotes/routes.ts';
import { askedOf, claimBody } from './claim-body.ts';
import type { ResendClaims } from './resend-claims.ts';
import type { SubmitClaim } from './submit-claim.ts';
import { submitMany } from './submit-many.ts';

const closed = { additionalProperties: false };
/** Claims of one call. */
export const claimsMost = 10_000;
const resentMost = 100;
const uuid = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

const received = Type.Object({
  claim: Type.String({ description: 'Number of the claim: ask for it, or be told by webhook.' }),
  state: word(['received'], 'It waits for its decision, a second or two.'),
  receivedAt: Type.String({ description: 'UTC, ISO 8601.' }),
});

const answers = Type.Object({
  answers: Type.Array(
    Type.Object({
      claim: Type.Optional(Type.String({ description: 'Number of the claim, when it was received.' })),
      receivedAt: Type.Optional(Type.String()),
      problem: Type.Optional(
        Type.String({ description: 'Why it was not: a code of docs/reference/errors.md.' }),
      ),
      detail: Type.Optional(Type.String()),
      fields: Type.Optional(Type.Array(Type.Object({ field: Type.String(), says: Type.String() }))),
    }),
    { description: 'One a claim, in their order.' },
  ),
});

const requestHeaders = {
  'Idempotency-Key': 'Names what is sent, 1 to 64 characters: sent again with it, it is answered as before.',
};

/** How claims come in. */
export function submitRoutes({ submit }: { readonly submit: SubmitClaim }): Route[] {
  return [
    declareRoute({
      method: 'POST',
      path: '/v1/claims',
      requestHeaders,
      says: 'Sends a claim. It is decided a moment later: ask for it, or be told by webhook.',
      permission: 'claim',
      purpose: ['HPAYMT'],
      body: claimBody,
      example: { ...exampleCare, reference: 'F-2026-1041' },
      answers: {
        201: {
          says: 'It was received, now or when it was first sent.',
          schema: received,
          headers: drawHeaders,
        },
        429: spentAnswer,
      },
      failures: [...drawFailures, 'idempotency-key-needed', 'idempotency-key-reused'],
      personal: true,
      async handle({ caller, body, headers }) {
        const taken = await submit(caller, askedOf(body), keyOf(headers));
        return answerDrawn(taken, 201, ({ claim, receivedAt }) => ({
          ...{ claim, state: 'received', receivedAt: receivedAt.toISOString() },
        }));
      },
    }),
    declareRoute({
      method: 'POST',
      path: '/v1/claim-batches',
      requestHeaders,
      says: 'Sends many claims, with an answer each: a bad one costs itself alone.',
      permission: 'claim',
      purpose: ['HPAYMT'],
      body: Type.Object(
        {
          claims: Type.Array(Type.Unknown(), {
            minItems: 1,
            maxItems: claimsMost,
            description: 'Claims as POST /v1/claims takes them.',
          }),
        },
        closed,
      ),
      bodyBytesMax: 16 * 1024 * 1024,
      example: { claims: [{ ...exampleCare, reference: 'F-2026-1041' }] },
      answers: { 200: { says: 'Each has its answer.', schema: answers } },
      failures: ['ledger-unavailable', 'idempotency-key-needed'],
      personal: true,
      async handle({ caller, body, headers }) {
        const key = keyOf(headers);
        return {
          status: 200,
          body: { answers: await submitMany(submit, caller, { claims: body.claims, key }) },
        };
      },
    }),
  ];
}

/** How rejected claims come in again. */
export function resendRoutes({ resend }: { readonly resend: ResendClaims }): Route[] {
  return [
    declareRoute({
      method: 'POST',
      path: '/v1/claim-resends',
      says: 'Sends rejected claims again as they are, by their numbers: rights are read anew, and recorded.',
      permission: 'claim',
      purpose: ['HPAYMT'],
      body: Type.Object(
        {
          claims: Type.Array(Type.String({ pattern: uuid }), {
            minItems: 1,
            maxItems: resentMost,
            uniqueItems: true,
            description: 'Claims that were rejected for a reason that may have ended without you.',
          }),
        },
        closed,
      ),
      example: { claims: ['0b0f6a52-6a0e-4b5d-9c51-2f6f3f0f9a11'] },
      answers: { 200: { says: 'Each has its answer: a new claim, which replaces it.', schema: answers } },
      failures: ['ledger-unavailable'],
      personal: true,
      handle: async ({ caller, body }) => ({
        status: 200,
        body: { answers: await resend(caller, body.claims) },
      }),
    }),
  ];
}

function keyOf(headers: Readonly<Record<string, string>>): string {
  const key = headers['idempotency-key'] ?? '';
  if (!/^[\x21-\x7e]{1,64}$/.test(key)) throw new Failure('idempotency-key-needed');
  return key;
}
