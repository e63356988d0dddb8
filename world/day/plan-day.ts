import { Random } from '../random.ts';
import { type HonestAccount, uniform, type Visit } from './honest-account.ts';
import { lastMinute, loadOf, minuteAt, openingOf } from './hours.ts';
import { instantOf } from './paris-time.ts';

/** One lookup with its place in the day. */
export type PlannedVisit = {
  /** Which account, by its place among those of the day. */
  readonly place: number;
  /** Which person, by their place in the country. */
  readonly person: number;
  readonly present: boolean;
  readonly isNew: boolean;
  readonly minute: number;
};

/** All that happens at one instant, in the order of the accounts. */
export type Step = { readonly instantMs: number; readonly visits: readonly PlannedVisit[] };

/** A quote that is redone is looked up again after so many minutes. Assumed. */
const redoneAfter = { least: 15, most: 90 };
/** Nobody is at two counters in one minute: another minute is drawn, so often. */
const minuteAttempts = 50;
const minutesOfDay = 1440;

/** Draws the whole day of the accounts: who comes, when, and whether they show their card. */
export function planDay(
  accounts: readonly HonestAccount<number>[],
  when: { readonly seed: number; readonly day: string },
): Step[] {
  const seen = new Set<number>();
  const visits = accounts.flatMap((account, place) => {
    const opening = openingOf(account.profession.code);
    const random = new Random(when.seed, 0x6d696e, place);
    let firstMinute = 0;
    return account.workDay(loadOf(opening, when.day)).map((visit) => {
      const last = lastMinute(opening);
      firstMinute = visit.isAgain ? firstMinute : freeMinute(visit, seen, () => drawMinute(opening, random));
      const wait = visit.isAgain ? random.between(redoneAfter.least, redoneAfter.most) : 0;
      const minute = Math.min(firstMinute + wait, last);
      if (visit.present && visit.person !== null) seen.add(visit.person * minutesOfDay + minute);
      return plannedOf(visit, place, minute);
    });
  });
  return stepsOf(visits, when.day);
}

function drawMinute(opening: Parameters<typeof minuteAt>[0], random: Random): number {
  return minuteAt(opening, uniform(random));
}

function freeMinute(visit: Visit<number>, taken: ReadonlySet<number>, draw: () => number): number {
  let minute = draw();
  if (!visit.present || visit.person === null) return minute;
  for (let attempt = 0; taken.has(visit.person * minutesOfDay + minute); attempt += 1) {
    if (attempt === minuteAttempts) throw new Error('One person is asked for everywhere at once.');
    minute = draw();
  }
  return minute;
}

function plannedOf(visit: Visit<number>, place: number, minute: number): PlannedVisit {
  const { person, present, isNew } = visit;
  if (person === null) throw new Error('a planned day asks for people of the country only');
  return { place, person, present, isNew, minute };
}

// A stable sort: one account's lookups of a minute keep their order.
function stepsOf(visits: readonly PlannedVisit[], day: string): Step[] {
  const byInstant = new Map<number, PlannedVisit[]>();
  for (const visit of visits) {
    const instantMs = instantOf(day, visit.minute);
    const those = byInstant.get(instantMs) ?? [];
    those.push(visit);
    byInstant.set(instantMs, those);
  }
  return [...byInstant].sort(([a], [b]) => a - b).map(([instantMs, those]) => ({ instantMs, visits: those }));
}
