import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { signFor } from '../../tests/practice-software.ts';
import { Browser, openAs, origin, signedInAs } from '../../tests/signing-in.ts';
import { createRoutes, type RunningServer, startServer } from '../compose.ts';
import {
  createOrganisation,
  openAccount,
  type Permission,
  permissionsOf,
  permissionTable,
  type Role,
  type Route,
  roles,
} from '../modules/access/index.ts';
import { createUploads } from '../modules/rights/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const config = readConfig({
  VIGIE_PORT: '0',
  VIGIE_METRICS_PORT: '0',
  VIGIE_ENV: 'test',
  VIGIE_PUBLIC_URL: origin,
  // Nobody answers there: the doors are there all the same.
  VIGIE_PSC_ISSUER: 'http://127.0.0.1:1',
  VIGIE_PSC_CLIENT_ID: 'vigie',
  VIGIE_PSC_CLIENT_SECRET_FILE: fileURLToPath(import.meta.url),
});
const insurer = 990_001;
let database: TestDatabase;
let server: RunningServer;
let routes: Route[];
const signedIn = new Map<Role, { send(route: Route): Promise<number> }>();

beforeAll(async () => {
  database = await cloneDatabase();
  const log = createLog('silent');
  const { serverUrl: databaseUrl } = database;
  server = await startServer({ config, clock: systemClock, databaseUrl, keys, log });
  const { db, ledger } = server;
  const clock = systemClock;
  const uploads = createUploads({
    ...{ config, clock, keys, db, databaseUrl, log, lenient: true, isProduction: false },
    ...{ spoolFolder: config.dataFolder, bytesMax: 1 },
  });
  routes = createRoutes({ config, clock, keys, db, ledger, uploads, psc: {} as never });
  for (const role of roles) signedIn.set(role, await senderOf(role));
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** People by their session; a program by its key. */
async function senderOf(role: Role) {
  if (role === 'insurer-service') {
    const tools = { db: server.db, keys, ledger: server.ledger };
    const account = await openAccount(tools, {
      organisation: await createOrganisation(tools, 'Mutuelle des Essais'),
      profession: 'insurer',
      role,
      insurer,
      holder: { name: 'Échanges' },
      figures: { cap: 0, renewalPerDay: 0, usualNewPeoplePerDay: 0, peoplePerDayMax: 0, openingBalance: 0 },
    });
    const sign = await signFor(server, keys, account);
    return { send: (route: Route) => send(route, sign) };
  }
  const at = role.startsWith('insurer-') ? { insurer } : {};
  const { browser, passkey } = await signedInAs(server, keys, role, at);
  return {
    async send(route: Route) {
      // A route may have ended the session of the one before.
      if (browser.cookie === undefined || route.path.includes('session')) await browser.signIn(passkey);
      const cookie = browser.cookie ?? '';
      return send(route, { cookie, origin, 'user-agent': browser.from.agent }, browser.from.address);
    },
  };
}

/** Nothing that could be done: what is asked is whether the door opens, not what is behind it. */
async function send(
  route: Route,
  sent: Record<string, string> | Awaited<ReturnType<typeof signFor>>,
  remoteAddress = '192.0.2.10',
) {
  const url = route.path.replaceAll(/\{\w+\}/g, '999999');
  const headers = typeof sent === 'function' ? await sent(route.method, url) : sent;
  const bodyMedia = route.form ? 'application/x-www-form-urlencoded' : 'application/json';
  const media = route.stream?.media[0] ?? bodyMedia;
  const type = route.body === null && route.stream === undefined ? {} : { 'content-type': media };
  const payload = route.body === null ? {} : { payload: '{"undeclared":true}' };
  const answer = await server.app.inject({
    ...{ method: route.method, url, headers: { ...headers, ...type }, remoteAddress },
    ...payload,
  });
  return answer.statusCode === 403 && answer.json().code === 'forbidden' ? 403 : answer.statusCode;
}

describe.each(roles)('%s', (role) => {
  test('opens the doors of its row, and no other', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const status = await signedIn.get(role)?.send(route);
      const allowed = permissionsOf[role].has(route.permission);
      if ((status === 403) === allowed || status === 401) {
        wrong.push(`${route.method} ${route.path} ${status}, allowed ${allowed}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

test('nobody who is not signed in opens a door of the table', async () => {
  const answers = await Promise.all(
    routes.filter(({ permission }) => permission !== 'none').map((route) => send(route, {})),
  );
  expect(new Set(answers)).toEqual(new Set([401]));
});

test('every permission has a route, and every route a permission of the table', () => {
  const used = new Set(routes.map(({ permission }) => permission));
  const known = new Set<Permission>(['none', ...(Object.keys(permissionTable) as Permission[])]);
  expect(used).toEqual(known);
});

describe('who manages whom', () => {
  const tools = () => ({ db: server.db, keys, ledger: server.ledger });
  const why = { why: 'a reason in words' };
  const code = (answer: { json(): { code: string } }) => answer.json().code;
  const act = (browser: Browser, account: number, what: string, body: unknown = why) =>
    browser.post(`/v1/accounts/${account}/${what}`, body);

  test('an administrator the professionals of their own organisation, and nobody else', async () => {
    const admin = await signedInAs(server, keys, 'organisation-administrator');
    const own = await openAs(tools(), 'professional', admin);
    const [elsewhere, officer] = [
      await openAs(tools(), 'professional'),
      await openAs(tools(), 'security-officer', admin),
    ];
    expect((await act(admin.browser, own.account, 'invitations')).statusCode).toBe(200);
    for (const { account } of [elsewhere, officer, admin, { account: 999_999 }]) {
      for (const what of ['invitations', 'suspension', 'sessions/end']) {
        const body = what === 'sessions/end' ? {} : why;
        expect(code(await act(admin.browser, account, what, body))).toBe('not-found');
      }
    }
  });

  test('an insurer’s administrator its own agents', async () => {
    const admin = await signedInAs(server, keys, 'insurer-administrator', { insurer });
    const own = await openAs(tools(), 'insurer-agent', { insurer });
    const others = await openAs(tools(), 'insurer-agent', { insurer: insurer + 1 });
    expect((await act(admin.browser, own.account, 'suspension')).statusCode).toBe(200);
    expect(code(await act(admin.browser, others.account, 'suspension'))).toBe('not-found');
  });

  test('only a security officer recovers a holder who has a passkey', async () => {
    const admin = await signedInAs(server, keys, 'organisation-administrator');
    const own = await signedInAs(server, keys, 'professional', admin);
    expect(code(await act(admin.browser, own.account, 'invitations'))).toBe('forbidden');
    const officer = await signedInAs(server, keys, 'security-officer');
    const recovered = await act(officer.browser, own.account, 'invitations');
    await new Browser(server).enrol(recovered.json());
    expect(code(await own.browser.get('/v1/session'))).toBe('unauthenticated');
  });

  test('nobody lifts the suspension they ordered; a colleague does', async () => {
    const [first, second] = [
      await signedInAs(server, keys, 'security-officer'),
      await signedInAs(server, keys, 'security-officer'),
    ];
    const { account, browser } = await signedInAs(server, keys, 'professional');
    expect((await act(first.browser, account, 'suspension')).statusCode).toBe(200);
    expect(code(await browser.get('/v1/session'))).toBe('unauthenticated');
    expect(code(await act(first.browser, account, 'reinstatement'))).toBe('forbidden');
    expect((await act(second.browser, account, 'reinstatement')).statusCode).toBe(200);
    const [entry] = await database.owner`
      select acted_by as by from ledger.entry where account = ${account} order by actor_seq desc limit 1`;
    expect(entry?.by).toBe(second.account);
  });

  test('a suspended officer who signs in again manages nobody, themselves least', async () => {
    const [officer, other] = [
      await signedInAs(server, keys, 'security-officer'),
      await signedInAs(server, keys, 'security-officer'),
    ];
    const target = await openAs(tools(), 'professional');
    expect(code(await act(officer.browser, officer.account, 'reinstatement'))).toBe('not-found');
    await act(other.browser, officer.account, 'suspension');
    await officer.browser.signIn(officer.passkey);
    expect(code(await act(officer.browser, target.account, 'suspension'))).toBe('account-suspended');
  });

  test('the sessions of an account end all at once', async () => {
    const officer = await signedInAs(server, keys, 'security-officer');
    const { account, passkey, browser } = await signedInAs(server, keys, 'professional');
    const elsewhere = new Browser(server, { agent: 'Safari' });
    await elsewhere.signIn(passkey);
    expect((await act(officer.browser, account, 'sessions/end', {})).json()).toEqual({ ended: 2 });
    for (const each of [browser, elsewhere]) {
      expect(code(await each.get('/v1/session'))).toBe('unauthenticated');
    }
  });
});
