import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { professions } from '../../src/modules/rights/index.ts';
import { openKeys } from '../../src/modules/vault/index.ts';
import { isOpenAt, openingOf } from '../../world/day/hours.ts';
import { minuteOf } from '../../world/day/paris-time.ts';
import { type DayDatabase, playDay, prepareDay } from '../../world/day/play-day.ts';
import type { CountryPlan } from '../../world/day/settle-country.ts';
import { lookupsToTell, refusedAtMost } from '../../world/day/tally.ts';
import type { WorkedDay } from '../../world/day/work-day.ts';
import { cloneDatabase, type TestDatabase } from '../database.ts';

const plan: CountryPlan = { seed: 1, day: '2026-03-02', people: 8_000, lookupsEach: 1_080, sizes: 80 };
const say = () => {};

let clones: TestDatabase[] = [];
let folders: string[] = [];
let database: DayDatabase;
let worked: WorkedDay;

async function openDay(): Promise<DayDatabase> {
  const clone = await cloneDatabase();
  clones = [...clones, clone];
  const keysFolder = mkdtempSync(join(tmpdir(), 'vigie-day-'));
  chmodSync(keysFolder, 0o700);
  folders = [...folders, keysFolder];
  const { owner, serverUrl } = clone;
  return { owner, serverUrl, keysFolder, keys: await openKeys(owner, { folder: keysFolder }) };
}

beforeAll(async () => {
  database = await openDay();
  const country = await prepareDay(database, plan, say);
  worked = await playDay(database, country, { plan, habits: {}, say });
}, 480_000);
afterAll(async () => {
  for (const clone of clones) await clone.drop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test('the first working day, through the API, refuses one lookup in a thousand at most', () => {
  expect(worked.tallies.map(({ profession }) => profession)).toEqual(professions.map(({ code }) => code));
  for (const { profession, lookups, refused } of worked.tallies) {
    expect(lookups, profession).toBeGreaterThanOrEqual(lookupsToTell);
    expect(refused / lookups, `${profession}: ${refused} of ${lookups}`).toBeLessThanOrEqual(refusedAtMost);
  }
});

test('people come as their profession’s figures say: new or known, their card in hand or not', () => {
  for (const { profession, lookups, newPeople, present } of worked.tallies) {
    const figures = professions.find(({ code }) => code === profession)?.figures;
    if (figures === undefined) throw new Error(`no figures of ${profession}`);
    // Of lookups, not of people: a quote that is redone is neither of a new person nor of one who is there.
    const people = (lookups * figures.peoplePerDay.value) / figures.lookupsPerDay.value;
    const expected = people * (1 - figures.relationShare.value);
    expect(Math.abs(newPeople - expected), profession).toBeLessThan(5 * Math.sqrt(expected) + 5);
    expect(Math.abs(present / people - figures.presenceShare.value), profession).toBeLessThan(0.06);
  }
});

test('the ledger holds an entry for every lookup, of its profession, and no number is left out', async () => {
  const rows = await database.owner`
    select a.profession, count(*)::int as entries, count(*) filter (where e.present)::int as present,
           count(*) filter (where e.outcome = 2)::int as refused
      from ledger.entry e join access.account a on a.id = e.account
     where e.kind = 1 group by a.profession`;
  const held = new Map(rows.map(({ profession, ...counts }) => [profession, counts]));
  for (const { profession, lookups: entries, present, refused } of worked.tallies) {
    expect(held.get(profession), profession).toEqual({ entries, present, refused });
  }
  const [lane] = await database.owner`
    select l.size::int as size, count(*)::int as entries, count(distinct e.seq)::int as places,
           min(e.seq)::int as first, max(e.seq)::int as last
      from ledger.lane l join ledger.entry e on e.lane = l.lane group by l.lane`;
  expect(lane).toMatchObject({
    entries: lane?.size,
    places: lane?.size,
    first: 0,
    last: (lane?.size ?? 0) - 1,
  });
});

test('entries carry the day’s own time: of that day in Paris, when their profession is open', async () => {
  const rows = await database.owner`
    select a.profession, extract(epoch from e.at)::int as seconds, count(*)::int as lookups,
           (e.at at time zone 'Europe/Paris')::date::text as day,
           bool_and(e.at = date_trunc('minute', e.at)) as whole
      from ledger.entry e join access.account a on a.id = e.account
     where e.kind = 1 group by a.profession, e.at order by e.at`;
  expect([...new Set(rows.map(({ day }) => day))]).toEqual([plan.day]);
  expect(rows.every(({ whole }) => whole)).toBe(true);
  const closed = rows.filter(
    ({ profession, seconds }) => !isOpenAt(openingOf(profession), minuteOf(1000 * seconds)),
  );
  expect(closed).toEqual([]);
  const share = (profession: string, from: number, to: number) => {
    const own = rows.filter((row) => row.profession === profession);
    const within = own.filter(({ seconds }) => {
      const hour = minuteOf(1000 * seconds) / 60;
      return hour >= from && hour < to;
    });
    const sum = (some: typeof own) => some.reduce((total, { lookups }) => total + lookups, 0);
    return sum(within) / sum(own);
  };
  expect(share('laboratory', 7, 10)).toBeGreaterThan(0.6);
  expect(share('emergency-admission', 0, 8)).toBeCloseTo(1 / 3, 1);
  expect(share('general-practitioner', 12, 14)).toBeLessThan(share('general-practitioner', 10, 12) / 2);
});

test('played again from the same seed, every account does the same at the same instants', async () => {
  const small = { ...plan, accountsEach: 1, day: '2026-06-13' };
  const entries = async () => {
    const own = await openDay();
    const country = await prepareDay(own, small, say);
    const day = await playDay(own, country, { plan: small, habits: {}, say });
    const rows = await own.owner`
      select account, actor_seq::int as place, at::text as at, outcome, reason, present,
             fields::text as fields
        from ledger.entry where kind = 1 order by account, actor_seq`;
    return { tallies: day.tallies, rows: [...rows] };
  };
  const first = await entries();
  expect(first.rows.length).toBeGreaterThan(300);
  expect(await entries()).toEqual(first);
}, 120_000);
