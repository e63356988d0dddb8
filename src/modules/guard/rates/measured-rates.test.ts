import { expect, test } from 'vitest';
import { chance } from '../fold/chance.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import { type HonestWork, honestDays } from '../fold/honest-days.ts';
import { LaneFold } from '../fold/lane-fold.ts';
import { ratesOf } from './measure-rates.ts';
import type { MeasuredRate } from './measured-rates.ts';
import { RateCounts } from './rate-counts.ts';

const dayUs = 86_400_000_000;
const monday = Date.UTC(2026, 2, 2) * 1000;
const work = { seed: 5, accounts: 60, days: 56, dailyLookups: 20, neverSeen: 0.18, claimed: 0.75 };
const warmDays = 28;
const slow = { timeout: 60_000 };

/** What is counted of entries, from a day of theirs on. */
function countsOf(entries: Iterable<FollowedEntry>, fromDay: number, profession = 'pharmacist'): RateCounts {
  const counts = new RateCounts(monday + fromDay * dayUs);
  const fold = new LaneFold(() => ({ profession, dailyLookups: 20 }), undefined, undefined, counts.see);
  for (const entry of entries) {
    counts.pass(entry);
    fold.fold(entry);
  }
  return counts;
}

function rateIn(counts: RateCounts, name: string, profession = 'pharmacist', left = -1): MeasuredRate {
  const accounts = [...counts.accounts()].filter((account) => account !== left);
  const found = ratesOf(counts, accounts, () => profession).find((rate) => rate.name === name);
  if (found === undefined) throw new Error(`nothing was observed of ${name}`);
  return found;
}

test('at known rates, what is measured is the rate, and its bound is above it', slow, () => {
  const counts = countsOf(honestDays(work), warmDays);
  const known = { 'never-seen': 0.18, 'not-explained': 0.25, 'unknown-people': 0.02, geography: 0.3 };
  for (const [name, truth] of Object.entries(known)) {
    const { rate, upper, accounts, leftOut } = rateIn(counts, name);
    expect([name, accounts, leftOut]).toEqual([name, 60, 0]);
    expect([name, Math.abs((rate ?? 0) - truth) < 0.012, upper > truth]).toEqual([name, true, true]);
  }
  expect(rateIn(counts, 'never-seen')).toMatchObject({ verdict: 'holds', accountsAbove: 0 });
  // Of one in a thousand, sixty accounts say nothing, however many entries they have.
  expect(rateIn(counts, 'nir-order')).toMatchObject({ rate: 0, verdict: 'too-few' });
});

test(
  'a profession that does more often what its table says is marked, whatever it was left out for',
  slow,
  () => {
    const counts = countsOf(honestDays({ ...work, neverSeen: 0.45 }), 0);
    const above = rateIn(counts, 'never-seen');
    // From the first day on they are near a challenge: some of what they did is left out.
    expect(above.leftOut).toBeGreaterThan(1_000);
    expect(above).toMatchObject({ verdict: 'above', accountsAbove: above.accounts });
    expect(Math.abs((above.rate ?? 0) - 0.45)).toBeLessThan(0.03);
    expect(above.upperAtMost).toBeGreaterThan(0.45);
    // As often is usual where half of the people are new.
    const optician = countsOf(honestDays({ ...work, neverSeen: 0.45 }), warmDays, 'optician');
    expect(rateIn(optician, 'never-seen', 'optician')).toMatchObject({ verdict: 'holds', accountsAbove: 0 });
  },
);

/** Account 1 at its usual work, then a thief in it for a day: two thousand strangers from afar. */
function* robbed(days: HonestWork, day: number): Generator<FollowedEntry> {
  const random = chance(9);
  const from = monday + day * dayUs;
  let [seq, stolen] = [0, false];
  for (const entry of honestDays(days)) {
    if (!stolen && entry.at >= from) {
      stolen = true;
      for (let person = 0; person < 2_000; person += 1)
        yield {
          ...entry,
          ...{ account: 1, by: 1, organisation: 1, session: 99, network: 7, client: 7, outcome: 1, kind: 1 },
          ...{ seq: seq++, subject: `stolen ${person}`, signals: 1 | ((1 + Math.floor(random() * 90)) << 8) },
        };
    }
    yield { ...entry, seq: seq++ };
  }
}

test(
  'a thief’s entries do not raise the rates: the first few of one account, and none once it is confirmed',
  slow,
  () => {
    const before = countsOf(honestDays(work), warmDays);
    const after = countsOf(robbed(work, 42), warmDays);
    const drawn = after.of(1, 0).events - before.of(1, 0).events;
    expect(after.of(1, 0).leftOutEvents).toBeGreaterThan(1_900);
    expect(drawn).toBeLessThan(40);
    const [clean, stolen] = [rateIn(before, 'never-seen'), rateIn(after, 'never-seen')];
    expect(Math.abs((stolen.rate ?? 1) - (clean.rate ?? 0))).toBeLessThan(0.002);
    const confirmed = rateIn(after, 'never-seen', 'pharmacist', 1);
    expect(confirmed).toEqual(rateIn(before, 'never-seen', 'pharmacist', 1));
    expect([confirmed.accounts, confirmed.leftOut]).toEqual([59, 0]);
  },
);

/** Honest days of one account whose standing changes at the beginning of some days. */
function* contained(standings: readonly Partial<FollowedEntry>[]): Generator<FollowedEntry> {
  const left = [...standings];
  for (const entry of honestDays({ ...work, accounts: 1, days: 70 })) {
    while (left[0]?.at !== undefined && left[0].at <= entry.at)
      yield { ...entry, kind: 3, subject: null, ...left.shift() };
    yield entry;
  }
}

const daysCounted: readonly { says: string; ends: Partial<FollowedEntry>; weeksLeftOut: number }[] = [
  { says: 'by its holder', ends: { by: 1, reason: 3, action: 0 }, weeksLeftOut: 5 },
  { says: 'by time', ends: { by: 0, reason: 2, action: 0 }, weeksLeftOut: 5 },
  { says: 'by a person of the operator', ends: { by: 9, reason: 1, action: 0 }, weeksLeftOut: 1 },
];
for (const { says, ends, weeksLeftOut } of daysCounted)
  test(`contained for a week and opened ${says}, weeks left out: ${weeksLeftOut}`, () => {
    const started = { at: monday + 14 * dayUs, by: 0, reason: 2, action: 2 };
    const ended = { ...ends, at: monday + 21 * dayUs };
    const all = countsOf(contained([]), 0).of(1, 0);
    const some = countsOf(contained([started, ended]), 0).of(1, 0);
    expect([all.leftOut, some.observations + some.leftOut]).toEqual([0, all.observations]);
    const weeks = (10 * some.leftOut) / all.observations;
    expect(Math.abs(weeks - weeksLeftOut)).toBeLessThan(0.6);
  });

test('whoever counts changes nothing of what the guard makes of the entries', () => {
  const entries = [...robbed({ ...work, accounts: 3, days: 20 }, 10)];
  const profile = () => ({ profession: 'pharmacist', dailyLookups: 20 });
  const counts = new RateCounts(0);
  const [alone, watched] = [
    new LaneFold(profile),
    new LaneFold(profile, undefined, undefined, counts.see),
  ] as const;
  for (const entry of entries) {
    counts.pass(entry);
    expect(watched.fold(entry)).toEqual(alone.fold(entry));
  }
  for (const account of alone.accounts()) expect(watched.stateOf(account)).toEqual(alone.stateOf(account));
  expect([...counts.accounts()].sort()).toEqual([...alone.accounts()].sort());
});
