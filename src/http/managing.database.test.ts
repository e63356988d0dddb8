import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { Browser, openAs, origin, signedInAs } from '../../tests/signing-in.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { hasDemoDoor, insertDemoAccount, markDemo } from '../modules/access/index.ts';
import { findProfession } from '../modules/rights/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const settings = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin };
let database: TestDatabase;
let server: RunningServer;

function start(databaseUrl: string, more: Record<string, string> = {}): Promise<RunningServer> {
  const config = readConfig({ ...settings, ...more });
  return startServer({ config, clock: systemClock, databaseUrl, keys, log: createLog('silent') });
}
const tools = () => ({ db: server.db, keys, ledger: server.ledger });

beforeAll(async () => {
  database = await cloneDatabase();
  server = await start(database.serverUrl);
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

describe('accounts are found and read', () => {
  test('by an administrator in their own house only, by a security officer everywhere', async () => {
    const admin = await signedInAs(server, keys, 'organisation-administrator');
    const [own, elsewhere] = [
      await openAs(tools(), 'professional', admin),
      await openAs(tools(), 'professional'),
    ];
    const listed = (await admin.browser.get('/v1/accounts')).json();
    expect(listed).toMatchObject({
      accounts: [{ account: own.account, holder: 'Jeanne Dupré-Secret', standing: 'open', passkeys: 0 }],
      next: null,
    });
    expect((await admin.browser.get(`/v1/accounts/${elsewhere.account}`)).statusCode).toBe(404);
    expect((await admin.browser.get(`/v1/accounts?search=${elsewhere.account}`)).json().accounts).toEqual([]);
    const officer = await signedInAs(server, keys, 'security-officer');
    const found = (await officer.browser.get(`/v1/accounts?search=${elsewhere.account}`)).json();
    expect(found.accounts).toMatchObject([{ account: elsewhere.account }]);
  });

  test('from a place of their own reach only: asking after others tells nothing of them', async () => {
    const admin = await signedInAs(server, keys, 'organisation-administrator');
    const elsewhere = await signedInAs(server, keys, 'security-officer');
    await openAs(tools(), 'professional', admin);
    const listFrom = async (account: number, sort: string) =>
      (await admin.browser.get(`/v1/accounts?sort=${sort}&after=${account}`)).json();
    for (const sort of ['-number', 'profession', '-profession', 'seen', '-seen']) {
      expect(await listFrom(elsewhere.account, sort)).toEqual(await listFrom(999_999_999, sort));
    }
  });

  test('fifty at a time, each once', async () => {
    const admin = await signedInAs(server, keys, 'organisation-administrator');
    const opened: number[] = [];
    for (let one = 0; one < 53; one += 1) opened.push((await openAs(tools(), 'professional', admin)).account);
    const first = (await admin.browser.get('/v1/accounts')).json();
    const second = (await admin.browser.get(`/v1/accounts?after=${first.next}`)).json();
    const numbers = [...first.accounts, ...second.accounts].map(({ account }) => account);
    expect([first.accounts.length, second.accounts.length, second.next]).toEqual([50, 3, null]);
    expect(numbers).toEqual(opened);
  });

  test('in an order that pages keep, each once, and by profession or standing', async () => {
    const admin = await signedInAs(server, keys, 'organisation-administrator');
    const opened: number[] = [];
    for (let one = 0; one < 52; one += 1) opened.push((await openAs(tools(), 'professional', admin)).account);
    const seen = await signedInAs(server, keys, 'professional', admin);
    const read = async (query: string): Promise<number[]> => {
      const first = (await admin.browser.get(`/v1/accounts?${query}`)).json();
      const rest =
        first.next === null
          ? []
          : (await admin.browser.get(`/v1/accounts?${query}&after=${first.next}`)).json().accounts;
      return [...first.accounts, ...rest].map(({ account }) => account);
    };
    const all = [...opened, seen.account];
    expect(await read('sort=number')).toEqual(all);
    expect(await read('sort=-number')).toEqual([...all].reverse());
    expect(await read('sort=seen')).toEqual(all);
    expect(await read('sort=-seen')).toEqual([...all].reverse());
    expect(await read('sort=profession')).toEqual(all);
    expect(await read('sort=-profession&profession=optician')).toEqual([...all].reverse());
    expect(await read('profession=pharmacist')).toEqual([]);
    await admin.browser.post(`/v1/accounts/${seen.account}/suspension`, { why: 'lost telephone' });
    expect(await read('standing=contained')).toEqual([seen.account]);
    expect(await read('standing=suspended')).toEqual([seen.account]);
    expect(await read('standing=restricted')).toEqual([]);
  });

  test('what was done to one is told with its reason, whom it saw is not', async () => {
    const officer = await signedInAs(server, keys, 'security-officer');
    const { account } = await signedInAs(server, keys, 'professional');
    await officer.browser.post(`/v1/accounts/${account}/suspension`, { why: 'She telephoned: stolen' });
    const page = (await officer.browser.get(`/v1/accounts/${account}`)).json();
    expect(page).toMatchObject({ account, standing: 'suspended', allowance: { charged: 0 } });
    const words = page.deeds.map(({ what, by }: { what: string; by: number }) => `${what} ${by}`);
    expect(words).toEqual([
      `sessions-ended ${officer.account}`,
      `suspended ${officer.account}`,
      `passkey-made ${account}`,
      'invited 0',
      'opened 0',
    ]);
    expect(page.deeds[1].why).toBe('She telephoned: stolen');
    expect(page.sessions[0].endedAt).not.toBeNull();
    expect((await officer.browser.get('/v1/accounts?standing=suspended')).json().accounts).toContainEqual(
      expect.objectContaining({ account }),
    );
  });

  test('an address that is asked with anything else is refused', async () => {
    const officer = await signedInAs(server, keys, 'security-officer');
    for (const query of [
      'role=king',
      'after=-1',
      'standing=open',
      'sort=holder',
      'sort=seen;drop',
      'profession=A',
      'organisation=1',
      'after=1e3',
    ]) {
      expect((await officer.browser.get(`/v1/accounts?${query}`)).json().code, query).toBe('invalid-field');
    }
  });
});

describe('what an account may draw is changed', () => {
  const optician = findProfession('optician')?.figures.cap.value ?? 0;
  const change = (browser: Browser, account: number, cap: number) =>
    browser.post(`/v1/accounts/${account}/allowance`, { cap, why: 'A second shop' });

  test('from its next record on, as an entry that names who did it', async () => {
    const officer = await signedInAs(server, keys, 'security-officer');
    const { account, browser } = await signedInAs(server, keys, 'professional');
    const answer = await change(officer.browser, account, optician + 5);
    expect(answer.statusCode).toBe(200);
    const [entry] = await database.owner`
      select kind, count, acted_by as by, lane || '/' || seq as place from ledger.entry
       where account = ${account} order by actor_seq desc limit 1`;
    expect(entry).toEqual({
      kind: 7,
      count: optician + 6,
      by: officer.account,
      place: answer.json().entry,
    });
    const own = (await browser.get('/v1/allowance')).json();
    expect(own.cap).toBeGreaterThanOrEqual(optician + 5);
    const page = (await officer.browser.get(`/v1/accounts/${account}`)).json();
    expect(page.deeds[0]).toMatchObject({ what: 'allowance', cap: optician + 5, why: 'A second shop' });
  });

  test('to twice its profession’s figure at most, and never by those of its house', async () => {
    const officer = await signedInAs(server, keys, 'security-officer');
    const admin = await signedInAs(server, keys, 'organisation-administrator');
    const { account } = await openAs(tools(), 'professional', admin);
    expect((await change(officer.browser, account, 2 * optician + 1)).json()).toMatchObject({
      code: 'invalid-field',
      fields: [{ field: 'cap' }],
    });
    expect((await change(officer.browser, account, 2 * optician)).statusCode).toBe(200);
    expect((await change(admin.browser, account, 1)).json().code).toBe('forbidden');
    const auditor = await openAs(tools(), 'auditor');
    expect((await change(officer.browser, auditor.account, 10)).json().code).toBe('forbidden');
  });
});

describe('one’s own lookups', () => {
  const lookup = {
    nir: '185014093245364',
    birthDate: '1985-01-21',
    careDate: '2026-11-24',
    purpose: 'TREAT',
  };

  test('are listed as they were recorded, without a word about the person', async () => {
    const { browser } = await signedInAs(server, keys, 'professional');
    const answer = await browser.post('/v1/coverage-lookups', lookup);
    const own = await browser.get('/v1/own-lookups');
    expect(own.json().lookups).toEqual([
      {
        entry: answer.headers['vigie-entry'],
        at: expect.stringMatching(/Z$/),
        outcome: 'unknown',
        purpose: 'TREAT',
        present: false,
        fields: [],
        insurers: [],
      },
    ]);
    expect(own.headers['cache-control']).toBe('no-store');
    expect(own.body).not.toContain('1850140');
    const { browser: other } = await signedInAs(server, keys, 'professional');
    expect((await other.get('/v1/own-lookups')).json().lookups).toEqual([]);
  });
});

describe('the demo’s door', () => {
  test.each([
    { environment: 'development', host: '127.0.0.1', isDemo: true, open: true },
    { environment: 'test', host: '::1', isDemo: true, open: true },
    { environment: 'development', host: '127.0.0.1', isDemo: false, open: false },
    { environment: 'development', host: '0.0.0.0', isDemo: true, open: false },
    { environment: 'development', host: '192.0.2.1', isDemo: true, open: false },
    { environment: 'production', host: '127.0.0.1', isDemo: true, open: false },
    { environment: 'production', host: '0.0.0.0', isDemo: true, open: false },
    { environment: 'production', host: '127.0.0.1', isDemo: false, open: false },
    { environment: 'production', host: '0.0.0.0', isDemo: false, open: false },
    { environment: 'development', host: '0.0.0.0', isDemo: false, open: false },
  ])('$environment, $host, demo: $isDemo → open: $open', ({ open, ...house }) => {
    expect(hasDemoDoor(house)).toBe(open);
  });

  test('is there in a demo only, and lets in whom it names', async () => {
    expect((await new Browser(server).get('/v1/demo-door')).statusCode).toBe(404);
    const other = await cloneDatabase();
    const first = await start(other.serverUrl);
    await markDemo(first.db);
    const shown = await openAs({ ...tools(), db: first.db, ledger: first.ledger }, 'security-officer');
    const hidden = await openAs({ ...tools(), db: first.db, ledger: first.ledger }, 'security-officer');
    await insertDemoAccount(first.db, shown.account);
    await first.stop();
    const demo = await start(other.serverUrl);
    const abroad = await start(other.serverUrl, { VIGIE_HOST: '0.0.0.0' });
    try {
      const browser = new Browser(demo);
      expect((await browser.get('/v1/demo-door')).json()).toEqual({
        people: [expect.objectContaining({ account: shown.account, role: 'security-officer' })],
      });
      const enter = ({ account }: { account: number }) => browser.post('/v1/demo-sessions', { account });
      expect((await enter(hidden)).statusCode).toBe(404);
      expect((await enter(shown)).statusCode).toBe(200);
      expect((await browser.get('/v1/session')).json()).toMatchObject({ account: shown.account });
      expect((await new Browser(abroad).get('/v1/demo-door')).statusCode).toBe(404);
      const refused = await new Browser(abroad).post('/v1/demo-sessions', { account: shown.account });
      expect(refused.statusCode).toBe(404);
    } finally {
      await Promise.all([demo.stop(), abroad.stop()]);
      await other.drop();
    }
  });

  test('cannot be made in a database that has accounts, nor open one that is no demo’s', async () => {
    const { account } = await openAs(tools(), 'professional');
    await expect(markDemo(server.db)).rejects.toThrow('does not become a demo');
    await expect(insertDemoAccount(server.db, account)).rejects.toThrow('foreign key');
    await expect(server.db`insert into access.demo (is_demo) values (true)`.execute()).rejects.toThrow(
      'permission denied',
    );
  });
});
