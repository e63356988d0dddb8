import { isLive } from '../../../src/modules/access/sign-in/session-limits.ts';
import type { Api } from '../api/types.d.ts';

type Page = Api['GET /v1/accounts/{account}']['answer'];

/** What would end now if the account were shut out, by the limits that the server applies. */
export function countLive({ role, sessions, software }: Page, now: number) {
  const ageOf = (instant: string) => (now - Date.parse(instant)) / 1000;
  return {
    sessions: sessions.filter(
      ({ createdAt, seenAt, endedAt }) =>
        endedAt === null && isLive(role, { idle: ageOf(seenAt), whole: ageOf(createdAt) }),
    ).length,
    software: software.filter(({ endedAt }) => endedAt === null).length,
  };
}

/** The median of lookups over the days that had any; null when none had. */
export function usualLookups(days: Page['days']): number | null {
  const counts = days.map(({ lookups }) => lookups).filter((lookups) => lookups > 0);
  return counts.sort((one, other) => one - other)[Math.floor((counts.length - 1) / 2)] ?? null;
}
