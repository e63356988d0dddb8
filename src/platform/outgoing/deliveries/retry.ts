const minute = 60;
const hour = 60 * minute;

/** The waits that Standard Webhooks 1.0.0 gives as an example: ten tries in three days. */
const waitSeconds = [
  5,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** The event that tries an endpoint: it is about nothing, and goes before what waits. */
export const testType = 'endpoint.test';

/** How long to wait after so many failed tries; null to give up. A test is tried once: its outcome tells. */
export function waitAfter(tries: number, type: string): number | null {
  return type === testType ? null : (waitSeconds[tries - 1] ?? null);
}
