import { expect, test } from 'vitest';
import { professions } from '../../src/modules/rights/index.ts';
import { loadOf, minuteAt, openingOf } from './hours.ts';
import { instantOf, minuteOf } from './paris-time.ts';
import { planDay, type Step } from './plan-day.ts';
import { type CountryPlan, staffOf } from './settle-country.ts';

const monday = '2026-03-02';
const plan: CountryPlan = { seed: 5, day: monday, people: 5_000, lookupsEach: 300, sizes: 20 };

function played(over: Partial<CountryPlan>, habits = {}): Step[] {
  const its = { ...plan, ...over };
  return planDay(staffOf(its, habits), its);
}

function visitsOf(steps: readonly Step[]) {
  return steps.flatMap(({ instantMs, visits }) => visits.map((visit) => ({ ...visit, instantMs })));
}

test('the same seed is the same day, and another seed another one', () => {
  expect(played({})).toEqual(played({}));
  expect(played({ seed: 6 })).not.toEqual(played({}));
});

test('whoever shows their card changes neither who comes nor to whom', () => {
  const who = (steps: readonly Step[]) =>
    visitsOf(steps)
      .map(({ place, person, isNew }) => `${place} ${person} ${isNew}`)
      .sort();
  expect(who(played({}, { presence: 0 }))).toEqual(who(played({}, { presence: 1 })));
  expect(visitsOf(played({}, { presence: 0 })).some(({ present }) => present)).toBe(false);
});

test('nobody shows their card at two places in one minute', () => {
  const shown = visitsOf(played({ people: 4_000 }, { presence: 1 })).filter(({ present }) => present);
  const places = new Set(shown.map(({ person, instantMs }) => `${person} ${instantMs}`));
  expect(shown.length).toBeGreaterThan(3_000);
  expect(places.size).toBe(shown.length);
});

test('instants follow one another, within the day of Paris', () => {
  const instants = played({}).map(({ instantMs }) => instantMs);
  expect(instants).toEqual([...new Set(instants)].sort((a, b) => a - b));
  expect(instants[0]).toBeGreaterThanOrEqual(Date.parse('2026-03-01T23:00:00Z'));
  expect(instants.at(-1)).toBeLessThan(Date.parse('2026-03-02T23:00:00Z'));
});

test('a Monday brings more people than a Tuesday; on a Sunday most are closed', () => {
  const lookups = (day: string) => visitsOf(played({ day, lookupsEach: 1_500 })).length;
  expect(lookups(monday) / lookups('2026-03-03')).toBeCloseTo(1.1 / 0.98, 1);
  const open = professions.filter(({ code }) => loadOf(openingOf(code), '2026-03-08') > 0);
  expect(open.map(({ code }) => code)).toEqual([
    'nurse',
    'hospital-admission',
    'emergency-admission',
    'medical-transport',
  ]);
});

test('a laboratory is busy early, an emergency desk at any hour, a practice not at lunch', () => {
  const share = (profession: string, from: number, to: number) => {
    const minutes = Array.from({ length: 1_000 }, (_, place) =>
      minuteAt(openingOf(profession), (place + 0.5) / 1_000),
    );
    return minutes.filter((minute) => minute >= 60 * from && minute < 60 * to).length / 1_000;
  };
  expect(share('laboratory', 7, 10)).toBeGreaterThan(0.6);
  expect(share('emergency-admission', 0, 6)).toBeCloseTo(0.25, 2);
  expect(share('general-practitioner', 8, 19)).toBe(1);
  expect(share('general-practitioner', 12, 14)).toBeLessThan(share('general-practitioner', 10, 12) / 2);
});

test('a minute of a day is an instant, also when the clocks change', () => {
  const at = (day: string, minute: number) => new Date(instantOf(day, minute)).toISOString();
  expect(at(monday, 0)).toBe('2026-03-01T23:00:00.000Z');
  expect(at('2026-07-01', 8 * 60)).toBe('2026-07-01T06:00:00.000Z');
  // 2:30 does not exist in the night to summer time, and comes twice in the night to winter time.
  expect(at('2026-03-29', 150)).toBe('2026-03-29T01:30:00.000Z');
  expect(at('2026-03-29', 180)).toBe('2026-03-29T01:00:00.000Z');
  expect(at('2026-10-25', 150)).toBe('2026-10-25T00:30:00.000Z');
  expect(at('2026-10-25', 180)).toBe('2026-10-25T02:00:00.000Z');
  expect(minuteOf(instantOf('2026-10-25', 600))).toBe(600);
});
