import { type TSchema, Type } from '@sinclair/typebox';
import { provenAccount } from './caller.ts';
import type { AccountTools } from './create-account.ts';
import { endSessionsOf, invite, type Managed, reinstate, suspend } from './manage-account.ts';
import type { Permission } from './roles.ts';
import { declareRoute, type Exchange, type Route } from './route.ts';

const closed = { additionalProperties: false };
const reason = Type.Object(
  { why: Type.String({ minLength: 3, maxLength: 1000, description: 'The reason, in words; it is sealed.' }) },
  closed,
);
const nothing = Type.Object({}, closed);
const done = Type.Object({ done: Type.Boolean() });
const invitation = Type.Object({
  link: Type.String({ description: 'For the holder’s link, by one channel; shown once.' }),
  code: Type.String({ description: 'For the holder, by another channel; shown once.' }),
});
const ended = Type.Object({ ended: Type.Integer({ description: 'How many sessions there were.' }) });

/** How accounts are managed by people with an account of their own, each within its reach. */
export function manageRoutes(tools: AccountTools): Route[] {
  return [
    declare('invitations', 'invite-holder', reason, {
      says: 'Invites the holder to make a passkey; `why` tells how they were recognised.',
      answer: invitation,
      act: (managed, { why }) => {
        provenAccount(managed.caller);
        return invite(tools, managed, why);
      },
    }),
    declare('sessions/end', 'end-sessions', nothing, {
      says: 'Ends every session of an account: none holds for its next request.',
      answer: ended,
      act: async (managed) => ({ ended: await endSessionsOf(tools, managed) }),
    }),
    declare('suspension', 'suspend-account', reason, {
      says: 'Suspends an account and ends its sessions.',
      answer: done,
      act: async (managed, { why }) => {
        await suspend(tools, managed, why);
        return { done: true };
      },
    }),
    declare('reinstatement', 'reinstate-account', reason, {
      says: 'Reinstates an account; whoever suspended it cannot.',
      answer: done,
      act: async (managed, { why }) => {
        provenAccount(managed.caller);
        await reinstate(tools, managed, why);
        return { done: true };
      },
    }),
  ];
}

type Act<Body> = {
  readonly says: string;
  readonly answer: TSchema;
  readonly act: (managed: Managed, body: Body) => Promise<unknown>;
};

function declare<Body extends TSchema>(
  path: string,
  permission: Permission,
  body: Body,
  { says, answer, act }: Act<Exchange<import('@sinclair/typebox').Static<Body>>['body']>,
): Route {
  return declareRoute({
    method: 'POST',
    path: `/v1/accounts/{account}/${path}`,
    pathPart: Type.Object({ account: Type.String({ pattern: '^[1-9]\\d{0,8}$' }) }),
    says,
    permission,
    purpose: null,
    body,
    answers: { 200: { says: 'It is done.', schema: answer } },
    failures: ['account-suspended', 'ledger-unavailable'],
    personal: true,
    handle: async ({ caller, address, body: given }) => ({
      status: 200,
      body: await act({ caller, account: Number(address.account) }, given),
    }),
  });
}
