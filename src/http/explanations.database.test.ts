import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { origin, signedInAs } from '../../tests/signing-in.ts';
import { loadWorld } from '../../world/load-world.ts';
import { people } from '../../world/people.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { changeStanding } from '../modules/access/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const world = { seed: 5, count: 100 };
const everyone = [...people(world.seed, world.count)].filter(({ birthRank }) => birthRank === 1);
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  await loadWorld({ db: database.server, keys }, world);
  const env = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin };
  server = await startServer({
    config: readConfig(env),
    clock: systemClock,
    databaseUrl: database.serverUrl,
    keys,
    log: createLog('silent'),
  });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

type Professional = Awaited<ReturnType<typeof signedInAs>>;

const professional = () => signedInAs(server, keys, 'professional');

/** Looks somebody up in a session; the entry. */
async function draw({ browser }: Professional, place: number): Promise<string> {
  const { nir = '', birthDate = '' } = everyone[place] ?? {};
  const answer = await browser.post('/v1/coverage-lookups', {
    nir,
    birthDate: birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
    careDate: parisDay(systemClock.now()),
    purpose: 'TREAT',
  });
  expect(answer.statusCode).toBe(200);
  return String(answer.headers['vigie-entry']);
}

const explain = ({ browser }: Professional, entry: string, reason = 'home-visit') =>
  browser.post('/v1/explanations', { entry, reason });
const left = async ({ browser }: Professional) => (await browser.get('/v1/allowance')).json().left;

test('a lookup of a session names it in the ledger; explained by hand, it comes back', async () => {
  const one = await professional();
  const entry = await draw(one, 0);
  expect(await left(one)).toBe(49);
  const [lane, seq] = entry.split('/');
  const [row] = await database.owner`
    select e.session = s.session and e.network = s.network and e.client = s.client as "isTheSession"
      from ledger.entry e, access.session s
     where e.lane = ${Number(lane)} and e.seq = ${String(seq)}::text::bigint and s.account = ${one.account}`;
  expect(row).toEqual({ isTheSession: true });
  const said = (await explain(one, entry)).json();
  expect(said).toEqual({ outcome: 'explained', entry: expect.stringMatching(/^0\/\d+$/) });
  expect(await left(one)).toBe(50);
  expect((await explain(one, entry)).json()).toEqual({ outcome: 'nothing-to-explain', entry: null });
  const kept = await database.owner`
    select reason, lane || '/' || seq as entry from rights.explanation where account = ${one.account}`;
  expect([...kept]).toEqual([{ reason: 'home-visit', entry: said.entry }]);
});

test('five a week, whatever is sent at once', async () => {
  const one = await professional();
  const entries: string[] = [];
  for (let place = 0; place < 8; place += 1) entries.push(await draw(one, place));
  const said = await Promise.all([...entries, ...entries].map((entry) => explain(one, entry)));
  const outcomes = said.map((answer) => answer.json().outcome);
  expect(outcomes.filter((outcome) => outcome === 'explained')).toHaveLength(5);
  expect(outcomes).toContain('limit-reached');
  expect(await left(one)).toBe(47);
});

test('another’s lookup, a refusal, an opening and what is not there are all not there', async () => {
  const [one, other] = [await professional(), await professional()];
  const theirs = await draw(other, 1);
  const unknown = await one.browser.post('/v1/coverage-lookups', {
    nir: '2840588321025',
    birthDate: '1901-01-02',
    careDate: '2026-11-24',
    purpose: 'TREAT',
  });
  expect(unknown.statusCode).toBe(404);
  for (const entry of [theirs, String(unknown.headers['vigie-entry']), '0/1', '7/1', '0/999999999']) {
    expect((await explain(one, entry)).json().code).toBe('not-found');
  }
  expect(await left(other)).toBe(49);
});

test('a reason of one’s own, and an entry that is none, are refused', async () => {
  const one = await professional();
  for (const [entry, reason] of [
    ['0/1', 'curiosity'],
    ['0/0', 'home-visit'],
    ["0/1'--", 'home-visit'],
    ['70000/1', 'home-visit'],
  ] as const) {
    expect((await explain(one, entry, reason)).statusCode).toBe(422);
  }
});

test('a suspended account explains nothing, also when it signs in again', async () => {
  const one = await professional();
  const entry = await draw(one, 2);
  const tools = { db: server.db, keys, ledger: server.ledger };
  await changeStanding(tools, { account: one.account, standing: 'suspended', why: 'a test', by: 0 });
  await one.browser.signIn(one.passkey);
  expect((await explain(one, entry)).json().code).toBe('account-suspended');
});
