import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { origin, signedInAs } from '../../tests/signing-in.ts';
import { loadWorld } from '../../world/load-world.ts';
import { people } from '../../world/people.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { Keys } from '../modules/vault/index.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const world = { seed: 5, count: 100 };
const everyone = [...people(world.seed, world.count)].filter(({ birthRank }) => birthRank === 1);
const log: string[] = [];
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
    log: createLog('warn', { write: (line) => void log.push(line) }),
  });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

type Somebody = Awaited<ReturnType<typeof signedInAs>>;
type Waiting = { entry: string; account: number; kind: string; reason: string; claimFollowed: boolean };

/** A professional with nothing left to draw. */
async function spentProfessional(): Promise<Somebody> {
  const one = await signedInAs(server, keys, 'professional');
  await database.owner`update ledger.account set cap = 0, opening = 0 where account = ${one.account}`;
  return one;
}

function lookUp({ browser }: Somebody, place: number, some: Record<string, unknown> = {}) {
  const { nir = '', birthDate = '' } = everyone[place] ?? {};
  return browser.post('/v1/coverage-lookups', {
    nir,
    birthDate: birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
    careDate: parisDay(systemClock.now()),
    purpose: 'TREAT',
    ...some,
  });
}

const emergency = { emergency: 'unconscious-person' };
const waitingOf = async ({ browser }: Somebody, account: number): Promise<Waiting[]> =>
  (await browser.get('/v1/reviews')).json().reviews.filter((one: Waiting) => one.account === account);
const judge = ({ browser }: Somebody, entry: string, why: string) =>
  browser.post(`/v1/reviews/${entry}`, { why });
const allowance = async ({ browser }: Somebody) => (await browser.get('/v1/allowance')).json();

test('beyond the allowance an emergency is told, and waits for review at once', async () => {
  const [one, officer] = [await spentProfessional(), await signedInAs(server, keys, 'security-officer')];
  expect((await lookUp(one, 0)).json().code).toBe('allowance-spent');
  const answer = await lookUp(one, 0, emergency);
  expect([answer.statusCode, answer.json().breakGlass]).toEqual([200, true]);
  const entry = String(answer.headers['vigie-entry']).replace('/', '-');
  const waiting = await waitingOf(officer, one.account);
  const at = expect.stringMatching(/Z$/);
  const told = { account: one.account, kind: 'break-glass', reason: 'unconscious-person' };
  expect(waiting).toEqual([{ entry, ...told, at, claimFollowed: false }]);
  const warned = log.filter((line) => line.includes('waits for review')).join();
  expect(warned).toContain(`"account":${one.account}`);
  const { nir = '', birthDate = '' } = everyone[0] ?? {};
  const [{ subject = '' } = {}] = await database.owner`
    select subject::text as subject from ledger.entry
     where account = ${one.account} and kind = 1 and outcome = 1`;
  for (const secret of [nir.replaceAll(' ', ''), birthDate, subject]) {
    expect(warned).not.toContain(secret);
    expect(JSON.stringify(waiting)).not.toContain(secret);
  }
});

test('not accepted, the person weighs again: an entry, and the week keeps its use', async () => {
  const [one, officer] = [await spentProfessional(), await signedInAs(server, keys, 'security-officer')];
  await lookUp(one, 1, emergency);
  const [{ entry } = { entry: '' }] = await waitingOf(officer, one.account);
  expect(await allowance(one)).toMatchObject({ charged: 0, reasonsLeftThisWeek: 4 });
  const said = (await judge(officer, entry, 'not-an-emergency')).json();
  expect(said).toEqual({ takenBack: expect.stringMatching(/^0\/\d+$/), isCharged: true });
  expect(await allowance(one)).toMatchObject({ charged: 1, reasonsLeftThisWeek: 4 });
  const [lane, seq] = said.takenBack.split('/');
  const [written] = await database.owner`
    select kind, action, reason, account, acted_by from ledger.entry
     where lane = ${Number(lane)} and seq = ${String(seq)}::text::bigint`;
  const taken = { kind: 2, action: 5, reason: 4, account: one.account, acted_by: officer.account };
  expect(written).toEqual(taken);
  expect(await waitingOf(officer, one.account)).toEqual([]);
});

test('accepted, nothing changes and nothing waits any more', async () => {
  const [one, officer] = [await spentProfessional(), await signedInAs(server, keys, 'security-officer')];
  await lookUp(one, 2, emergency);
  const [{ entry } = { entry: '' }] = await waitingOf(officer, one.account);
  const said = (await judge(officer, entry, 'confirmed-by-holder')).json();
  expect(said).toEqual({ takenBack: null, isCharged: false });
  expect(await allowance(one)).toMatchObject({ charged: 0, reasonsLeftThisWeek: 4 });
  expect(await waitingOf(officer, one.account)).toEqual([]);
});

test('officers at once: one verdict stands, and the others leave no entry', async () => {
  const one = await spentProfessional();
  const officers = await Promise.all(
    Array.from({ length: 4 }, () => signedInAs(server, keys, 'security-officer')),
  );
  await lookUp(one, 3, emergency);
  const [officer] = officers;
  if (officer === undefined) throw new Error('no officer');
  const [{ entry } = { entry: '' }] = await waitingOf(officer, one.account);
  const said = await Promise.all(officers.map((each) => judge(each, entry, 'denied-by-holder')));
  expect(said.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409, 409, 409]);
  expect(await allowance(one)).toMatchObject({ charged: 1 });
  const [{ entries } = {}] = await database.owner`
    select count(*)::int as entries from ledger.entry where account = ${one.account} and action = 5`;
  expect(entries).toBe(1);
  const [lane] = await database.owner`
    select count(*)::int = max(seq) + 1 as whole from ledger.entry where lane = 0`;
  expect(lane).toEqual({ whole: true });
});

test('a reason by hand waits only when drawn; a claim that followed leaves nothing to charge', async () => {
  const [one, officer] = [
    await signedInAs(server, keys, 'professional'),
    await signedInAs(server, keys, 'security-officer'),
  ];
  const drawn = await lookUp(one, 4);
  const entry = String(drawn.headers['vigie-entry']);
  await one.browser.post('/v1/explanations', { entry, reason: 'home-visit' });
  await database.owner`update rights.explanation set to_review = false where account = ${one.account}`;
  expect(await waitingOf(officer, one.account)).toEqual([]);
  await database.owner`update rights.explanation set to_review = true where account = ${one.account}`;
  const [first] = await waitingOf(officer, one.account);
  expect(first).toMatchObject({ kind: 'reason', reason: 'home-visit', claimFollowed: false });
  const [{ subject = '' } = {}] = await database.owner`
    select subject::text as subject from ledger.pair where account = ${one.account}`;
  const claim = { account: one.account, subject, by: 0, claim: 'a0000000-0000-4000-8000-000000000001' };
  await server.ledger.explain({ ...claim, how: 'claim' });
  expect((await waitingOf(officer, one.account))[0]?.claimFollowed).toBe(true);
  const said = (await judge(officer, first?.entry ?? '', 'repeated-use')).json();
  expect(said).toEqual({ takenBack: expect.stringMatching(/^0\/\d+$/), isCharged: false });
  expect(await allowance(one)).toMatchObject({ charged: 0 });
});

test('what is used up, not on the list, or a reason of one’s own is refused', async () => {
  const [one, officer] = [await spentProfessional(), await signedInAs(server, keys, 'security-officer')];
  expect((await lookUp(one, 5, { emergency: 'curiosity' })).statusCode).toBe(422);
  const said = await Promise.all([5, 6, 7, 8, 9, 10, 11].map((place) => lookUp(one, place, emergency)));
  expect(said.filter(({ statusCode }) => statusCode === 200)).toHaveLength(5);
  const refused = said.filter(({ statusCode }) => statusCode === 429);
  expect(refused.map((answer) => answer.json().code)).toEqual(['break-glass-spent', 'break-glass-spent']);
  expect(refused[0]?.headers['vigie-entry']).toMatch(/^0\/\d+$/);
  for (const [entry, why, status] of [
    ['0-1', 'plausible', 404],
    ['0-99999999', 'plausible', 404],
    ['0-x', 'plausible', 404],
    ['0-1', 'because', 422],
  ] as const) {
    expect((await judge(officer, entry, why)).statusCode, `${entry} ${why}`).toBe(status);
  }
  expect((await judge(one, '0-1', 'plausible')).json().code).toBe('forbidden');
});
