import type { Act, Cents, Situation } from './care.ts';
import { kindRules } from './care-kinds.ts';
import { ruleOn } from './rules.ts';

/** What a line keeps from later payments to the person. */
export type Kept = { readonly participation: Cents; readonly franchise: Cents };

/** What was kept already: by day (YYYY-MM-DD, with this professional) and by year (YYYY), in cents. */
export type KeptBefore = {
  readonly participation: ReadonlyMap<string, Cents>;
  readonly franchise: ReadonlyMap<string, Cents>;
};

/** Adds up what lines keep, each limited by those before it. */
export class KeptCount {
  readonly #participation: Map<string, Cents>;
  readonly #franchise: Map<string, Cents>;

  constructor(before: KeptBefore) {
    this.#participation = new Map(before.participation);
    this.#franchise = new Map(before.franchise);
  }

  /**
   * The participation or franchise of one line, never more than the mandatory scheme paid of it; none for
   * minors, maternity, C2S and AME, nor during a stay (the last: unconfirmed).
   */
  keepFrom(act: Act, situation: Situation, gross: Cents): Kept {
    const { kept } = kindRules[act.kind];
    const none = { participation: 0, franchise: 0 };
    if (kept === null || act.inHospital === true || isExempt(act.day, situation)) return none;
    const asked = Math.min(ruleOn(kept, act.day).value * act.quantity, gross);
    const year = act.day.slice(0, 4);
    if (kept !== 'participation') {
      const franchise = Math.min(asked, this.#left(this.#franchise, year, 'franchise-year', act.day));
      add(this.#franchise, year, franchise);
      return { participation: 0, franchise };
    }
    const today = this.#left(this.#participation, act.day, 'participation-day', act.day);
    const thisYear = this.#left(this.#participation, year, 'participation-year', act.day);
    const participation = Math.min(asked, today, thisYear);
    add(this.#participation, act.day, participation);
    add(this.#participation, year, participation);
    return { participation, franchise: 0 };
  }

  #left(
    counts: Map<string, Cents>,
    when: string,
    most: 'franchise-year' | 'participation-day' | 'participation-year',
    day: string,
  ) {
    return Math.max(0, ruleOn(most, day).value - (counts.get(when) ?? 0));
  }
}

function add(counts: Map<string, Cents>, when: string, cents: Cents): void {
  counts.set(when, (counts.get(when) ?? 0) + cents);
}

function isExempt(day: string, { birthDay, maternity, aid }: Situation): boolean {
  const comesOfAge = `${Number(birthDay.slice(0, 4)) + 18}${birthDay.slice(4)}`;
  return maternity || aid !== undefined || day < comesOfAge;
}
