import type { Day } from '../../../platform/clock.ts';

/** How long what was told holds, in days. Assumed: no norm was found; two weeks is a sane default (facts). */
export const quoteDays = 14;
/** Glasses, aids and prostheses take weeks to be made. Assumed. */
export const engagementDays = 60;

/** The day so many days later. */
export function daysAfter(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
