import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { freePort } from '../../tests/free-port.ts';
import { signFor } from '../../tests/practice-software.ts';
import { openAs, signedInAs } from '../../tests/signing-in.ts';
import { identitiesOf, loadWorld } from '../../world/load-world.ts';
import { type DemoPerson, people } from '../../world/people.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { readEntriesAfter } from '../modules/ledger/index.ts';
import { chooseHoney, NumberList, placeHoney } from '../modules/rights/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const careDate = parisDay(systemClock.now());
const everyone = [...people(5, 200)].filter(({ birthRank }) => birthRank === 1);
const honey = honeyOf(everyone);
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  await loadWorld({ db: database.server, keys }, { seed: 5, count: 200 });
  await placeHoney({ db: database.server, keys }, [...honey, numberOf(everyone[9])]);
  const origin = 'https://vigie.example';
  server = await startServer({
    config: readConfig({
      ...{
        VIGIE_PORT: String(await freePort()),
        VIGIE_METRICS_PORT: '0',
        VIGIE_GUARD: 'off',
        VIGIE_ENV: 'test',
      },
      VIGIE_PUBLIC_URL: origin,
    }),
    ...{ clock: systemClock, databaseUrl: database.serverUrl, keys, log: createLog('silent') },
  });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

function numberOf(person: DemoPerson | undefined): string {
  return person === undefined ? '' : (identitiesOf(person)[0]?.nir13 ?? '');
}

function honeyOf(all: readonly DemoPerson[]): readonly string[] {
  const numbers = new NumberList();
  for (const person of all) numbers.add(numberOf(person));
  return chooseHoney(numbers.sorted(), { most: 1_000 }).numbers;
}

function bodyFor(person: DemoPerson | undefined) {
  const birthDate = person?.birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  return { nir: numberOf(person), birthDate, careDate, purpose: 'TREAT' };
}

async function signalsOf(account: number): Promise<number[]> {
  const entries = await readEntriesAfter(server.db, { lane: 0, seq: -1, most: 10_000 });
  return entries
    .filter((each) => each.account === account && each.kind === 1)
    .map(({ signals }) => signals & 0xff);
}

test('a honey person is answered as anybody unknown, and the entry alone tells them apart', async () => {
  const { account, browser } = await signedInAs(server, keys, 'professional');
  const ask = (nir: string) =>
    browser.post('/v1/coverage-lookups', { nir, birthDate: '1984-05-02', careDate, purpose: 'TREAT' });
  const unknown = await ask('2840588321025');
  const met = await ask(honey[0] ?? '');
  const said = ({ body }: typeof met) => ({ ...JSON.parse(body), requestId: '' });
  expect([met.statusCode, said(met)]).toEqual([404, said(unknown)]);
  expect(Object.keys(met.headers).sort()).toEqual(Object.keys(unknown.headers).sort());
  const [first = 0, second = 0] = await signalsOf(account);
  expect([first & 16, second & 16]).toEqual([0, 16]);
});

test('somebody who is found is no honey person, whatever was placed', async () => {
  const { account, browser } = await signedInAs(server, keys, 'professional');
  expect((await browser.post('/v1/coverage-lookups', bodyFor(everyone[9]))).statusCode).toBe(200);
  expect((await browser.post('/v1/coverage-lookups', bodyFor(everyone[9]))).statusCode).toBe(200);
  expect(await signalsOf(account)).toEqual([1, 0]);
});

test('a walk through numbers of nobody is noticed as one through people’s would be', async () => {
  const { account, browser } = await signedInAs(server, keys, 'professional');
  const walk = ['2840588321025', '2840588321026', '2840588321024'];
  for (const nir of walk)
    await browser.post('/v1/coverage-lookups', {
      ...{ nir, birthDate: '1984-05-02', careDate, purpose: 'TREAT' },
    });
  expect(await signalsOf(account)).toEqual([0, 2 | 4 | 8, 2 | 8]);
});

test('a challenged account is asked for its passkey, and goes on where it was', async () => {
  const { account, browser, passkey } = await signedInAs(server, keys, 'professional');
  const ask = () => browser.post('/v1/coverage-lookups', bodyFor(everyone[11]));
  await server.ledger.setStanding({ account, standing: 'challenged', by: 0, reason: 'guard' });
  const refused = await ask();
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'account-challenged']);
  expect(refused.headers['vigie-entry']).toMatch(/^0\/\d+$/);
  expect((await browser.signIn(passkey)).statusCode).toBe(200);
  expect((await ask()).statusCode).toBe(200);
  const entries = await readEntriesAfter(server.db, { lane: 0, seq: -1, most: 10_000 });
  const steps = entries.filter((each) => each.account === account && each.kind === 3);
  expect(steps.map(({ by, action, reason }) => [by, action, reason])).toEqual([
    [0, 1, 2],
    [account, 0, 3],
  ]);
});

test('no passkey opens an account that is restricted or suspended', async () => {
  const { account, browser, passkey } = await signedInAs(server, keys, 'professional');
  for (const standing of ['restricted', 'suspended'] as const) {
    await server.ledger.setStanding({ account, standing, by: 0, reason: 'guard' });
    await browser.signIn(passkey);
    expect((await server.ledger.readAllowance(account))?.standing).toBe(standing);
  }
});

test('software has no passkey: a challenge restricts it, and no token opens it', async () => {
  const tools = { db: server.db, keys, ledger: server.ledger };
  const { account } = await openAs(tools, 'professional');
  await server.ledger.setStanding({ account, standing: 'challenged', by: 0, reason: 'guard' });
  const sign = await signFor(server, keys, account);
  const headers = await sign('POST', '/v1/coverage-lookups');
  const answer = await server.app.inject({
    ...{ method: 'POST', url: '/v1/coverage-lookups', payload: JSON.stringify(bodyFor(everyone[12])) },
    headers: { ...headers, 'content-type': 'application/json' },
  });
  expect([answer.statusCode, answer.json().code]).toEqual([403, 'account-restricted']);
  expect((await server.ledger.readAllowance(account))?.standing).toBe('challenged');
});
