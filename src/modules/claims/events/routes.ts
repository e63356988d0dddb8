import { type TSchema, Type } from '@sinclair/typebox';
import { declareRoute, provenOrSoftware, type Route, word } from '../../access/index.ts';
import {
  createEndpoint,
  type EndpointTools,
  endpointsMost,
  listDeliveries,
  listEndpoints,
  listedMost,
  sendAgain,
  stopEndpoint,
  tryEndpoint,
  turnSecret,
} from './endpoints/manage-endpoints.ts';
import { eventTypes } from './event.ts';

const closed = { additionalProperties: false };
const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const number = (description: string) => Type.String({ pattern: `^${uuid}$`, description });
const told = (description: string) => Type.String({ description });
const instant = (description: string): TSchema =>
  Type.Unsafe({ type: ['string', 'null'], description: `${description} UTC, ISO 8601.` });

const secret = told('whsec_ and base64: it checks signatures. It is shown this once.');
const endpoint = Type.Object({
  id: told('Its number.'),
  url: told('Where events are posted.'),
  createdAt: told('When it was made. UTC, ISO 8601.'),
  oldSecretUntil: instant('Until when the secret before signs as well; else null.'),
  endedAt: instant('When it ended; null while it is told.'),
  endReason: Type.Union([word(['holder', 'gone'], 'Ended here, or by its receiver’s 410.'), Type.Null()]),
});
const delivery = Type.Object({
  id: told('Its number: the webhook-id, the same each time it is sent.'),
  endpoint: told('To which endpoint.'),
  type: word(eventTypes, 'What happened.'),
  claim: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'Which claim; null for a test.',
  }),
  at: told('When it happened. UTC, ISO 8601.'),
  tries: Type.Integer({ description: 'How often it was tried.' }),
  outcome: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description:
      'How the last try ended: a status, or timeout, unreachable, private-address, ended or no-turn.',
  }),
  deliveredAt: instant('When it was taken with a 2xx.'),
  nextAt: instant('When it is tried next.'),
  givenUpAt: instant('When it was given up.'),
});

const endpointPart = Type.Object({ endpoint: number('The number of the endpoint.') });
const common = { permission: 'own-webhooks', purpose: null, personal: true } as const;
const done = Type.Object({ done: Type.Boolean() });

/** Where an account is told what becomes of its claims, and how it went. */
export function webhookRoutes(tools: EndpointTools): Route[] {
  return [...endpointRoutes(tools), ...changeRoutes(tools), ...deliveryRoutes(tools)];
}

function endpointRoutes(tools: EndpointTools): Route[] {
  return [
    declareRoute({
      ...common,
      method: 'POST',
      path: '/v1/webhook-endpoints',
      says: `Has events of one’s claims posted; ${endpointsMost} addresses at most. Asks for the passkey.`,
      body: Type.Object(
        { url: Type.String({ maxLength: 2000, description: 'https, without a name or password.' }) },
        closed,
      ),
      example: { url: 'https://practice.example/vigie' },
      answers: {
        201: {
          says: 'It is told from now on.',
          schema: Type.Object({ endpoint: told('Its number.'), secret }),
        },
      },
      failures: ['too-many-endpoints'],
      handle: async ({ caller, body }) => ({
        status: 201,
        body: await createEndpoint(tools, provenOrSoftware(caller), body.url),
      }),
    }),
    declareRoute({
      ...common,
      method: 'GET',
      path: '/v1/webhook-endpoints',
      says: 'One’s endpoints; those that ended in the last three months too.',
      body: null,
      answers: {
        200: { says: 'The newest first.', schema: Type.Object({ endpoints: Type.Array(endpoint) }) },
      },
      failures: [],
      handle: async ({ caller }) => ({
        status: 200,
        body: { endpoints: await listEndpoints(tools, caller.account) },
      }),
    }),
  ];
}

function changeRoutes(tools: EndpointTools): Route[] {
  const changing = { ...common, method: 'POST', pathPart: endpointPart, body: null, failures: [] } as const;
  return [
    declareRoute({
      ...changing,
      path: '/v1/webhook-endpoints/{endpoint}/secret',
      says: 'Turns the secret: the one before signs beside it for 24 hours. Asks for the passkey.',
      answers: {
        200: {
          says: 'Both sign.',
          schema: Type.Object({ secret, oldSecretUntil: instant('Until when.') }),
        },
      },
      async handle({ caller, address }) {
        const own = { account: provenOrSoftware(caller), endpoint: address.endpoint ?? '' };
        return { status: 200, body: await turnSecret(tools, own) };
      },
    }),
    declareRoute({
      ...changing,
      path: '/v1/webhook-endpoints/{endpoint}/end',
      says: 'Ends an endpoint for good; what waits for it is given up. Asks for the passkey.',
      answers: { 200: { says: 'It hears nothing more.', schema: done } },
      async handle({ caller, address }) {
        await stopEndpoint(tools, { account: provenOrSoftware(caller), endpoint: address.endpoint ?? '' });
        return { status: 200, body: { done: true } };
      },
    }),
    declareRoute({
      ...changing,
      path: '/v1/webhook-endpoints/{endpoint}/test',
      says: 'Posts an endpoint.test, about no claim, once; ask for the deliveries to see how it went.',
      answers: {
        202: { says: 'It is sent soon.', schema: Type.Object({ delivery: told('Its number.') }) },
      },
      async handle({ caller, address }) {
        const own = { account: caller.account, endpoint: address.endpoint ?? '' };
        return { status: 202, body: { delivery: await tryEndpoint(tools, own) } };
      },
    }),
  ];
}

function deliveryRoutes(tools: EndpointTools): Route[] {
  return [
    declareRoute({
      ...common,
      method: 'GET',
      path: '/v1/webhook-deliveries',
      says: `The last ${listedMost} events and what became of telling them; of one endpoint, or of all.`,
      query: Type.Object({ endpoint: Type.Optional(number('Of this endpoint only.')) }, closed),
      body: null,
      answers: {
        200: { says: 'The newest first.', schema: Type.Object({ deliveries: Type.Array(delivery) }) },
      },
      failures: ['not-found'],
      handle: async ({ caller, address }) => ({
        status: 200,
        body: { deliveries: await listDeliveries(tools, caller.account, address.endpoint ?? null) },
      }),
    }),
    declareRoute({
      ...common,
      method: 'POST',
      path: '/v1/webhook-deliveries/{delivery}/replay',
      pathPart: Type.Object({ delivery: number('The number of the delivery.') }),
      says: 'Sends an event once more, with the same webhook-id, whatever became of it before.',
      body: null,
      answers: { 202: { says: 'It is sent soon.', schema: done } },
      failures: [],
      async handle({ caller, address }) {
        await sendAgain(tools, caller.account, address.delivery ?? '');
        return { status: 202, body: { done: true } };
      },
    }),
  ];
}
