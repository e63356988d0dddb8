import { Type } from '@sinclair/typebox';
import { isNetworkBlocked } from '../networks/store.ts';
import { type Answer, declareRoute, type Route } from '../route.ts';
import type { Beginning } from '../sign-in/begin-session.ts';
import { blockedPage, choicePath, enteredPage, pageHeaders, placesPage, refusedPage } from './pages.ts';
import { PscRefusal } from './refusal.ts';
import { forgetCookie, keepCookie, readCookie, tripCookie, visitCookie } from './round-trip.ts';
import {
  type Arrived,
  arriveFromProvider,
  callbackPath,
  enterPlace,
  leaveForProvider,
  type PscTools,
} from './sign-in.ts';
import { hearLogout } from './sign-out.ts';

const html = { schema: Type.String(), media: 'text/html; charset=utf-8' } as const;
const setsCookies = { 'Set-Cookie': 'Begins the session, forgets what the round trip needed.' };
const entered = {
  ...html,
  says: 'A page that goes on by itself, or asks for a place.',
  headers: setsCookies,
};
const refused = { ...html, says: 'A page that says what to do: the same whatever the cause.' };
const blocked = {
  ...html,
  says: 'A page that says that nobody is served from this network, and whom to ask.',
};
const cookieHeader = { Cookie: 'What the round trip needs, sealed.' };
const text = Type.Optional(Type.String({ maxLength: 4000 }));
const answered = Type.Object({ code: text, state: text, iss: text, session_state: text, error: text });
const forgetBoth = [forgetCookie(tripCookie), forgetCookie(visitCookie)];

const shared = { permission: 'none', purpose: null, personal: true, failures: [] } as const;

/** How professionals sign in by Pro Santé Connect; declared only where it is configured. */
export function pscRoutes(tools: PscTools): Route[] {
  return [...leavingRoutes(tools), ...arrivingRoutes(tools)];
}

function leavingRoutes(tools: PscTools): Route[] {
  return [
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/psc',
      says: 'Whether professionals may sign in by Pro Santé Connect; not found where they may not.',
      body: null,
      answers: { 200: { says: 'They may.', schema: Type.Object({ start: Type.String() }) } },
      handle: async () => ({ status: 200, body: { start: '/v1/psc/start' } }),
    }),
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/psc/start',
      says: 'Sends the browser to Pro Santé Connect.',
      requestHeaders: { Cookie: 'The session before this one, if there is one.' },
      body: null,
      answers: {
        303: { ...html, says: 'To the provider.', headers: { Location: 'The provider.' } },
        400: refused,
        403: blocked,
      },
      handle: ({ headers, caller: from }) =>
        orRefused(tools, from, async () => {
          const { url, trip } = await leaveForProvider(tools, headers.cookie);
          const cookie = keepCookie(tripCookie, trip);
          const away = { location: url.href, 'set-cookie': cookie, 'referrer-policy': 'no-referrer' };
          return { status: 303, body: '', headers: away };
        }),
    }),
    declareRoute({
      ...shared,
      method: 'POST',
      path: '/psc/backchannel-logout',
      says: 'Hears from Pro Santé Connect that a session ended there, and ends what began in it.',
      body: Type.Object({ logout_token: Type.String({ maxLength: 8000 }) }),
      form: true,
      answers: { 200: { says: 'It is ended here too.', schema: Type.Object({ done: Type.Boolean() }) } },
      handle: async ({ body }) => {
        await hearLogout(tools, body.logout_token);
        return { status: 200, body: { done: true } };
      },
    }),
  ];
}

function arrivingRoutes(tools: PscTools): Route[] {
  return [
    declareRoute({
      ...shared,
      method: 'GET',
      path: callbackPath,
      says: 'Takes what Pro Santé Connect sent the browser back with, and signs in.',
      query: answered,
      requestHeaders: cookieHeader,
      body: null,
      answers: { 200: entered, 400: refused, 403: blocked },
      handle: ({ address: query, headers, caller: from }) =>
        orRefused(tools, from, async () => {
          const trip = readCookie(tripCookie, headers.cookie);
          return arrivedPage(await arriveFromProvider(tools, { query, trip, from }));
        }),
    }),
    declareRoute({
      ...shared,
      method: 'POST',
      path: choicePath,
      says: 'Enters the place that a professional of several chose.',
      requestHeaders: cookieHeader,
      body: Type.Object({ account: Type.String({ pattern: '^[1-9]\\d{0,8}$' }) }),
      form: true,
      answers: { 200: entered, 400: refused, 403: blocked },
      handle: ({ body, headers, caller: from }) =>
        orRefused(tools, from, async () => {
          const visit = readCookie(visitCookie, headers.cookie);
          return arrivedPage(await enterPlace(tools, { visit, account: Number(body.account), from }));
        }),
    }),
  ];
}

function arrivedPage(arrived: Arrived): Answer {
  if ('cookie' in arrived) {
    return shown(200, enteredPage(), [arrived.cookie, ...forgetBoth]);
  }
  const cookies = [keepCookie(visitCookie, arrived.visit), forgetCookie(tripCookie)];
  return shown(200, placesPage(arrived.places), cookies);
}

/**
 * Every refusal is one page; which it was, the log says. A blocked network is told: it is asked of before
 * anybody is known, and so tells of nobody.
 */
async function orRefused(
  { db, log }: PscTools,
  { network }: Beginning,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    if (await isNetworkBlocked(db, network)) throw new PscRefusal('network-blocked');
    return await work();
  } catch (error) {
    if (!(error instanceof PscRefusal)) throw error;
    log.warn({ cause: error.refusal, code: error.code }, 'a sign-in by Pro Santé Connect came to no end');
    if (error.refusal === 'network-blocked') return shown(403, blockedPage(), forgetBoth);
    return shown(400, refusedPage(), forgetBoth);
  }
}

function shown(status: 200 | 400 | 403, body: string, cookies: string[]): Answer {
  return { status, body, headers: { ...pageHeaders, 'set-cookie': cookies } };
}
