import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { origin, signedInAs } from '../../../../tests/signing-in.ts';
import { type RunningServer, startServer } from '../../../compose.ts';
import { systemClock } from '../../../platform/clock.ts';
import { readConfig } from '../../../platform/config.ts';
import { createLog } from '../../../platform/log.ts';
import { Keys } from '../../vault/index.ts';

const keys = new Keys(Buffer.alloc(32, 7));
let database: TestDatabase;
let server: RunningServer;
let officer: Awaited<ReturnType<typeof signedInAs>>;

beforeAll(async () => {
  vi.setConfig({ testTimeout: 30_000 });
  database = await cloneDatabase();
  const ports = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test' };
  server = await startServer({
    ...{
      config: readConfig({ ...ports, VIGIE_PUBLIC_URL: origin }),
      clock: systemClock,
      databaseUrl: database.serverUrl,
      keys,
    },
    log: createLog('silent'),
  });
  officer = await signedInAs(server, keys, 'security-officer');
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const why = { why: 'Both were asked by telephone' };

/** A campaign of two stolen accounts, as the follower writes it. */
async function campaign() {
  const [one, other] = [
    await signedInAs(server, keys, 'professional'),
    await signedInAs(server, keys, 'professional'),
  ];
  const [row] = await database.owner`
    insert into guard.campaign (key, bits, opened_at) values (${`0/${one.account}`}, 17.5, ledger.now())
    returning id::text as id`;
  for (const [place, { account, organisation }] of [one, other].entries())
    await database.owner`
      insert into guard.campaign_member values (${row?.id}::text::bigint, ${account}, ${organisation},
        'optician', 3, ${place + 4}, ledger.now(), 0, ${account})`;
  await database.owner`
    insert into guard.campaign_link
    values (${row?.id}::text::bigint, ${one.account}, ${other.account}, 18, 5)`;
  return { id: String(row?.id), one, other };
}

test('a campaign tells who is in it and what links them', async () => {
  const { id, one, other } = await campaign();
  const { campaigns } = (await officer.browser.get('/v1/guard/campaigns')).json();
  expect(campaigns).toMatchObject([{ campaign: id, state: 'open', accounts: 2, people: 9, closedAt: null }]);
  const whole = (await officer.browser.get(`/v1/guard/campaigns/${id}`)).json();
  expect(whole).toMatchObject({
    members: [
      { account: one.account, standing: 'open', case: null, people: 4, profession: 'optician' },
      { account: other.account },
    ],
    links: [{ one: one.account, other: other.account, weight: 18, families: ['network', 'sign-in'] }],
    sweeps: [],
  });
  expect((await officer.browser.get('/v1/guard/campaigns/99999')).statusCode).toBe(404);
});

test('a confirmed member is suspended, its campaign is confirmed, and a sweep is asked for', async () => {
  const { id, one, other } = await campaign();
  const confirm = (accounts: number[]) =>
    officer.browser.post(`/v1/guard/campaigns/${id}/confirmation`, { accounts, ...why });
  expect((await confirm([one.account, 99_999])).statusCode).toBe(404);
  expect((await server.ledger.readAllowance(one.account))?.standing).toBe('open');
  const told = (await confirm([one.account])).json();
  expect(told).toMatchObject({
    state: 'confirmed',
    members: [
      { account: one.account, standing: 'suspended' },
      { account: other.account, standing: 'open' },
    ],
    sweeps: [{ campaign: id, endedAt: null, entries: 0, accounts: [] }],
  });
  const { sweeps } = (await officer.browser.get('/v1/guard/sweeps')).json();
  expect(sweeps).toEqual(told.sweeps);
  const of = async (file: string) =>
    (await officer.browser.get(`/v1/guard/sweeps?case=${file}`)).json().sweeps;
  expect([await of(sweeps[0].case), await of('999999')]).toEqual([sweeps, []]);
  const found = (await officer.browser.get(`/v1/guard/cases/${told.members[0].case}`)).json();
  expect(found).toMatchObject({ campaign: id, state: 'confirmed', standing: 'suspended' });
  expect((await confirm([one.account])).json().code).toBe('already-reviewed');
});

test('closed with a reason, it is judged', async () => {
  const { id } = await campaign();
  const close = () => officer.browser.post(`/v1/guard/campaigns/${id}/closing`, why);
  expect((await close()).json()).toMatchObject({ state: 'closed', closedAt: expect.any(String) });
  expect((await close()).json().code).toBe('already-reviewed');
  const [row] = await database.owner`
    select encode(reason_sealed, 'escape') as kept from guard.campaign where id = ${id}::text::bigint`;
  expect(row?.kept).not.toContain('telephone');
});

test('only security officers see campaigns', async () => {
  for (const role of ['professional', 'organisation-administrator', 'insurer-agent', 'auditor'] as const) {
    const { browser } = await signedInAs(server, keys, role);
    for (const path of ['campaigns', 'campaigns/1', 'sweeps'])
      expect([role, path, (await browser.get(`/v1/guard/${path}`)).statusCode]).toEqual([role, path, 403]);
    expect((await browser.post('/v1/guard/campaigns/1/closing', why)).statusCode).toBe(403);
  }
});
