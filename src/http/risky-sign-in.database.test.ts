import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { Browser, origin, signedInAs } from '../../tests/signing-in.ts';
import type { SoftwarePasskey } from '../../tests/software-passkey.ts';
import { identitiesOf, loadWorld } from '../../world/load-world.ts';
import { people } from '../../world/people.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { detectors } from '../modules/guard/detectors/detectors.ts';
import { LaneFold } from '../modules/guard/fold/lane-fold.ts';
import { readLag } from '../modules/guard/index.ts';
import { readEntriesAfter, signalBits } from '../modules/ledger/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const everyone = [...people(5, 60)].filter(({ birthRank }) => birthRank === 1);
const signIn = detectors.findIndex(({ name }) => name === 'sign-in');
const telephone = { address: '203.0.113.9', agent: 'Telephone' };
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  await loadWorld({ db: database.server, keys }, { seed: 5, count: 60 });
  const env = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin };
  server = await startServer({
    config: readConfig({ ...env, VIGIE_GUARD: 'on' }),
    ...{ clock: systemClock, databaseUrl: database.serverUrl, keys, log: createLog('silent') },
  });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** Somebody who signed in from their desk so often, and looked nobody up. */
async function signedInOften(times: number) {
  const holder = await signedInAs(server, keys, 'professional');
  for (let time = 1; time < times; time += 1) await holder.browser.signIn(holder.passkey);
  return holder;
}

async function signedInFromTelephone(passkey: SoftwarePasskey): Promise<Browser> {
  const browser = new Browser(server, telephone);
  await browser.signIn(passkey);
  return browser;
}

/** Asks for people, and tells what came of it. */
async function ask(browser: Browser, from: number, count = 1): Promise<number[]> {
  const statuses: number[] = [];
  for (const person of everyone.slice(from, from + count)) {
    const birthDate = person.birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
    const nir = identitiesOf(person)[0]?.nir13 ?? '';
    const careDate = parisDay(systemClock.now());
    const body = { nir, birthDate, careDate, purpose: 'TREAT' };
    statuses.push((await browser.post('/v1/coverage-lookups', body)).statusCode);
  }
  return statuses;
}

/** What the ledger says of the account's lookups, and what the fold makes of its sign-ins, in bits. */
async function seenOf(account: number) {
  const entries = await readEntriesAfter(server.db, { lane: 0, seq: -1, most: 10_000 });
  const own = entries.filter((each) => each.account === account);
  const fold = new LaneFold(() => ({ profession: 'optician', dailyLookups: 10 }));
  const bits = own.map((entry) => fold.fold(entry)?.own[signIn] ?? 0);
  const lookups = own.filter(({ kind }) => kind === 1);
  return { risky: lookups.map(({ signals }) => (signals & signalBits.riskySignIn) !== 0), bits: bits.at(-1) };
}

const standingOf = async (account: number) => {
  await vi.waitFor(async () => expect(await readLag(database.server)).toMatchObject({ behind: 0 }), {
    timeout: 20_000,
    interval: 20,
  });
  return (await server.ledger.readAllowance(account))?.standing;
};

test('a sign-in unlike twenty before it is evidence at its first lookup, and once', async () => {
  const { account, passkey } = await signedInOften(20);
  const browser = await signedInFromTelephone(passkey);
  expect(await ask(browser, 0)).toEqual([200]);
  const first = await seenOf(account);
  expect(first.risky).toEqual([true]);
  expect(first.bits).toBeGreaterThan(1);
  await ask(browser, 1, 3);
  expect(await seenOf(account)).toEqual({ risky: [true, true, true, true], bits: first.bits });
});

test('signed in twice before a lookup, it is evidence all the same; the next day it is usual', async () => {
  const { account, passkey } = await signedInOften(20);
  await signedInFromTelephone(passkey);
  await ask(await signedInFromTelephone(passkey), 0);
  const first = await seenOf(account);
  expect(first.risky).toEqual([true]);
  expect(first.bits).toBeGreaterThan(1);
  await database.owner`
    update access.session set created_at = created_at - interval '25 hours' where account = ${account}`;
  await ask(await signedInFromTelephone(passkey), 1);
  expect((await seenOf(account)).risky).toEqual([true, false]);
});

test('the usual desk, and a telephone after three sign-ins, are none', async () => {
  const usual = await signedInOften(20);
  await ask(usual.browser, 0, 2);
  expect(await seenOf(usual.account)).toEqual({ risky: [false, false], bits: 0 });
  const newcomer = await signedInOften(3);
  await ask(await signedInFromTelephone(newcomer.passkey), 0);
  expect(await seenOf(newcomer.account)).toEqual({ risky: [false], bits: 0 });
});

test('nobody is challenged for a new telephone, and a usual morning with it', async () => {
  const { account, browser, passkey } = await signedInOften(20);
  await ask(browser, 0, 5);
  const statuses = await ask(await signedInFromTelephone(passkey), 5, 5);
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  const { risky, bits } = await seenOf(account);
  expect([risky.lastIndexOf(false), risky.lastIndexOf(true)]).toEqual([4, 9]);
  expect(bits).toBeGreaterThan(1);
  expect(await standingOf(account)).toBe('open');
});
