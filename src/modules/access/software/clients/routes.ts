import { Type } from '@sinclair/typebox';
import { provenAccount } from '../../caller.ts';
import type { AccountTools } from '../../create-account.ts';
import { declareRoute, type Route, word } from '../../route.ts';
import { algorithms, softwareScopes } from '../profile.ts';
import { readClients, revokeWithin } from './manage-clients.ts';

const closed = { additionalProperties: false };
const instant = (description: string) => Type.String({ description: `${description} UTC, ISO 8601.` });
const revoked = Type.Object({
  at: instant('When.'),
  by: Type.Integer({ description: 'By which account; 0 is the command line.' }),
  why: Type.String({ description: 'The reason, in their words; empty when none was given.' }),
});

const list = Type.Object({
  clients: Type.Array(
    Type.Object({
      client: Type.String({ description: 'Its id, which is no secret.' }),
      number: Type.Integer({ description: 'Its number, as in ledger entries.' }),
      name: Type.String({ description: 'What it was registered as.' }),
      organisation: Type.Object({ number: Type.Integer(), name: Type.String() }),
      kind: word(['service', 'acts-for-people'], 'Signs in by itself, or acts for those who consent.'),
      account: Type.Unsafe<number | null>({
        type: ['integer', 'null'],
        description: 'Its service account, when it has one.',
      }),
      keys: Type.Array(
        Type.Object({
          kid: Type.String({ description: 'The name of the key.' }),
          algorithm: word(algorithms, 'What it signs with.'),
        }),
      ),
      keysAt: instant('Since when its keys are these.'),
      scopes: Type.Array(word(softwareScopes, 'What it may be allowed.')),
      createdAt: instant('When it was registered.'),
      seenAt: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: 'When it was last given a token, to the minute. UTC, ISO 8601.',
      }),
      live: Type.Integer({ description: 'Sessions and consents that hold now.' }),
      revoked: Type.Union([revoked, Type.Null()], { description: 'Null while it may sign in.' }),
    }),
  ),
  next: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'Ask `before` this for more; null when that is all.',
  }),
});

/** How software is seen and revoked by those who manage it; it is registered by the command line. */
export function clientRoutes(tools: AccountTools): Route[] {
  return [
    declareRoute({
      method: 'GET',
      path: '/v1/software-clients',
      says: 'The software that may sign in, and that which was revoked; administrators see their own house.',
      permission: 'read-software',
      purpose: null,
      query: Type.Object(
        {
          before: Type.Optional(Type.String({ pattern: '^\\d{1,9}$', description: 'From the page before.' })),
        },
        closed,
      ),
      body: null,
      answers: { 200: { says: 'They are listed, the newest first, fifty at a time.', schema: list } },
      failures: [],
      personal: true,
      handle: async ({ caller, address: { before } }) => ({
        status: 200,
        body: await readClients(tools, caller, before === undefined ? null : Number(before)),
      }),
    }),
    declareRoute({
      method: 'POST',
      path: '/v1/software-clients/{client}/revocation',
      pathPart: Type.Object({ client: Type.String({ pattern: '^vigie-[\\w-]{16}$' }) }),
      says: 'Revokes software for good: none of its tokens holds for a further request, on any server.',
      permission: 'revoke-software',
      purpose: null,
      body: Type.Object(
        {
          why: Type.String({
            minLength: 3,
            maxLength: 1000,
            description: 'The reason, in words; it is sealed.',
          }),
        },
        closed,
      ),
      example: { why: 'The practice changed its software' },
      answers: { 200: { says: 'It is revoked.', schema: Type.Object({ done: Type.Boolean() }) } },
      failures: [],
      personal: true,
      async handle({ caller, address, body }) {
        // It is for good: a session left open must not do it.
        provenAccount(caller);
        await revokeWithin(tools, { caller, client: address.client ?? '' }, body.why);
        return { status: 200, body: { done: true } };
      },
    }),
  ];
}
