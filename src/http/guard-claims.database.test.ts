import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ClaimBench, nirAt } from '../../tests/claiming.ts';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { readLag } from '../modules/guard/index.ts';

const people = 300;
/** No neighbours in the order of numbers: that is a sign by itself. */
const apart = 7;
const places = Array.from({ length: people }, (_none, index) => index * apart);
let database: TestDatabase;
let bench: ClaimBench;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = new ClaimBench(database);
  await bench.start(
    places.map((place) => ({ place })),
    { VIGIE_GUARD: 'on' },
  );
}, 60_000);
afterAll(async () => {
  await bench?.stop();
  await database?.drop();
});

const standingOf = async (account: number) => {
  const [row] = await database.owner`select standing from ledger.account where account = ${account}`;
  return row?.standing;
};
const caughtUp = () =>
  vi.waitFor(async () => expect(await readLag(database.server)).toMatchObject({ behind: 0 }), {
    timeout: 20_000,
    interval: 20,
  });
const visitOf = (place: number) => ({
  nir: nirAt(place),
  birthDate: '1984-05-17',
  careDate: bench.today,
  acts: [{ code: 'G', kind: 'consultation', priceCents: 3000, baseCents: 3000 }],
});

test('software that never looks anybody up sends its evening’s claims, and its house stays open', async () => {
  const desk = await bench.openDesk('general-practitioner');
  // As much as one's allowance takes in one go; the rest is sent again when some are accepted.
  const sent = await bench.post(desk, '/v1/claim-batches', { claims: places.map(visitOf) }, 'evening');
  expect(sent.statusCode).toBe(200);
  await bench.explained();
  await caughtUp();
  const [row] = await database.owner`
    select count(*)::int as asked from ledger.entry where account = ${desk.account} and kind = 1`;
  expect(row?.asked).toBeGreaterThan(100);
  expect(await standingOf(desk.account)).toBe(0);
});

test('looked up one after the other, as many people are a theft', async () => {
  const desk = await bench.openDesk('general-practitioner');
  for (const place of places.slice(0, 100)) {
    if ((await standingOf(desk.account)) > 0) break;
    const asked = { nir: nirAt(place), birthDate: '1984-05-17', careDate: bench.today, purpose: 'TREAT' };
    await bench.post(desk, '/v1/coverage-lookups', asked);
  }
  await caughtUp();
  expect(await standingOf(desk.account)).toBeGreaterThan(0);
});
