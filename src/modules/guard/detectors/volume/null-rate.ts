import { professions } from '../../../rights/index.ts';
import { hourClasses } from '../../fold/paris-hours.ts';
import { nullRates as neverSeenRates } from '../never-seen/null-rate.ts';
import { derivedRate, nullTable } from '../null-rate.ts';

/**
 * New people for each lookup of a usual day: what an account is expected to meet before it has days of
 * its own.
 */
export const nullRates = nullTable(({ code, figures }) => {
  const place = professions.findIndex((each) => each.code === code);
  const people = figures.peoplePerDay.value / figures.lookupsPerDay.value;
  const upper = people * (neverSeenRates.upper[place] as number);
  const value = people * (neverSeenRates.rows[place]?.value ?? 1);
  return derivedRate(value, upper, 'never seen (see there) × people for each lookup, nobody counted present');
});

const roundTheClock = new Set(['emergency-admission', 'hospital-admission', '']);

/**
 * The part of a day's people that an hour brings, by kind of hour; assumed, as no hourly figures are
 * published.
 */
function partOfDay(profession: number, hourKind: number): number {
  const code = nullRates.rows[profession]?.profession ?? '';
  if (roundTheClock.has(code)) return 1 / 24;
  const hour = hourKind % 24;
  const open = hour >= 8 && hour < 19 ? 1 / 11 : 1 / 200;
  const day = Math.floor(hourKind / 24);
  // Saturdays are half a day's work; on Sundays some are on duty.
  return day === 0 ? open : open * (day === 1 ? 0.5 : 0.1);
}

/** The parts of every profession, one after another. */
export const parts: Float64Array = Float64Array.from(
  { length: nullRates.rows.length * hourClasses },
  (_, place) => partOfDay(Math.floor(place / hourClasses), place % hourClasses),
);
