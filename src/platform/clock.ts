/** Where time comes from, so that tests and played days can bring their own. */
export type Clock = {
  /** Microseconds since 1970, UTC: the ledger's unit, which a Date would round. */
  now(): bigint;
  /** Milliseconds that never go back, for durations. */
  monotonic(): number;
};

/** A day of the calendar, `YYYY-MM-DD`. */
export type Day = string;

const hourMicroseconds = 3_600_000_000n;

/** The clock of this machine. */
export const systemClock: Clock = {
  // Date.now(), not performance.timeOrigin: a jump of the wall clock must show against the monotonic one.
  now: () => BigInt(Date.now()) * 1000n,
  monotonic: () => performance.now(),
};

/** The day in Paris at an instant: allowances and coverages turn at midnight there. */
export function parisDay(microseconds: bigint): Day {
  // Midnight in Paris falls on a whole UTC hour, so one formatted day serves a whole hour.
  const hour = floorDivide(microseconds, hourMicroseconds);
  if (hour !== lastHour) {
    lastDay = parisCalendar.format(new Date(Number(hour) * 3_600_000));
    lastHour = hour;
  }
  return lastDay;
}

/** Whether a text is a day that exists: 2025-02-29 is not. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text)) return false;
  const day = Number(text.slice(8));
  if (day <= 28) return true;
  // The day before the first of the next month is the last of this one.
  return day <= new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
}

const parisCalendar = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
let lastHour: bigint | undefined;
let lastDay: Day = '';

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}
