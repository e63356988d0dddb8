import { Type } from '@sinclair/typebox';
import { declareRoute, provenAccount, type Route, word } from '../../access/index.ts';
import { closed, count, instant, maybe, maybeInstant, officers } from '../route-parts.ts';
import {
  createWebhook,
  type EndpointTools,
  listEndpoints,
  removeWebhook,
  sendAgain,
  webhooksMost,
} from './endpoints/manage-endpoints.ts';
import { endpointKinds } from './store.ts';

const text = (description: string) => Type.String({ description });
const endpointPart = Type.Object({
  endpoint: Type.String({
    pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
    description: 'Its number.',
  }),
});

const endpoint = Type.Object({
  id: text('Its number.'),
  kind: word(endpointKinds, 'Webhooks are registered here; syslog and mail are settings of the server.'),
  url: maybe('string', 'Where events are posted; null for a setting.'),
  madeBy: count('Which account registered it; 0 for a setting.'),
  createdAt: instant('When.'),
  waiting: count('Events that wait for it.'),
  givenUp: count('Events that were given up, within three months.'),
  toldAt: maybeInstant('When it took an event last.'),
  lastOutcome: maybe(
    'string',
    'How the last failed try ended, else the last one: a status, or sent, mailed, timeout, unreachable, ' +
      'private-address, not-set, ended, no-turn or too-many.',
  ),
  endedAt: maybeInstant('When it ended; null while it is told.'),
  endReason: maybe('string', 'officer: removed here; gone: by its receiver’s 410; setting: no longer set.'),
});

/** Where the guard is heard outside, and how that goes. */
export function tellingRoutes(tools: EndpointTools): Route[] {
  return [
    declareRoute({
      ...{
        ...officers,
        method: 'GET',
        path: '/v1/guard/endpoints',
        body: null,
        failures: ['account-suspended'],
      },
      says: 'Who hears what the guard does, and how telling them goes; those that ended this week too.',
      answers: {
        200: { says: 'They are listed.', schema: Type.Object({ endpoints: Type.Array(endpoint) }) },
      },
      handle: async () => ({ status: 200, body: { endpoints: await listEndpoints(tools) } }),
    }),
    declareRoute({
      ...{ ...officers, method: 'POST', path: '/v1/guard/endpoints' },
      says:
        `Has everything that the guard does posted, a test first; ${webhooksMost} addresses at most. Every ` +
        'security officer is told by mail.',
      body: Type.Object(
        { url: Type.String({ maxLength: 2000, description: 'https, without a name or password.' }) },
        closed,
      ),
      example: { url: 'https://soc.example/vigie' },
      answers: {
        201: {
          says: 'It is told from now on.',
          schema: Type.Object({
            endpoint: text('Its number.'),
            secret: text('whsec_ and base64: it checks signatures. It is shown this once.'),
          }),
        },
      },
      failures: ['too-many-endpoints', 'account-suspended', 'passkey-needed'],
      handle: async ({ caller, body }) => ({
        status: 201,
        body: await createWebhook(tools, { url: body.url, by: provenAccount(caller) }),
      }),
    }),
    ...changing(tools),
  ];
}

function changing(tools: EndpointTools): Route[] {
  return [
    declareRoute({
      ...{
        ...officers,
        method: 'POST',
        path: '/v1/guard/endpoints/{endpoint}/end',
        pathPart: endpointPart,
      },
      says: 'Ends a webhook for good: its secret is deleted. Every security officer is told by mail.',
      body: null,
      answers: { 200: { says: 'It hears nothing more.', schema: Type.Object({ done: Type.Boolean() }) } },
      failures: ['not-found', 'account-suspended', 'passkey-needed'],
      async handle({ caller, address }) {
        await removeWebhook(tools, { endpoint: address.endpoint ?? '', by: provenAccount(caller) });
        return { status: 200, body: { done: true } };
      },
    }),
    declareRoute({
      ...{
        ...officers,
        method: 'POST',
        path: '/v1/guard/endpoints/{endpoint}/replay',
        pathPart: endpointPart,
      },
      says:
        'Tells an endpoint again what was since an instant, with the same numbers: also what it took, and ' +
        'what came before it was there. Events are kept for 90 days.',
      body: Type.Object({ since: Type.String({ maxLength: 40, description: 'UTC, ISO 8601.' }) }, closed),
      example: { since: '2026-11-24T00:00:00Z' },
      answers: {
        202: {
          says: 'They are sent soon.',
          schema: Type.Object({ events: count('How many.') }),
        },
      },
      failures: ['not-found', 'account-suspended', 'passkey-needed'],
      async handle({ caller, address, body }) {
        provenAccount(caller);
        const asked = { endpoint: address.endpoint ?? '', since: body.since };
        return { status: 202, body: { events: await sendAgain(tools, asked) } };
      },
    }),
  ];
}
