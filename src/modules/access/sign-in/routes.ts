import { type Static, Type } from '@sinclair/typebox';
import { Failure } from '../../../platform/errors.ts';
import { openText } from '../../vault/index.ts';
import { type Caller, enrollingAccount, provenAccount } from '../caller.ts';
import { permissionTable, roles } from '../roles.ts';
import { type Answer, declareRoute, type Route, word } from '../route.ts';
import { readOrganisationName } from '../store.ts';
import { addPasskey, type Begun, checkFirst, enrol, removePasskey, signIn } from './begin-session.ts';
import { noCookie } from './cookie.ts';
import { credentialOptions, newCredential, usedCredential } from './credential-schemas.ts';
import { hashesOf, type Presented, readInvitation } from './invite-holder.ts';
import { offerEnrolment, offerSignIn, type PasskeyTools } from './passkeys.ts';
import * as store from './store.ts';
import { isInvited, signedInFrom } from './throttle/store.ts';
import { createThrottle } from './throttle/throttle.ts';

const closed = { additionalProperties: false };

const invitation = Type.Object(
  {
    link: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'From the link, sent by one channel.' }),
    code: Type.String({ pattern: '^\\d{8}$', description: 'The code, given by another channel.' }),
  },
  closed,
);
const enrolment = Type.Object({ invitation, credential: newCredential }, closed);
const signedIn = Type.Object({ account: Type.Integer({ description: 'The account that signed in.' }) });
const done = Type.Object({ done: Type.Boolean() });
const signedOut = Type.Object({
  done: Type.Boolean(),
  next: Type.Optional(Type.String({ description: 'Where the browser goes to sign out there too.' })),
});
const instant = (description: string) => Type.String({ description: `${description} UTC, ISO 8601.` });
const sessionCookie = { 'Set-Cookie': 'The session: HttpOnly, Secure, SameSite=Strict.' };

const session = Type.Object({
  account: Type.Integer(),
  role: word(roles, 'What the account is for.'),
  profession: Type.String(),
  organisation: Type.Object({ number: Type.Integer(), name: Type.String() }),
  permissions: Type.Array(word(Object.keys(permissionTable), 'A permission.')),
  sessions: Type.Array(
    Type.Object({
      session: Type.String({ description: 'Its number, as in ledger entries.' }),
      isThis: Type.Boolean(),
      createdAt: instant('When it began.'),
      seenAt: instant('When it was last used, to the minute.'),
    }),
  ),
  passkeys: Type.Array(
    Type.Object({
      passkey: Type.String({ description: 'Its credential id.' }),
      createdAt: instant('When it was made.'),
      backedUp: Type.Boolean({ description: 'Whether its maker keeps a copy elsewhere.' }),
    }),
  ),
});

const shared = { purpose: null, personal: true, failures: [] as const };
const open = { ...shared, method: 'POST', permission: 'none' } as const;
const own = { ...shared, permission: 'own-session' } as const;

/** Where a session that another house vouched for signs out there too; null when it has nowhere to go. */
export type LeavingTools = { readonly leave?: (session: bigint) => Promise<string | null> };

/** How people sign in, and keep their sessions and passkeys. */
export function signInRoutes(tools: PasskeyTools & LeavingTools): Route[] {
  return [...enterRoutes(tools), ...ownRoutes(tools), ...passkeyRoutes(tools)];
}

function enterRoutes(tools: PasskeyTools): Route[] {
  const throttle = createThrottle(tools.clock);
  const invited = <T>({ network }: Caller, { link, code }: Presented, work: () => Promise<T>) => {
    const { linkHash } = hashesOf({ link, code });
    const isKnown = () => isInvited(tools.db, linkHash);
    return throttle({ network, name: linkHash.toString('base64'), isKnown }, work);
  };
  return [
    declareRoute({
      ...open,
      path: '/v1/enrolment-options',
      says: 'What a browser needs to make the passkey of an invited holder.',
      body: invitation,
      answers: { 200: { says: 'Options of navigator.credentials.create.', schema: credentialOptions } },
      failures: ['invitation-refused', 'too-many-attempts'],
      handle: ({ body, caller }) =>
        invited(caller, body, async () =>
          ok(await offerEnrolment(tools, await readInvitation(tools.db, body))),
        ),
    }),
    declareRoute({
      ...open,
      path: '/v1/enrolments',
      says: 'Keeps the passkey of an invited holder and signs in; earlier passkeys and sessions end.',
      body: enrolment,
      answers: { 200: { says: 'Signed in.', schema: signedIn, headers: sessionCookie } },
      failures: ['invitation-refused', 'passkey-refused', 'too-many-attempts', 'ledger-unavailable'],
      handle: ({ body: { invitation, credential }, caller }) =>
        invited(caller, invitation, async () =>
          begun(await enrol(tools, { invitation, response: credential, from: caller })),
        ),
    }),
    declareRoute({
      ...open,
      path: '/v1/sign-in-options',
      says: 'What a browser needs to sign in with a passkey. The same for everybody: it asks for no name.',
      body: Type.Object({}, closed),
      answers: { 200: { says: 'Options of navigator.credentials.get.', schema: credentialOptions } },
      handle: async () => ok(await offerSignIn(tools)),
    }),
    declareRoute({
      ...open,
      path: '/v1/sessions',
      says: 'Signs in with a passkey; the session that the browser held before ends.',
      requestHeaders: { Cookie: 'The session before this one, if there is one.' },
      body: usedCredential,
      answers: { 200: { says: 'Signed in.', schema: signedIn, headers: sessionCookie } },
      failures: ['passkey-refused', 'too-many-attempts'],
      handle: ({ body, caller, headers }) => {
        const { network } = caller;
        const credential = Buffer.from(body.id, 'base64url');
        const isKnown = () => signedInFrom(tools.db, credential, network);
        return throttle({ network, name: body.id, isKnown }, async () =>
          begun(await signIn(tools, { response: body, from: caller, cookie: headers.cookie })),
        );
      },
    }),
  ];
}

function ownRoutes(tools: PasskeyTools & LeavingTools): Route[] {
  const { db, leave } = tools;
  return [
    declareRoute({
      ...own,
      method: 'GET',
      path: '/v1/session',
      says: 'Who is signed in, what they may do, and their other sessions and passkeys.',
      body: null,
      answers: { 200: { says: 'This session.', schema: session } },
      handle: async ({ caller }) => ok(await describeSession(tools, caller)),
    }),
    declareRoute({
      ...own,
      method: 'POST',
      path: '/v1/session/end',
      says: 'Signs out.',
      body: null,
      answers: {
        200: { says: 'Signed out.', schema: signedOut, headers: { 'Set-Cookie': 'Forgets the session.' } },
      },
      handle: async ({ caller }) => {
        await store.endSession(db, caller.account, String(caller.session));
        const next = (await leave?.(caller.session)) ?? null;
        return {
          ...ok({ done: true, ...(next === null ? {} : { next }) }),
          headers: { 'set-cookie': noCookie },
        };
      },
    }),
    declareRoute({
      ...own,
      method: 'POST',
      path: '/v1/sessions/{session}/end',
      pathPart: Type.Object({ session: Type.String({ pattern: '^[1-9]\\d{0,17}$' }) }),
      says: 'Ends another of one’s own sessions.',
      body: null,
      answers: { 200: { says: 'It is ended.', schema: done } },
      failures: ['not-found'],
      handle: async ({ caller, address }) => {
        const ended = await store.endSession(db, caller.account, address.session ?? '');
        if (!ended) throw new Failure('not-found');
        return ok({ done: true });
      },
    }),
  ];
}

function passkeyRoutes(tools: PasskeyTools): Route[] {
  return [
    declareRoute({
      ...own,
      method: 'POST',
      path: '/v1/passkey-options',
      says: 'What a browser needs to make one more passkey. Asks for a passkey used in the last 5 minutes.',
      body: Type.Object({}, closed),
      answers: { 200: { says: 'Options of navigator.credentials.create.', schema: credentialOptions } },
      async handle({ caller }) {
        const asked = enrollingAccount(caller);
        await checkFirst(tools.db, asked);
        return ok(await offerEnrolment(tools, asked.account));
      },
    }),
    declareRoute({
      ...own,
      method: 'POST',
      path: '/v1/passkeys',
      says: 'Keeps one more passkey. Asks for a passkey used in the last 5 minutes.',
      body: newCredential,
      answers: { 200: { says: 'It is kept.', schema: done } },
      failures: ['passkey-refused', 'account-suspended', 'ledger-unavailable'],
      handle: async ({ caller, body }) => {
        const { session } = caller;
        await addPasskey(tools, { ...enrollingAccount(caller), session, response: body });
        return ok({ done: true });
      },
    }),
    declareRoute({
      ...own,
      method: 'POST',
      path: '/v1/passkeys/{passkey}/remove',
      pathPart: Type.Object({ passkey: Type.String({ pattern: '^[A-Za-z0-9_-]{1,1400}$' }) }),
      says:
        'Removes a passkey, and ends its sessions; the last one stays. Asks for a passkey used in the last ' +
        '5 minutes.',
      body: null,
      answers: { 200: { says: 'It is removed.', schema: done } },
      failures: ['not-found', 'ledger-unavailable'],
      handle: async ({ caller, address }) => {
        const credential = Buffer.from(address.passkey ?? '', 'base64url');
        const removed = await removePasskey(tools, provenAccount(caller), credential);
        if (!removed) throw new Failure('not-found');
        return ok({ done: true });
      },
    }),
  ];
}

async function describeSession({ db, keys }: PasskeyTools, caller: Caller): Promise<Static<typeof session>> {
  const { account, role, profession, permissions, organisation } = caller;
  const sealed = await readOrganisationName(db, organisation);
  const sessions = await store.listSessions(db, account);
  const passkeys = await store.listPasskeys(db, account);
  return {
    account,
    role: role as Static<typeof session>['role'],
    profession,
    organisation: { number: organisation, name: openText(keys, sealed, 'organisation') },
    permissions: [...permissions].filter((permission) => permission !== 'none'),
    sessions: sessions.map((each) => ({
      session: each.session,
      isThis: each.session === String(caller.session),
      createdAt: each.createdAt.toISOString(),
      seenAt: each.seenAt.toISOString(),
    })),
    passkeys: passkeys.map((each) => ({
      passkey: each.credential.toString('base64url'),
      createdAt: each.createdAt.toISOString(),
      backedUp: each.backedUp,
    })),
  };
}

function begun({ account, cookie }: Begun): Answer {
  return { status: 200, body: { account }, headers: { 'set-cookie': cookie } };
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}
