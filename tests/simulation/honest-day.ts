import { busyDay, dayVariation, normalP99 } from '../../src/modules/rights/figures.ts';
import type { Profession } from '../../src/modules/rights/index.ts';
import { Random } from '../../world/random.ts';

/** How honest accounts work. Shares left out are those written in the profession's row. */
export type Habits = {
  readonly presence?: number;
  /** Of the day's people, those the platform does not know: a wrong number, or nobody's insured. */
  readonly unknown?: number;
  /** Of the new people drawn, those for whom no claim ever follows: a quote, a check. */
  readonly claimless?: number;
};

/** One lookup of a day. A person without a subject is unknown to the platform. */
export type Visit = {
  readonly subject: string | null;
  readonly present: boolean;
  /** Whether a claim is to explain this person: new, not present, and billed on another day. */
  readonly claimed: boolean;
};

/** Served people who can come back, in days of work: far more than one day needs. */
const poolDays = 5;

/** An honest account: its size, who it serves, and its own stream of chance. */
export class HonestAccount {
  readonly profession: Profession;
  readonly #habits: Habits;
  readonly #random: Random;
  readonly #usualPeople: number;
  readonly #served: string[] = [];

  constructor(profession: Profession, habits: Habits, random: Random) {
    this.profession = profession;
    this.#habits = habits;
    this.#random = random;
    this.#usualPeople = drawSize(profession, random);
    const count = Math.ceil(poolDays * this.#usualPeople);
    for (let index = 0; index < count; index += 1) this.#served.push(drawSubject(random));
  }

  get served(): readonly string[] {
    return this.#served;
  }

  /** The lookups of one day, in the order in which people come. */
  workDay(): Visit[] {
    const { lookupsPerDay, peoplePerDay } = this.profession.figures;
    const each = lookupsPerDay.value / peoplePerDay.value;
    const today = new Set<string>();
    const people = drawCount(this.#usualPeople, this.#random);
    return Array.from({ length: people }, () => this.#visit(today)).flatMap((first) => {
      const again = wholeAround(each, this.#random) - 1;
      // A code is used once: who looks again has nobody in front of them.
      return [first, ...Array.from({ length: again }, () => ({ ...first, present: false }))];
    });
  }

  #visit(today: Set<string>): Visit {
    const { presenceShare, relationShare } = this.profession.figures;
    const random = this.#random;
    if (uniform(random) < (this.#habits.unknown ?? 0))
      return { subject: null, present: false, claimed: false };
    const present = uniform(random) < (this.#habits.presence ?? presenceShare.value);
    const known = uniform(random) < relationShare.value ? this.#comesBack(today) : undefined;
    const subject = known ?? drawSubject(random);
    if (known === undefined) this.#served.push(subject);
    today.add(subject);
    const billed = uniform(random) >= (this.#habits.claimless ?? 0);
    return { subject, present, claimed: known === undefined && !present && billed };
  }

  #comesBack(today: ReadonlySet<string>): string | undefined {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const subject = this.#random.pick(this.#served);
      if (!today.has(subject)) return subject;
    }
    return undefined;
  }
}

/** As many accounts as make so many lookups on an ordinary day; at least `sizes` if they differ in size. */
export function openHonestly(
  profession: Profession,
  habits: Habits,
  plan: { readonly lookups: number; readonly sizes: number; readonly seed: number },
): HonestAccount[] {
  const enough = Math.ceil(plan.lookups / profession.figures.lookupsPerDay.value);
  const count = hasSizes(profession) ? Math.max(enough, plan.sizes) : enough;
  return Array.from({ length: count }, (_, index) => {
    return new HonestAccount(profession, habits, new Random(plan.seed, index));
  });
}

/**
 * People on an ordinary day of one account. A profession whose 99th percentile is its own has accounts of
 * many sizes: log-normal through that percentile, which the largest does not exceed. Elsewhere all are alike.
 */
function drawSize(profession: Profession, random: Random): number {
  const { peoplePerDay, distinctPeoplePerDayP99: p99 } = profession.figures;
  const mean = peoplePerDay.value;
  if (!hasSizes(profession)) return mean;
  const spread = normalP99 - Math.sqrt(normalP99 ** 2 - 2 * Math.log(p99.value / mean));
  const size = mean * Math.exp(spread * normal(random) - spread ** 2 / 2);
  return Math.min(size, p99.value);
}

function hasSizes(profession: Profession): boolean {
  const { peoplePerDay, distinctPeoplePerDayP99 } = profession.figures;
  return distinctPeoplePerDayP99.value > busyDay(peoplePerDay.value).value;
}

/** A negative binomial count: a Poisson one whose mean itself varies from day to day. */
function drawCount(mean: number, random: Random): number {
  const shape = 1 / dayVariation ** 2;
  let left = (mean * gamma(shape, random)) / shape;
  let count = -1;
  while (left > 0 || count < 0) {
    left += Math.log(1 - uniform(random));
    count += 1;
  }
  return count;
}

/** Marsaglia and Tsang, 2000; for shapes of 1 and more. */
function gamma(shape: number, random: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - uniform(random)) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(random)));
  return radius * Math.cos(2 * Math.PI * uniform(random));
}

function wholeAround(value: number, random: Random): number {
  return Math.floor(value) + (uniform(random) < value % 1 ? 1 : 0);
}

function drawSubject(random: Random): string {
  const hex = Array.from({ length: 4 }, () =>
    random
      .below(2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

function uniform(random: Random): number {
  return random.below(2 ** 32) / 2 ** 32;
}
