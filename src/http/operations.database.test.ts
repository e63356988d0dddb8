import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { newClientKeys, PracticeSoftware } from '../../tests/practice-software.ts';
import { type Browser, openAs, origin, signedInAs } from '../../tests/signing-in.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { registerClient } from '../modules/access/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const settings = {
  VIGIE_PORT: '0',
  VIGIE_METRICS_PORT: '0',
  VIGIE_GUARD: 'off',
  VIGIE_ENV: 'test',
  VIGIE_PUBLIC_URL: origin,
};
const why = { why: 'The practice changed its software' };
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  const parts = { config: readConfig(settings), clock: systemClock, keys, log: createLog('silent') };
  server = await startServer({ ...parts, databaseUrl: database.serverUrl });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const tools = () => ({ db: server.db, keys, ledger: server.ledger });
const code = (answer: { json(): { code: string } }) => answer.json().code;
const listed = async (browser: Browser) => (await browser.get('/v1/software-clients')).json().clients;
const revoke = (browser: Browser, client: string, body: unknown = why) =>
  browser.post(`/v1/software-clients/${client}/revocation`, body);

/** Software of a professional's service account, with its keys. */
async function serviceOf(at: { organisation?: number }, name = 'Caisse') {
  const { account, organisation } = await openAs(tools(), 'professional', at);
  const clientKeys = await newClientKeys('EdDSA', 'till');
  const id = await registerClient(tools(), { name, jwks: clientKeys.jwks, for: { account } });
  return { id, account, organisation, clientKeys };
}

describe('software is seen', () => {
  test('by an administrator in their own house only, by a security officer everywhere', async () => {
    const admin = await signedInAs(server, keys, 'organisation-administrator');
    const own = await serviceOf(admin);
    const elsewhere = await serviceOf({});
    const house = { organisation: admin.organisation, redirects: ['http://127.0.0.1/callback'] };
    const { jwks } = await newClientKeys('ES256', 'post');
    const acting = await registerClient(tools(), { name: 'Poste 2', jwks, for: house });
    expect(await listed(admin.browser)).toMatchObject([
      { client: acting, name: 'Poste 2', kind: 'acts-for-people', account: null, seenAt: null, live: 0 },
      {
        client: own.id,
        kind: 'service',
        account: own.account,
        organisation: { number: admin.organisation, name: 'Cabinet des Essais' },
        keys: [{ kid: 'till', algorithm: 'EdDSA' }],
        scopes: ['lookup-coverage', 'quote', 'claim', 'explain-draw', 'read-allowance', 'own-webhooks'],
        revoked: null,
      },
    ]);
    const officer = await signedInAs(server, keys, 'security-officer');
    const all = (await listed(officer.browser)).map(({ client }: { client: string }) => client);
    expect(all).toEqual(expect.arrayContaining([acting, own.id, elsewhere.id]));
  });

  test('by an insurer’s administrator when it is that insurer’s, and not that of professionals', async () => {
    const insurer = 990_001;
    const admin = await signedInAs(server, keys, 'insurer-administrator', { insurer });
    const at = { organisation: admin.organisation };
    await serviceOf(at);
    const own = await openAs(tools(), 'insurer-service', { ...at, insurer });
    const other = await openAs(tools(), 'insurer-service', { ...at, insurer: insurer + 1 });
    const ids = [];
    for (const { account } of [own, other]) {
      const { jwks } = await newClientKeys();
      ids.push(await registerClient(tools(), { name: 'Flux', jwks, for: { account } }));
    }
    expect(await listed(admin.browser)).toMatchObject([{ client: ids[0], scopes: ['import'] }]);
    expect(code(await revoke(admin.browser, ids[1] ?? ''))).toBe('not-found');
    const house = await signedInAs(server, keys, 'organisation-administrator', at);
    expect(code(await revoke(house.browser, ids[0] ?? ''))).toBe('not-found');
  });

  test('with when it was last given a token, and what it holds now', async () => {
    const officer = await signedInAs(server, keys, 'security-officer');
    const { id, clientKeys } = await serviceOf({});
    const software = await PracticeSoftware.discover(server, { id, keys: clientKeys });
    await software.token();
    const seen = (await listed(officer.browser)).find(({ client }: { client: string }) => client === id);
    expect(seen).toMatchObject({ live: 1, seenAt: expect.stringMatching(/^\d{4}-/) });
  });

  test('fifty at a time, each once', async () => {
    const admin = await signedInAs(server, keys, 'organisation-administrator');
    const { jwks } = await newClientKeys();
    const house = { organisation: admin.organisation, redirects: ['http://127.0.0.1/callback'] };
    const ids: string[] = [];
    for (let one = 0; one < 52; one += 1) {
      ids.unshift(await registerClient(tools(), { name: `Poste ${one}`, jwks, for: house }));
    }
    const first = (await admin.browser.get('/v1/software-clients')).json();
    const rest = (await admin.browser.get(`/v1/software-clients?before=${first.next}`)).json();
    const all = [...first.clients, ...rest.clients].map(({ client }: { client: string }) => client);
    expect([first.clients.length, rest.next, all]).toEqual([50, null, ids]);
  });
});

describe('software is revoked', () => {
  test('at once and for good, with who did it and why', async () => {
    const officer = await signedInAs(server, keys, 'security-officer');
    const { id, clientKeys } = await serviceOf({});
    const software = await PracticeSoftware.discover(server, { id, keys: clientKeys });
    await software.token();
    expect((await revoke(officer.browser, id)).statusCode).toBe(200);
    await expect(software.token()).rejects.toMatchObject({ error: 'invalid_client' });
    const shown = (await listed(officer.browser)).find(({ client }: { client: string }) => client === id);
    expect(shown).toMatchObject({ live: 0, revoked: { by: officer.account, ...why } });
    const [ended] = await database.owner`
      select ended_by as by from access.software_session where client = ${id}`;
    expect(ended?.by).toBe(officer.account);
    const [sealed] = await database.owner`select why_sealed from access.client where id = ${id}`;
    expect(Buffer.from(sealed?.why_sealed).includes('practice')).toBe(false);
    expect(code(await revoke(officer.browser, id))).toBe('not-found');
  });

  test('never by another house’s administrator, nor without a reason, nor with more than one', async () => {
    const admin = await signedInAs(server, keys, 'organisation-administrator');
    const { id } = await serviceOf({});
    for (const name of [id, 'vigie-aaaaaaaaaaaaaaaa', '999999', "vigie-' or 1=1 --'"]) {
      expect(code(await revoke(admin.browser, encodeURIComponent(name)))).toBe('not-found');
    }
    const officer = await signedInAs(server, keys, 'security-officer');
    for (const body of [{}, { why: 'no' }, { ...why, by: 0 }]) {
      expect(code(await revoke(officer.browser, id, body))).toBe('invalid-field');
    }
    const shown = (await listed(officer.browser)).find(({ client }: { client: string }) => client === id);
    expect(shown.revoked).toBeNull();
  });

  test('only with a passkey used just now: it cannot be undone', async () => {
    const officer = await signedInAs(server, keys, 'security-officer');
    const { id } = await serviceOf({});
    await database.owner`
      update access.session set created_at = created_at - interval '6 minutes'
       where account = ${officer.account}`;
    expect(code(await revoke(officer.browser, id))).toBe('passkey-needed');
  });
});

describe('the ledger’s health', () => {
  test('is numbers, and they are right', async () => {
    const auditor = await signedInAs(server, keys, 'auditor');
    const before = (await auditor.browser.get('/v1/ledger-health')).json();
    const { account } = await openAs(tools(), 'professional');
    const ask = { session: 1n, organisation: 1, client: 1, network: 1, action: 1, purpose: 1, reason: 0 };
    const more = { nirKey: null, insurers: [], fields: 0n, present: false, signals: 0 };
    for (let one = 0; one < 63; one += 1) {
      await server.ledger.record({ account, subject: null, ...ask, ...more });
    }
    await server.ledger.setStanding({ account, standing: 'suspended', by: 0, reason: 'operator' });
    const after = (await auditor.browser.get('/v1/ledger-health')).json();
    const [count] = await database.owner`
      select count(*)::int as entries from ledger.entry where at >= (
        ledger.paris_day(ledger.now())::timestamp at time zone 'Europe/Paris')`;
    expect(after.lanes[0].today).toBe(count?.entries);
    expect(after.lanes[0]).toMatchObject({ inFlight: 0, waiting: 0, isAhead: false });
    // Twenty unknown people, then forty-three refusals; and the entries of the account and of its standing.
    expect(after.lanes[0].refusalsToday - before.lanes[0].refusalsToday).toBe(43);
    expect(Number(after.lanes[0].entries) - Number(before.lanes[0].entries)).toBe(65);
    expect(after.accounts.contained - before.accounts.contained).toBe(1);
    expect(after.clock).toEqual({ aheadSeconds: 0, hasJumped: false });
    expect(after.monthsReady).toBeGreaterThanOrEqual(2);
    expect(after.concerns).toEqual([]);
    expect(JSON.stringify(after)).not.toMatch(/Dupré|Cabinet|\/tmp|\/home|postgres/);
  });
});

describe('a browser that software sends too early', () => {
  const asked = '/oauth/authorize?response_type=code&client_id=vigie-a&state=s';
  const open = (url: string, headers: Record<string, string> = {}) =>
    server.app.inject({ url, headers: { accept: 'text/html,*/*', ...headers } });

  test('signs in first, and comes back to that request', async () => {
    const answer = await open(asked);
    expect([answer.statusCode, answer.headers['cache-control'], answer.body]).toEqual([303, 'no-store', '']);
    const to = new URL(String(answer.headers.location), origin);
    expect([to.origin, to.pathname, to.searchParams.get('back')]).toEqual([origin, '/sign-in', asked]);
  });

  test('takes nothing along that is no name of such a request', async () => {
    const answer = await open(`${asked}&next=https://evil.example&back=//evil.example`);
    expect(decodeURIComponent(String(answer.headers.location))).not.toContain('evil');
    expect(code(await open('/oauth/authorize'))).toBe('unauthenticated');
  });

  test('is the only one: programs, tokens and other addresses hear 401', async () => {
    expect((await open(asked, { accept: 'application/json' })).statusCode).toBe(401);
    expect((await open(asked, { authorization: 'DPoP x', dpop: 'y' })).statusCode).toBe(401);
    expect((await open('/v1/session')).statusCode).toBe(401);
  });
});
