import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLedger, type Ledger } from '../../src/modules/ledger/index.ts';
import { professions } from '../../src/modules/rights/index.ts';
import { cloneDatabase, type TestDatabase } from '../database.ts';
import { playDays } from '../played-days.ts';
import { openAccounts, overall, workOneDay } from './play-work.ts';

let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await cloneDatabase();
  const days = await playDays(database.owner, '2026-03-02', 2);
  ledger = createLedger(database.server, { lanes: 1, clock: days.clock });
});
afterAll(async () => {
  await ledger.close();
  await database.drop();
});

test('an honest first working day: one lookup in a thousand is refused at most', async () => {
  const workers = await openAccounts(ledger, {}, { lookupsEach: 1_800, sizes: 400, seed: 1 });
  const day = await workOneDay(ledger, workers);
  const all = overall(day);
  expect(all.lookups).toBeGreaterThanOrEqual(20_000);
  expect(all.refused / all.lookups).toBeLessThanOrEqual(0.001);
  expect([...day.keys()]).toEqual(professions.map(({ code }) => code));
  for (const [code, { lookups, refused }] of day) {
    // Below a thousand lookups, one in a thousand could not be seen.
    expect(lookups, code).toBeGreaterThanOrEqual(1_000);
    expect(refused / lookups, `${code}: ${refused} of ${lookups} refused`).toBeLessThanOrEqual(0.001);
  }
}, 120_000);

test('without an opening balance the first day of the large professions would refuse', async () => {
  const workers = await openAccounts(
    ledger,
    { presence: 0 },
    { lookupsEach: 1_000, sizes: 50, seed: 2, opening: false },
  );
  const day = await workOneDay(ledger, workers);
  expect(day.get('emergency-admission')?.refused).toBeGreaterThan(0);
  expect(day.get('dentist')?.refused).toBe(0);
}, 120_000);
