import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../src/compose.ts';
import { insertScenarios } from '../../src/modules/claims/index.ts';
import { parisDay, systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { glasses, type ReadClaim, SandboxBench } from '../../tests/sandbox.ts';
import { signedInAs } from '../../tests/signing-in.ts';
import { openDemoClock } from '../demo-clock.ts';
import { fillSandbox } from './fill-sandbox.ts';
import { sandboxPeople } from './people.ts';

let database: TestDatabase;
let bench: SandboxBench;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = new SandboxBench(database);
  await bench.start();
});
afterAll(async () => {
  await bench?.stop();
  await database?.drop();
});

const signalsOf = async (claim: string) => {
  const [row] = await database.owner`select signals from claims.claim where id = ${claim}::text::uuid`;
  return row?.signals;
};

describe('everybody of the sandbox does what is written of them', () => {
  const rejecting = sandboxPeople.filter(({ does }) => does.startsWith('rejects-'));
  test.each(rejecting)('$name: $does', async ({ does }) => {
    const read = await bench.decided(await bench.send(does));
    expect([read.state, read.rejection?.reason]).toEqual(['rejected', does.slice('rejects-'.length)]);
  });

  test.each([
    ['accepts', 0],
    ['signals-care-after-death', 1],
    ['signals-impossible-combination', 4],
    ['signals-paid-elsewhere', 8],
  ] as const)('%s: accepted, with signals %i', async (does, signals) => {
    const claim = await bench.send(does);
    expect((await bench.decided(claim)).state).toBe('accepted');
    expect(await signalsOf(claim)).toBe(signals);
  });

  test('whoever the scenario rejects is judged by the rules once the claim was corrected', async () => {
    const claim = await bench.send('rejects-prescription-missing');
    expect((await bench.decided(claim)).state).toBe('rejected');
    const corrected = await bench.send('rejects-prescription-missing', { replaces: claim });
    expect((await bench.decided(corrected)).state).toBe('accepted');
    const { prescription: _none, ...wrong } = bench.body('accepts');
    const sent = await bench.post('/v1/claims', wrong, { 'idempotency-key': 'by-rules' });
    expect((await bench.decided(sent.json().claim)).rejection?.reason).toBe('prescription-missing');
  });

  test('who needs an agreement has one by a quote and an engagement', async () => {
    const quote = (await bench.post('/v1/quotes', bench.quoted('rejects-engagement-needed'))).json();
    const { engagement } = (await bench.post(`/v1/quotes/${quote.quote}/engagement`)).json();
    const read = await bench.decided(await bench.send('rejects-engagement-needed', { engagement }));
    expect(read.state).toBe('accepted');
  });
});

describe('the clock of a demo moves the server and its ledger at once', () => {
  test('a slow insurer answers after thirty seconds, one that is away after an hour', async () => {
    const [slow, down] = [await bench.send('slow'), await bench.send('down')];
    // Looked at once before the clock moves: a look on its way would put it off from the new time.
    for (const claim of [slow, down]) await expect.poll(() => triesOf(claim)).toBeGreaterThan(0);
    expect([(await bench.read(slow)).state, (await bench.read(down)).state]).toEqual([
      'received',
      'received',
    ]);
    await moveSeconds(31);
    expect((await bench.decided(slow)).state).toBe('accepted');
    await moveSeconds(40);
    await expect.poll(() => triesOf(down)).toBeGreaterThan(1);
    expect((await bench.read(down)).state).toBe('received');
    await moveSeconds(3600);
    expect((await bench.decided(down)).state).toBe('accepted');
  });

  test('a quote is too old after two weeks, an engagement after two months', async () => {
    const quote = (await bench.post('/v1/quotes', bench.quoted('accepts'))).json();
    const other = (await bench.post('/v1/quotes', bench.quoted('accepts'))).json();
    const { engagement } = (await bench.post(`/v1/quotes/${other.quote}/engagement`)).json();
    await bench.forward(15);
    const late = await bench.post(`/v1/quotes/${quote.quote}/engagement`);
    expect([late.statusCode, late.json().code]).toEqual([409, 'cannot-be-engaged']);
    await bench.forward(46);
    const read = await bench.decided(await bench.send('accepts', { engagement }));
    expect(read.rejection?.reason).toBe('engagement-expired');
  });

  test('a yearly limit turns on 1 January, and the ledger writes on in its new time', async () => {
    const paid = ({ totals }: ReadClaim) => totals?.complementaryCents;
    const dear = [{ ...glasses[0], priceCents: 50_000 }];
    expect(paid(await bench.decided(await bench.send('limits', { acts: dear })))).toBe(30_000);
    const dearer = [{ ...glasses[0], priceCents: 50_001 }];
    expect(paid(await bench.decided(await bench.send('limits', { acts: dearer })))).toBe(0);
    const year = Number(bench.today.slice(0, 4)) + 1;
    const moved = await bench.post('/v1/sandbox/clock', { to: `${year}-01-01T00:00:00+01:00` });
    expect([moved.statusCode, bench.today]).toEqual([200, `${year}-01-01`]);
    expect(paid(await bench.decided(await bench.send('limits', { acts: dear })))).toBe(30_000);
    const [entry] = await database.owner`select max(at)::text as at from ledger.entry`;
    expect(entry?.at.startsWith(`${year - 1}-12-31`) || entry?.at.startsWith(`${year}-01-01`)).toBe(true);
  });

  test('the allowance renews with the days', async () => {
    const charged = async () => (await bench.get('/v1/allowance')).json().charged;
    bench.desk = await bench.openDesk();
    // Only an account that explains most of whom it draws has people back.
    for (const does of ['accepts', 'limits'] as const) await bench.decided(await bench.send(does));
    await bench.post('/v1/quotes', bench.quoted('slow'));
    await expect.poll(charged, { timeout: 10_000 }).toBe(1);
    await bench.forward(1);
    expect(await charged()).toBe(0);
  });

  test('it never goes back, not even by a restart or two movers; years beyond are refused', async () => {
    const now = () => Number(bench.demoClock.clock.now() / 1000n);
    const before = now();
    for (const body of [
      { to: '2026-01-01T00:00Z' },
      { to: '2026-02-31T00:00Z' },
      { to: 'tomorrow' },
      { to: '2099-01-01T00:00Z' },
      { forwardDays: -1 },
      { forwardDays: 0.5 },
      { forwardDays: 1, to: '2030-01-01T00:00Z' },
      {},
    ]) {
      const refused = await bench.post('/v1/sandbox/clock', body);
      expect([body, refused.statusCode, refused.json().code]).toEqual([body, 422, 'invalid-field']);
    }
    expect(now() - before).toBeLessThan(60_000);
    await Promise.all([bench.forward(1), bench.forward(1), bench.forward(1)]);
    const again = await openDemoClock(database.ownerUrl);
    expect(Math.abs(Number(again.clock.now() / 1000n) - now())).toBeLessThan(1000);
    expect((await bench.get('/v1/ledger-health')).statusCode).toBe(403);
    expect((await bench.post('/v1/quotes', bench.quoted('accepts'))).statusCode).toBe(201);
  });

  test('another site’s page does not move it', async () => {
    const refused = await bench.post(
      '/v1/sandbox/clock',
      { forwardDays: 1 },
      { origin: 'https://a.example' },
    );
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'other-site']);
  });
});

test('a scenario in a database that is no demo is not kept, and one that is there does nothing', async () => {
  const real = await cloneDatabase();
  const settings = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_PUBLIC_URL: 'https://vigie.example' };
  const config = readConfig({ ...settings, VIGIE_ENV: 'test' });
  const { keys } = bench;
  const subject = '00000000-0000-4000-8000-000000000000';
  await expect(insertScenarios(real.server, [{ subject, scenario: 'rejects-duplicate' }])).rejects.toThrow(
    'foreign key',
  );
  // As if somebody who owns the database had forced them in.
  await real.owner`alter table claims.scenario drop constraint scenario_is_demo_fkey`;
  await fillSandbox({ db: real.server, keys });
  const parts = { config, clock: systemClock, keys, databaseUrl: real.serverUrl };
  const server = await startServer({ ...parts, log: createLog('silent') });
  try {
    const [kept] = await real.owner`select count(*)::int as count from claims.scenario`;
    expect(kept?.count).toBeGreaterThan(10);
    const { browser } = await signedInAs(server, keys, 'professional');
    const person = sandboxPeople.find(({ does }) => does === 'rejects-duplicate');
    const prescription = { rpps: '10101010101', day: '2026-01-02' };
    const careDate = parisDay(systemClock.now());
    const asked = { nir: person?.nir, birthDate: person?.birthDate, careDate, acts: glasses, prescription };
    const headers = { origin: 'https://vigie.example', 'idempotency-key': 'real-1' };
    const sent = await browser.post('/v1/claims', asked, headers);
    expect(sent.statusCode).toBe(201);
    const read = async () => (await browser.get(`/v1/claims/${sent.json().claim}`)).json().state;
    await expect.poll(read, { timeout: 20_000 }).toBe('accepted');
    for (const path of ['/v1/sandbox', '/v1/sandbox/calls', '/v1/sandbox/calls/1', '/sandbox']) {
      expect([path, (await browser.get(path)).statusCode]).toEqual([path, 404]);
    }
    expect((await browser.post('/v1/sandbox/clock', { forwardDays: 1 })).statusCode).toBe(404);
  } finally {
    await server.stop();
    await real.drop();
  }
});

async function triesOf(claim: string): Promise<number> {
  const [row] = await database.owner`select tries from claims.waiting where claim = ${claim}::text::uuid`;
  return row?.tries;
}

async function moveSeconds(seconds: number): Promise<void> {
  await bench.demoClock.moveTo(Number(bench.demoClock.clock.now() / 1000n) + seconds * 1000);
}
