import type { Api } from '../api/types.d.ts';

export type Profession = Api['GET /v1/guard/board']['answer']['professions'][number];
type Count = Exclude<keyof Profession['steps'][number], 'standing' | 'promisedAccountDays'>;

/** All professions as one: what is allowed adds up, for each promise counts account-days of its own. */
export function allOf(professions: readonly Profession[]): Omit<Profession, 'profession'> {
  const sum = (of: (one: Profession) => number) => professions.reduce((so, one) => so + of(one), 0);
  return {
    accountDays: sum(({ accountDays }) => accountDays),
    lookups: sum(({ lookups }) => lookups),
    // Each profession has the same steps, in the same order.
    steps: (professions[0]?.steps ?? []).map((step, place) => {
      const all = (count: Count) => sum(({ steps }) => steps[place]?.[count] ?? 0);
      return {
        ...step,
        ...{ allowed: all('allowed'), cases: all('cases'), open: all('open'), answered: all('answered') },
        ...{ undone: all('undone'), confirmed: all('confirmed'), expired: all('expired') },
        ...{ falseAlarms: all('falseAlarms'), shadow: all('shadow') },
      };
    }),
  };
}

type Step = Profession['steps'][number];

/** Whether a promise is kept; of less than one false alarm promised, one proves nothing. */
export function verdictOf(step: Pick<Step, 'allowed' | 'falseAlarms'>): 'kept' | 'broken' | 'tooEarly' {
  if (step.falseAlarms > Math.max(1, step.allowed)) return 'broken';
  return step.allowed < 1 ? 'tooEarly' : 'kept';
}
