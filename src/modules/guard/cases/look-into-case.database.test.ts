import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { origin, signedInAs } from '../../../../tests/signing-in.ts';
import { type RunningServer, startServer } from '../../../compose.ts';
import { systemClock } from '../../../platform/clock.ts';
import { readConfig } from '../../../platform/config.ts';
import { createLog } from '../../../platform/log.ts';
import { signalBits, withDepartement, withHoneyMark } from '../../ledger/index.ts';
import { birthDepartements } from '../../rights/index.ts';
import { Keys } from '../../vault/index.ts';

const keys = new Keys(Buffer.alloc(32, 7));
type SignedIn = Awaited<ReturnType<typeof signedInAs>>;
let database: TestDatabase;
let server: RunningServer;
let officer: SignedIn;
let robbed: SignedIn;
let id: string;

const person = (place: number) => `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;
const from = (code: string, signals = 0) => withDepartement(signals, birthDepartements.indexOf(code) + 1);

/** Patients of the neighbourhood, then a walk through numbers of Paris that meets a honey person. */
beforeAll(async () => {
  vi.setConfig({ testTimeout: 30_000 });
  database = await cloneDatabase();
  const settings = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_GUARD: 'on' };
  server = await startServer({
    config: readConfig({ ...settings, VIGIE_PUBLIC_URL: origin }),
    ...{ clock: systemClock, databaseUrl: database.serverUrl, keys, log: createLog('silent') },
  });
  officer = await signedInAs(server, keys, 'security-officer');
  robbed = await signedInAs(server, keys, 'professional');
  const asked = { account: robbed.account, session: 5n, organisation: robbed.organisation };
  const some = {
    ...asked,
    client: 8,
    action: 1,
    purpose: 1,
    nirKey: null,
    insurers: [1],
    fields: 5n,
    reason: 2,
  };
  const patients = Array.from({ length: 25 }, (_, place) => person(place));
  await server.ledger.seedRelations(robbed.account, patients);
  for (const subject of patients)
    await server.ledger.record({ ...some, network: 9, subject, present: false, signals: from('59') });
  const walk = signalBits.sameRun | signalBits.ascending | signalBits.hasPrevious;
  for (let place = 100; place < 103; place += 1)
    await server.ledger.record({
      ...{ ...some, network: 10, subject: person(place), present: false, signals: from('75', walk) },
    });
  for (const which of [1, 2]) {
    const signals = withHoneyMark(walk, Buffer.of(which));
    await server.ledger.record({ ...some, network: 10, subject: null, present: false, signals });
  }
  await vi.waitFor(
    async () => {
      const { cases } = (await officer.browser.get('/v1/guard/cases')).json();
      expect(cases[0]).toMatchObject({ account: robbed.account, standing: 'suspended' });
      id = cases[0].id;
      // What is usual is read from the last snapshot.
      const [kept] = await database.owner`
        select p.seq = l.size - 1 as "isAll" from guard.position p join ledger.lane l using (lane)`;
      expect(kept?.isAll).toBe(true);
    },
    { timeout: 20_000, interval: 50 },
  );
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const read = async (part: string) => {
  const answer = await officer.browser.get(`/v1/guard/cases/${id}/${part}`);
  expect([part, answer.statusCode]).toEqual([part, 200]);
  for (let place = 0; place < 103; place += 1) expect(answer.body).not.toContain(person(place));
  return answer.json();
};

test('places set the new people of a case against the usual people of the account', async () => {
  const told = await read('places');
  expect(told).toMatchObject({ people: 3, unplaced: 0, usualPeople: 25, isUsualKnown: true });
  expect(told.places).toEqual([
    { departement: '59', people: 0, usual: 25, isUsual: true },
    { departement: '75', people: 3, usual: 0, isUsual: false },
  ]);
});

test('each lookup behind the evidence tells what it was, and what it added', async () => {
  const { lookups } = await read('lookups');
  const last = lookups.at(-1);
  expect(last.signs).toEqual(['honey', 'neighbour', 'rising']);
  expect(last).toMatchObject({ entry: expect.stringMatching(/^0\/\d+$/), departement: null });
  expect(last.added?.[8]).toBeGreaterThan(20);
  const stranger = lookups.at(-3);
  expect(stranger.signs).toEqual(['new', 'elsewhere', 'neighbour', 'rising', 'unexplained']);
  expect(stranger.departement).toBe('75');
});

test('the effect is told in people and sessions as they are now', async () => {
  expect(await read('effect')).toMatchObject({ people: 28, usualPeople: null, sessions: 0, software: 0 });
  const { left } = (await server.ledger.readAllowance(robbed.account)) ?? {};
  await robbed.browser.signIn(robbed.passkey);
  expect(await read('effect')).toMatchObject({ sessions: 1, newPeopleLeft: left });
  await database.owner`
    update access.session set seen_at = now() - interval '3 hours' where account = ${robbed.account}`;
  expect(await read('effect')).toMatchObject({ sessions: 0 });
});

test('the cases of one account are asked for alone', async () => {
  const asked = async (account: number) =>
    (await officer.browser.get(`/v1/guard/cases?account=${account}`)).json().cases;
  expect((await asked(robbed.account)).map((one: { id: string }) => one.id)).toEqual([id]);
  expect(await asked(officer.account)).toEqual([]);
  expect((await officer.browser.get('/v1/guard/cases?account=x')).statusCode).toBe(422);
});

test('what is usual is not read from a state that is laid out otherwise', async () => {
  await database.owner`
    update guard.account_state set state = set_byte(state, 0, 255) where account = ${robbed.account}`;
  expect(await read('places')).toMatchObject({ people: 3, usualPeople: 0, isUsualKnown: false });
});

test('a case that is not there has nothing behind it', async () => {
  for (const part of ['places', 'lookups', 'effect'])
    expect((await officer.browser.get(`/v1/guard/cases/999999/${part}`)).statusCode).toBe(404);
});
