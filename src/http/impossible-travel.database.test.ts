import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { somewhere, writePlacesFile } from '../../tests/places-file.ts';
import { Browser, origin, signedInAs } from '../../tests/signing-in.ts';
import type { SoftwarePasskey } from '../../tests/software-passkey.ts';
import { identitiesOf, loadWorld } from '../../world/load-world.ts';
import { people } from '../../world/people.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { forgetPlaces } from '../modules/access/index.ts';
import { detectors } from '../modules/guard/detectors/detectors.ts';
import { LaneFold } from '../modules/guard/fold/lane-fold.ts';
import { readEntriesAfter, signalBits } from '../modules/ledger/index.ts';
import { Keys } from '../modules/vault/index.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const everyone = [...people(5, 60)].filter(({ birthRank }) => birthRank === 1);
const signIn = detectors.findIndex(({ name }) => name === 'sign-in');
// The same software everywhere: what is told is told of the place alone.
const paris = { address: '192.0.2.10' };
const reunion = { address: '198.51.100.10' };
const nowhere = { address: '203.0.113.9' };
const folder = mkdtempSync(join(tmpdir(), 'vigie-places-'));
const file = writePlacesFile(join(folder, 'places.mmdb'), somewhere);
let database: TestDatabase;
let server: RunningServer;

const started = (settings: Record<string, string>) =>
  startServer({
    config: readConfig({
      ...{ VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin },
      ...settings,
    }),
    ...{ clock: systemClock, databaseUrl: database.serverUrl, keys, log: createLog('silent') },
  });

beforeAll(async () => {
  database = await cloneDatabase();
  await loadWorld({ db: database.server, keys }, { seed: 5, count: 60 });
  server = await started({ VIGIE_PLACES_FILE: file });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true });
});

async function signedInFrom(from: { address: string }, passkey: SoftwarePasskey, at = server) {
  const browser = new Browser(at, from);
  expect((await browser.signIn(passkey)).statusCode).toBe(200);
  return browser;
}

/** Asks for one person; what the ledger says of all the account's lookups, and the detector's bits. */
async function ask(account: number, browser: Browser, place: number) {
  const person = everyone[place] as (typeof everyone)[number];
  const birthDate = person.birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const nir = identitiesOf(person)[0]?.nir13 ?? '';
  const body = { nir, birthDate, careDate: parisDay(systemClock.now()), purpose: 'TREAT' };
  expect((await browser.post('/v1/coverage-lookups', body)).statusCode).toBe(200);
  const entries = await readEntriesAfter(server.db, { lane: 0, seq: -1, most: 10_000 });
  const own = entries.filter((each) => each.account === account);
  const fold = new LaneFold(() => ({ profession: 'optician', dailyLookups: 10 }));
  const bits = own.map((entry) => fold.fold(entry)?.own[signIn] ?? 0).at(-1) ?? 0;
  const { impossibleTravel } = signalBits;
  const lookups = own.filter(({ kind }) => kind === 1);
  return { impossible: lookups.map(({ signals }) => (signals & impossibleTravel) !== 0), bits };
}

/** Lets time pass: what the account's sessions did was so long ago. */
const pass = (account: number, minutes: number) => database.owner`
  update access.session set created_at = created_at - make_interval(mins => ${minutes}),
      seen_at = seen_at - make_interval(mins => ${minutes}) where account = ${account}`;

const kept = async (account: number) => {
  const rows = await database.owner`
    select latitude, longitude, is_impossible as impossible from access.session
     where account = ${account} order by session`;
  return rows.map(({ latitude, longitude, impossible }) => [latitude, longitude, impossible]);
};

test('in Paris, and a minute later in Réunion, is evidence at the first lookup, and once', async () => {
  const { account, browser, passkey } = await signedInAs(server, keys, 'professional');
  expect(await ask(account, browser, 0)).toEqual({ impossible: [false], bits: 0 });
  const far = await signedInFrom(reunion, passkey);
  const first = await ask(account, far, 1);
  expect(first.impossible).toEqual([false, true]);
  expect(first.bits).toBeGreaterThan(1);
  expect(await ask(account, far, 2)).toEqual({ impossible: [false, true, true], bits: first.bits });
  expect(await kept(account)).toEqual([
    [49, 2, false],
    [-21, 55, true],
  ]);
});

test('who signs in twice before the first lookup is told of all the same, and counts once', async () => {
  const { account, browser, passkey } = await signedInAs(server, keys, 'professional');
  await ask(account, browser, 6);
  await signedInFrom(reunion, passkey);
  const first = await ask(account, await signedInFrom(reunion, passkey), 7);
  expect(first.impossible).toEqual([false, true]);
  expect(first.bits).toBeGreaterThan(1);
  const again = await ask(account, await signedInFrom(reunion, passkey), 8);
  expect(again.impossible).toEqual([false, true, true]);
  // The account's own network by now: one usual session brings evidence down.
  expect(again.bits).toBeLessThan(first.bits);
});

test('the holder who goes on in Paris meanwhile is not told of, the far one is again', async () => {
  const { account, passkey } = await signedInAs(server, keys, 'professional');
  await signedInFrom(reunion, passkey);
  await signedInFrom(paris, passkey);
  await signedInFrom(reunion, passkey);
  expect((await kept(account)).map(([, , impossible]) => impossible)).toEqual([false, true, false, true]);
});

test('a session that ended counts, by when it was last in use', async () => {
  const { account, browser, passkey } = await signedInAs(server, keys, 'professional');
  await browser.post('/v1/session/end');
  // As an address of IPv4 arrives at a socket of IPv6.
  await signedInFrom({ address: `::ffff:${reunion.address}` }, passkey);
  expect((await kept(account)).at(-1)).toEqual([-21, 55, true]);
});

test('two at the same moment with one key are told of, whichever came first', async () => {
  const { account, passkey } = await signedInAs(server, keys, 'professional');
  await pass(account, 21 * 60);
  // A passkey that is kept in a cloud counts nothing: both may sign in.
  const together = [paris, reunion].map(async (from) => {
    const browser = new Browser(server, from);
    const options = (await browser.post('/v1/sign-in-options', {})).json();
    return browser.post('/v1/sessions', passkey.get(options, { counter: 0 }));
  });
  expect((await Promise.all(together)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  const told = (await kept(account)).slice(1).map(([, , impossible]) => impossible);
  expect(told.sort()).toEqual([false, true]);
});

test('twelve hours later it is the flight, and no evidence', async () => {
  const { account, browser, passkey } = await signedInAs(server, keys, 'professional');
  await ask(account, browser, 3);
  await pass(account, 12 * 60);
  const there = await ask(account, await signedInFrom(reunion, passkey), 4);
  expect(there).toEqual({ impossible: [false, false], bits: 0 });
  expect((await kept(account)).at(-1)).toEqual([-21, 55, false]);
});

test('where nothing is known of an address, nothing is said, in either direction', async () => {
  const { account, passkey } = await signedInAs(server, keys, 'professional');
  const unknown = await signedInFrom(nowhere, passkey);
  expect(await ask(account, unknown, 5)).toEqual({ impossible: [false], bits: 0 });
  await pass(account, 21 * 60);
  await signedInFrom(nowhere, passkey);
  await signedInFrom(reunion, passkey);
  expect(await kept(account)).toEqual([
    [49, 2, false],
    [null, null, false],
    [null, null, false],
    [-21, 55, false],
  ]);
});

test('another account’s places are its own', async () => {
  const { passkey } = await signedInAs(server, keys, 'professional');
  const other = await signedInAs(server, keys, 'professional');
  await pass(other.account, 21 * 60);
  await signedInFrom(paris, passkey);
  await signedInFrom(reunion, other.passkey);
  expect((await kept(other.account)).at(-1)).toEqual([-21, 55, false]);
});

test('one that cannot be is asked for its passkey again after half an hour, the others are not', async () => {
  const { account, browser, passkey } = await signedInAs(server, keys, 'professional');
  const far = await signedInFrom(reunion, passkey);
  expect((await far.get('/v1/session')).statusCode).toBe(200);
  await pass(account, 31);
  expect((await far.get('/v1/session')).json().code).toBe('passkey-needed');
  // Shown there, it is one journey still: told, and never asked again.
  await far.signIn(passkey);
  await pass(account, 31);
  expect((await far.get('/v1/session')).statusCode).toBe(200);
  expect((await browser.get('/v1/session')).statusCode).toBe(200);
  expect((await kept(account)).map(([, , impossible]) => impossible)).toEqual([false, true, true]);
});

test('places are forgotten when they tell nothing more; what was told of them stays', async () => {
  const { account, passkey } = await signedInAs(server, keys, 'professional');
  await signedInFrom(reunion, passkey);
  await pass(account, 19 * 60);
  await forgetPlaces(server.db);
  expect(await kept(account)).toEqual([
    [49, 2, false],
    [-21, 55, true],
  ]);
  await pass(account, 2 * 60);
  await forgetPlaces(server.db);
  expect(await kept(account)).toEqual([
    [null, null, false],
    [null, null, true],
  ]);
});

test('without the file nothing of it is kept; one that is broken stops the start, by name', async () => {
  const plain = await started({});
  try {
    const { account, passkey } = await signedInAs(plain, keys, 'professional');
    await signedInFrom(reunion, passkey, plain);
    expect(await kept(account)).toEqual([
      [null, null, false],
      [null, null, false],
    ]);
  } finally {
    await plain.stop();
  }
  const absent = join(folder, 'absent.mmdb');
  await expect(started({ VIGIE_PLACES_FILE: absent })).rejects.toThrow(
    `VIGIE_PLACES_FILE: ${absent} cannot be read (ENOENT)`,
  );
});
