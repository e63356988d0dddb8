/**
 * Hours as people in France live them. The rule of summer time is the European one (last Sundays of March and
 * October, 01:00 UTC); French entries before 1996 do not exist here.
 */
const hourMs = 3_600_000;
const summer = { year: -1, from: 0, to: 0 };

/** Hours since 1970 on a clock in Paris. */
export function parisHour(at: number): number {
  const ms = Math.floor(at / 1000);
  const year = new Date(ms).getUTCFullYear();
  if (year !== summer.year) {
    summer.year = year;
    summer.from = lastSunday(year, 2);
    summer.to = lastSunday(year, 9);
  }
  return Math.floor(ms / hourMs) + (ms >= summer.from && ms < summer.to ? 2 : 1);
}

/** How many kinds of hour there are: 24 of a working day, of a Saturday, of a Sunday. */
export const hourClasses = 72;

/** The kind of an hour. Public holidays are not known: they look like quiet working days. */
export function hourClass(hour: number): number {
  // 1 January 1970 was a Thursday.
  const weekday = (Math.floor(hour / 24) + 4) % 7;
  return (weekday === 0 ? 48 : weekday === 6 ? 24 : 0) + (hour % 24);
}

/** The number of a week that begins on a Monday. */
export function weekOf(hour: number): number {
  return Math.floor((Math.floor(hour / 24) + 3) / 7);
}

function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  return last.getTime() - last.getUTCDay() * 24 * hourMs;
}
