import { instantOf } from '../day/paris-time.ts';

/** A day of the world: its number since 1970, and when it begins in Paris. */
export type WorldDay = {
  readonly iso: string;
  readonly number: number;
  /** From the first day played, 0. */
  readonly index: number;
  readonly week: number;
  readonly isAugust: boolean;
  /** Microseconds of midnight in Paris, as the clocks of noon have it. */
  readonly startsAt: number;
  /** How much more than usual everybody has to do who is busier when people are ill. */
  readonly surge: number;
};

/** When the world begins, and the weeks in which many are ill at once. */
export type Calendar = {
  readonly firstDay: string;
  readonly surges: readonly { readonly from: number; readonly days: number; readonly share: number }[];
};

/** A summer: forty days to learn from, then August, then two weeks of an epidemic that bring 40 % more. */
export const summer: Calendar = {
  firstDay: '2026-06-08',
  surges: [{ from: 84, days: 14, share: 0.4 }],
};

export const dayMicros = 86_400_000_000;
const dayMs = 86_400_000;

/** The n-th day of a calendar. */
export function dayAt(calendar: Calendar, index: number): WorldDay {
  const noon = Date.parse(`${calendar.firstDay}T12:00:00Z`) + index * dayMs;
  const iso = new Date(noon).toISOString().slice(0, 10);
  const number = Math.floor(noon / dayMs);
  const { share } = calendar.surges.find(({ from, days }) => index >= from && index < from + days) ?? {
    share: 0,
  };
  return {
    iso,
    number,
    index,
    // Weeks begin on Mondays; 5 January 1970 was one.
    week: Math.floor((number - 4) / 7),
    isAugust: iso.slice(5, 7) === '08',
    startsAt: 1000 * (instantOf(iso, 720) - 720 * 60_000),
    surge: 1 + share,
  };
}

/** Whether a day is a Saturday or a Sunday. */
export function isWeekend({ number }: WorldDay): boolean {
  return (number + 3) % 7 > 4;
}
