import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { cutEveryList } from '../../../tests/guard-crowd.ts';
import { openAs, origin, signedInAs } from '../../../tests/signing-in.ts';
import { type RunningServer, startServer } from '../../compose.ts';
import { systemClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { createLog } from '../../platform/log.ts';
import { signalBits, withHoneyMark } from '../ledger/signals.ts';
import { Keys } from '../vault/index.ts';

const keys = new Keys(Buffer.alloc(32, 7));
let database: TestDatabase;
let server: RunningServer;
type SignedIn = Awaited<ReturnType<typeof signedInAs>>;
let officer: SignedIn;

beforeAll(async () => {
  vi.setConfig({ testTimeout: 30_000 });
  database = await cloneDatabase();
  const ports = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_GUARD: 'on' };
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

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const subject = '00000000-0000-4000-8000-0000000000aa';
const body = (answer: { json(): Record<string, unknown> }) => answer.json();

/** A professional whose account asked for a person who does not exist: the server itself suspends it. */
async function contained() {
  const one = await signedInAs(server, keys, 'professional');
  const asked = { account: one.account, session: 5n, organisation: one.organisation, client: 8, network: 9 };
  const some = { action: 1, purpose: 1, nirKey: null, insurers: [1], fields: 5n, reason: 2, present: false };
  await server.ledger.record({ ...asked, ...some, subject, signals: 0 });
  for (const which of [1, 2]) {
    const signals = withHoneyMark(signalBits.sameRun, Buffer.of(which));
    await server.ledger.record({ ...asked, ...some, subject: null, signals });
  }
  await until(async () =>
    expect((await server.ledger.readAllowance(one.account))?.standing).toBe('suspended'),
  );
  const { cases } = (await officer.browser.get('/v1/guard/cases')).json();
  const found = cases.find((each: { account: number }) => each.account === one.account);
  return { ...one, id: String(found.id) };
}
const why = { why: 'Told by telephone, and recognised' };

test('a running server suspends a stolen account; its case tells why and names nobody', async () => {
  const one = await contained();
  const answer = await officer.browser.get(`/v1/guard/cases/${one.id}`);
  expect(answer.statusCode).toBe(200);
  const told = body(answer);
  expect(told).toMatchObject({
    ...{ account: one.account, profession: 'optician', state: 'open', standing: 'suspended', isHoney: true },
    ...{ expiresAt: null, peopleBefore: 1, peopleSince: 0, isShadow: false },
  });
  expect(told.steps).toMatchObject([
    { what: 'contained', from: 'open', to: 'restricted', by: 0, why: '' },
    { what: 'contained', from: 'restricted', to: 'suspended', by: 0, why: '' },
  ]);
  expect(told.points).toMatchObject([{ entry: expect.stringMatching(/^0\/\d+$/) }]);
  expect(answer.body).not.toContain(subject);
  expect(answer.body).not.toMatch(/Dupré/);
  // Its sessions were ended; whoever signs in again reads what is the matter.
  expect((await one.browser.get('/v1/own-containment')).statusCode).toBe(401);
  await one.browser.signIn(one.passkey);
  expect(body(await one.browser.get('/v1/own-containment'))).toEqual({
    ...{ standing: 'suspended', expiresAt: null },
    past: [{ openedAt: told.openedAt, closedAt: null, state: 'open', standing: 'suspended' }],
  });
});

test('undone by an officer whose passkey was used just now, the professional works again', async () => {
  const one = await contained();
  const undo = () => officer.browser.post(`/v1/guard/cases/${one.id}/undo`, why);
  await database.owner`
    update access.session set created_at = now() - interval '10 minutes' where account = ${officer.account}`;
  expect(body(await undo()).code).toBe('passkey-needed');
  await officer.browser.signIn(officer.passkey);
  expect(body(await undo())).toEqual({ account: one.account, isChanged: true });
  expect(body(await undo()).code).toBe('already-reviewed');
  expect((await server.ledger.readAllowance(one.account))?.standing).toBe('open');
  await one.browser.signIn(one.passkey);
  expect(body(await one.browser.get('/v1/own-containment'))).toMatchObject({
    ...{ standing: 'open', expiresAt: null },
    past: [{ closedAt: expect.any(String), state: 'undone', standing: 'suspended' }],
  });
  // The evidence that was judged is spent: the next lookup contains nobody.
  const asked = { account: one.account, session: 5n, organisation: one.organisation, client: 8, network: 9 };
  const some = { action: 1, purpose: 1, nirKey: null, insurers: [1], fields: 5n, reason: 2, present: false };
  await server.ledger.record({ ...asked, ...some, subject, signals: 0 });
  await until(async () => {
    const { lag } = (await officer.browser.get('/v1/guard/settings')).json();
    expect(lag.behind).toBe(0);
  });
  expect((await server.ledger.readAllowance(one.account))?.standing).toBe('open');
});

test('the board tells what was promised and what happened', async () => {
  const one = await contained();
  expect(body(await officer.browser.post(`/v1/guard/cases/${one.id}/confirm`, why)).isChanged).toBe(false);
  await until(async () => {
    const { professions } = (await officer.browser.get('/v1/guard/board?days=90')).json();
    const [optician] = professions;
    expect(optician).toMatchObject({ profession: 'optician' });
    expect(optician.accountDays).toBeGreaterThanOrEqual(3);
    expect(optician.steps[2]).toMatchObject({
      ...{ standing: 'suspended', promisedAccountDays: 100_000, cases: 3, open: 1, undone: 1, confirmed: 1 },
      falseAlarms: 1,
    });
  });
});

test('what is over and nobody confirmed counts as a false alarm, and auditors read it', async () => {
  const falseAlarms = async (browser: typeof officer.browser) => {
    const { professions } = (await browser.get('/v1/guard/board')).json();
    return professions[0].steps.map((step: { falseAlarms: number }) => step.falseAlarms);
  };
  const [row] = await database.owner`select max(id)::text as id from guard.case_file`;
  const endAs = (state: string, level: number) =>
    database.owner`
      insert into guard.case_file (account, organisation, profession, is_shadow, level, bits, is_honey,
        opened_at, state, closed_at, closed_by)
      select account, organisation, profession, false, ${level}::int, bits, false, opened_at, ${state},
          now(), 0
        from guard.case_file where id = ${row?.id}::text::bigint`;
  const before = await falseAlarms(officer.browser);
  await endAs('answered', 1);
  await endAs('expired', 2);
  const auditor = await signedInAs(server, keys, 'auditor');
  expect(await falseAlarms(auditor.browser)).toEqual([before[0] + 2, before[1] + 1, before[2]]);
});

test('shadow mode is set with a reason; a detector that is not there is not', async () => {
  const set = (some: Record<string, unknown>) =>
    officer.browser.post('/v1/guard/settings', { isShadow: false, shadowDetectors: [], ...why, ...some });
  expect(body(await set({ shadowDetectors: [99] })).code).toBe('not-found');
  const told = body(await set({ shadowDetectors: [8] })) as {
    detectors: { number: number; isShadow: boolean }[];
  };
  expect(told.detectors.filter(({ isShadow }) => isShadow).map(({ number }) => number)).toEqual([8]);
  expect(told).toMatchObject({ isShadow: false, setBy: officer.account, accountDays: { suspend: 100_000 } });
  expect((await set({ shadowDetectors: [] })).statusCode).toBe(200);
});

test('only security officers see the guard; a professional sees what concerns them alone', async () => {
  for (const role of ['professional', 'organisation-administrator', 'insurer-agent', 'auditor'] as const) {
    const { browser } = await signedInAs(server, keys, role);
    const behind = ['cases/1/places', 'cases/1/lookups', 'cases/1/effect'];
    for (const path of ['cases', 'cases/1', ...behind, 'settings']) {
      expect([role, path, (await browser.get(`/v1/guard/${path}`)).statusCode]).toEqual([role, path, 403]);
    }
    expect((await browser.post('/v1/guard/cases/1/undo', why)).statusCode).toBe(403);
    const readsBoard = role === 'organisation-administrator' || role === 'auditor';
    expect([role, (await browser.get('/v1/guard/board')).statusCode]).toEqual([role, readsBoard ? 200 : 403]);
  }
  expect((await officer.browser.get('/v1/guard/cases/999999')).statusCode).toBe(404);
});

test('of a crowd the strictest are listed, with how many there are, and what ended beside them', async () => {
  const undone = await contained();
  await officer.browser.signIn(officer.passkey);
  await officer.browser.post(`/v1/guard/cases/${undone.id}/undo`, why);
  const before = (await officer.browser.get('/v1/guard/cases')).json().counts;
  const tools = { db: server.db, keys, ledger: server.ledger };
  const { organisation } = await openAs(tools, 'professional');
  const crowd: number[] = [];
  for (let each = 0; each < 201; each += 1)
    crowd.push((await openAs(tools, 'professional', { organisation })).account);
  const some = { session: 5n, organisation, client: 8, network: 9, action: 1, purpose: 1, nirKey: null };
  const signals = withHoneyMark(signalBits.sameRun, Buffer.of(1));
  const none = { insurers: [1], fields: 5n, reason: 2, present: false, subject: null, signals };
  await Promise.all(crowd.map((account) => server.ledger.record({ account, ...some, ...none })));
  const read = async () => (await officer.browser.get('/v1/guard/cases')).json();
  await until(async () => expect((await read()).counts.open).toBe(before.open + crowd.length));
  const last = await contained();
  const { cases, counts, next } = await read();
  type Listed = { id: string; state: string; standing: string };
  const open = cases.filter(({ state }: Listed) => state === 'open');
  expect([open.length, counts.open, counts.watching]).toEqual([200, before.open + 202, 0]);
  expect(open.map(({ id }: Listed) => id)).toContain(last.id);
  const standings = open.map(({ standing }: Listed) => standing);
  expect(standings).toEqual([...standings].sort().reverse());
  const ended = cases.filter(({ state }: Listed) => state !== 'open').map(({ id }: Listed) => id);
  expect([ended.includes(undone.id), ended.length]).toEqual([true, counts.ended]);
  const more = (await officer.browser.get(`/v1/guard/cases?after=${next.open}`)).json();
  expect(more).toMatchObject({ counts, next: { open: null, watching: null, ended: null } });
  const ids = [...open, ...more.cases].map(({ id }: Listed) => id);
  expect([new Set(ids).size, more.cases.length]).toEqual([counts.open, counts.open - 200]);
  for (const wrong of [
    '',
    '12',
    'open_2_17.25',
    'open_9_17.25_12',
    `${next.open}1;`,
    'a%00',
    '0'.repeat(2000),
  ]) {
    const answer = await officer.browser.get(`/v1/guard/cases?after=${wrong}`);
    const said = { code: 'invalid-field', fields: [{ field: 'after' }] };
    expect([wrong, answer.statusCode, answer.json()]).toMatchObject([wrong, 422, said]);
  }
  const own = (await officer.browser.get(`/v1/guard/cases?account=${undone.account}`)).json();
  expect(own).toMatchObject({ cases: [{ id: undone.id }], counts: { open: 0, watching: 0, ended: 1 } });
});

test('of campaigns, sweeps, whom they found and blocked networks it is told how many there are', async () => {
  const read = async (path: string) => (await officer.browser.get(`/v1/guard/${path}`)).json();
  const { count: before } = await read('sweeps');
  await cutEveryList(database.owner);
  const { campaigns, count } = await read('campaigns');
  expect([campaigns.length, count]).toEqual([200, 203]);
  const { sweeps, count: all } = await read('sweeps');
  const [{ case: newest, found, people, accounts }] = sweeps;
  expect([sweeps.length, all, accounts.length, found, people]).toEqual([50, before + 53, 1000, 1004, 2008]);
  const ofCase = await read(`sweeps?case=${newest}`);
  expect([ofCase.sweeps.length, ofCase.count]).toEqual([1, 1]);
  const { networks, count: blocks } = await read('networks');
  expect([networks.length, blocks]).toEqual([1000, 1003]);
  // Every sweep began with an account of this campaign, and there are more than one page of it has.
  const [{ campaign }] = campaigns;
  const whole = await read(`campaigns/${campaign}`);
  expect([whole.sweeps.length, whole.sweepCount]).toEqual([50, 53]);
});

test('what the guard keeps names nobody', async () => {
  const rows = await database.owner`
    select coalesce(string_agg(c::text, ' '), '') as kept from (
      select to_jsonb(t) as c from guard.case_file t union all select to_jsonb(t) from guard.case_step t
      union all select to_jsonb(t) from guard.evidence t union all select to_jsonb(t) from guard.setting t
      union all select to_jsonb(t) from guard.account_state t
      union all select to_jsonb(t) from guard.position t) all_rows`;
  const kept = String(rows[0]?.kept);
  expect(kept.length).toBeGreaterThan(500);
  const hex = Buffer.from('recognised').toString('hex');
  for (const secret of [subject, subject.replaceAll('-', ''), 'recognised', hex, 'Dupré']) {
    expect([secret, kept.includes(secret)]).toEqual([secret, false]);
  }
});
