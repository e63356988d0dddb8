const hourMs = 3_600_000;
const minuteMs = 60_000;

const parisClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/**
 * The instant, in milliseconds, of a minute of a day in Paris. A minute that the change to summer time skips
 * is the same minute an hour later; one that the change to winter time repeats is the first of the two.
 */
export function instantOf(day: string, minute: number): number {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + minute * minuteMs;
  const inSummer = asUtc - 2 * hourMs;
  return minuteOf(inSummer) === minute ? inSummer : asUtc - hourMs;
}

/** The minute of the day that clocks in Paris show at an instant. */
export function minuteOf(instantMs: number): number {
  const [hour, minute] = parisClock.format(instantMs).split(':');
  return 60 * Number(hour) + Number(minute);
}
