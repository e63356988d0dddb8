import { type TOptional, type TString, Type } from '@sinclair/typebox';
import { Failure } from '../../../../platform/errors.ts';
import { openText } from '../../../vault/index.ts';
import { declareRoute, type Route } from '../../route.ts';
import type { SoftwareTools } from '../give-token.ts';
import { decideConsent, showConsent } from './give-consent.ts';
import { authorizePath, queryNames, signInBefore } from './return-address.ts';
import { endConsent, listConsents } from './store.ts';

const query = Object.fromEntries(
  queryNames.map((name) => [name, Type.Optional(Type.String({ maxLength: 2000 }))]),
) as Record<(typeof queryNames)[number], TOptional<TString>>;
const decision = Type.Optional(Type.String({ description: '`allow`, or the software hears access_denied.' }));

const page = { schema: Type.String(), media: 'text/html; charset=utf-8' } as const;
const sentBack = {
  ...page,
  says: 'Back to the software, with a code or an error.',
  headers: { Location: 'A loopback address of the software.' },
};
const instant = (description: string) => Type.String({ description: `${description} UTC, ISO 8601.` });
const consents = Type.Object({
  consents: Type.Array(
    Type.Object({
      consent: Type.String({ description: 'Its number: that of the session in ledger entries.' }),
      software: Type.String({ description: 'What the software was registered as.' }),
      scope: Type.String({ description: 'Permissions, separated by spaces.' }),
      createdAt: instant('When it was given.'),
      expiresAt: instant('When it ends by itself.'),
    }),
  ),
});
const done = Type.Object({ done: Type.Boolean() });

const own = { purpose: null, permission: 'own-session', personal: true } as const;

/** How a holder lets software act for their account, sees what may, and ends it. */
export function consentRoutes(tools: SoftwareTools): Route[] {
  return [
    declareRoute({
      ...own,
      method: 'GET',
      path: authorizePath,
      says:
        'Asks the holder, whose passkey was used just now, whether software may act for them. A browser ' +
        'without such a session is sent to the sign-in page, and back.',
      signInBefore,
      query: Type.Object(query),
      body: null,
      answers: { 200: { ...page, says: 'A page that asks.' }, 303: sentBack },
      failures: ['not-found'],
      handle: ({ caller, address }) => showConsent(tools, { caller, query: address }),
    }),
    declareRoute({
      ...own,
      method: 'POST',
      path: authorizePath,
      says: 'Takes the holder’s decision: what was asked, and `allow` or anything else.',
      body: Type.Object({ ...query, decision }),
      form: true,
      answers: { 303: sentBack },
      failures: ['not-found'],
      handle: ({ caller, body: { decision: decided, ...asked } }) =>
        decideConsent(tools, { caller, query: asked, decision: decided }),
    }),
    ...ownConsentRoutes(tools),
  ];
}

function ownConsentRoutes({ db, keys }: SoftwareTools): Route[] {
  return [
    declareRoute({
      ...own,
      method: 'GET',
      path: '/v1/consents',
      says: 'The software that may act for one’s own account now.',
      body: null,
      answers: { 200: { says: 'Every consent that holds.', schema: consents } },
      failures: [],
      handle: async ({ caller }) => {
        const rows = await listConsents(db, caller.account);
        const list = rows.map(({ session, client, nameSealed, scope, createdAt, expiresAt }) => ({
          consent: session,
          software: openText(keys, nameSealed, `client|${client}`),
          scope,
          createdAt: createdAt.toISOString(),
          expiresAt: expiresAt.toISOString(),
        }));
        return { status: 200, body: { consents: list } };
      },
    }),
    declareRoute({
      ...own,
      method: 'POST',
      path: '/v1/consents/{consent}/end',
      pathPart: Type.Object({ consent: Type.String({ pattern: '^[1-9]\\d{0,17}$' }) }),
      says: 'Ends one’s own consent: the software acts no more, from its next request on.',
      body: null,
      answers: { 200: { says: 'It is ended.', schema: done } },
      failures: ['not-found'],
      handle: async ({ caller, address }) => {
        if (!(await endConsent(db, caller.account, address.consent ?? ''))) throw new Failure('not-found');
        return { status: 200, body: { done: true } };
      },
    }),
  ];
}
