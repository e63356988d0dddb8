/** How a version stands on a day. */
export type PlanState = 'current' | 'future' | 'past' | 'replaced';

type Version = {
  readonly from: string;
  readonly publishedAt: string;
  readonly findings: number | null;
  readonly isReplaced: boolean;
};

/** A version with the days of care it holds for; no last day for the newest. */
export type Period = Version & { readonly until: string | null; readonly state: PlanState };

/**
 * Which days of care each version holds for: until the day before the next one. The newest first, as they
 * come.
 */
export function periodsOf(versions: readonly Version[], today: string): readonly Period[] {
  const holding = versions.filter(({ isReplaced }) => !isReplaced);
  return versions.map((version) => {
    const next = holding.findLast(({ from }) => from > version.from);
    const until = next === undefined ? null : dayBefore(next.from);
    return { ...version, until, state: stateOf(version, until, today) };
  });
}

function stateOf({ from, isReplaced }: Version, until: string | null, today: string): PlanState {
  if (isReplaced) return 'replaced';
  if (from > today) return 'future';
  return until !== null && until < today ? 'past' : 'current';
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The day in Paris: plans turn at midnight there. */
export function parisToday(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date());
}
