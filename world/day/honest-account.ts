import { busyDay, dayVariation, normalP99, type Profession } from '../../src/modules/rights/index.ts';
import { Random } from '../random.ts';

/** How honest accounts work. Shares left out are those written in the profession's row. */
export type Habits = {
  readonly presence?: number;
  /** Of the day's people, those the platform does not know: a wrong number, or nobody's insured. */
  readonly unknown?: number;
  /** Of the new people drawn, those for whom no claim ever follows: a quote, a check. */
  readonly claimless?: number;
};

/** One lookup of a day. Whoever plays gives people their names; null is somebody unknown to the platform. */
export type Visit<P> = {
  readonly person: P | null;
  readonly present: boolean;
  /** Whether this account never served the person before: what draws on its allowance. */
  readonly isNew: boolean;
  /** Whether the same person was looked up shortly before: a quote that is redone. */
  readonly isAgain: boolean;
  /** Whether a claim is to explain this person: new, not present, and billed on another day. */
  readonly claimed: boolean;
};

/** Served people who can come back, in days of work: far more than one day needs. */
const poolDays = 5;

/** Draws somebody of the country, whom nobody need have served before. */
export type DrawPerson<P> = (random: Random) => P;

/** How many people it takes to tell a stranger to the largest accounts from their own patients. */
const strangerAttempts = 1_000;

/** An honest account: its size, who it serves, and its own stream of chance. */
export class HonestAccount<P> {
  readonly profession: Profession;
  readonly #habits: Habits;
  readonly #random: Random;
  readonly #draw: DrawPerson<P>;
  readonly #usualPeople: number;
  readonly #served: P[] = [];
  readonly #known = new Set<P>();

  constructor(profession: Profession, habits: Habits, from: { random: Random; draw: DrawPerson<P> }) {
    this.profession = profession;
    this.#habits = habits;
    this.#random = from.random;
    this.#draw = from.draw;
    this.#usualPeople = drawSize(profession, from.random);
    const count = Math.ceil(poolDays * this.#usualPeople);
    for (let index = 0; index < count; index += 1) this.#meetStranger();
  }

  /** The people it served before, and those that its days brought. */
  get served(): readonly P[] {
    return this.#served;
  }

  /** The lookups of one day, in the order in which people come; some days bring more people than others. */
  workDay(load = 1): Visit<P>[] {
    const { lookupsPerDay, peoplePerDay } = this.profession.figures;
    const each = lookupsPerDay.value / peoplePerDay.value;
    const today = new Set<P>();
    const people = load === 0 ? 0 : drawCount(load * this.#usualPeople, this.#random);
    return Array.from({ length: people }, () => this.#visit(today)).flatMap((first) => {
      const again = wholeAround(each, this.#random) - 1;
      // A code is used once: who looks again has nobody in front of them.
      const later = { ...first, present: false, isNew: false, isAgain: true };
      return [first, ...Array.from({ length: again }, () => later)];
    });
  }

  #visit(today: Set<P>): Visit<P> {
    const { presenceShare, relationShare } = this.profession.figures;
    const random = this.#random;
    if (uniform(random) < (this.#habits.unknown ?? 0))
      return { person: null, present: false, isNew: false, isAgain: false, claimed: false };
    const present = uniform(random) < (this.#habits.presence ?? presenceShare.value);
    const known = uniform(random) < relationShare.value ? this.#comesBack(today) : undefined;
    const isNew = known === undefined;
    const person = known ?? this.#meetStranger();
    today.add(person);
    const billed = uniform(random) >= (this.#habits.claimless ?? 0);
    return { person, present, isNew, isAgain: false, claimed: isNew && !present && billed };
  }

  #comesBack(today: ReadonlySet<P>): P | undefined {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const person = this.#random.pick(this.#served);
      if (!today.has(person)) return person;
    }
    return undefined;
  }

  #meetStranger(): P {
    for (let attempt = 0; attempt < strangerAttempts; attempt += 1) {
      const person = this.#draw(this.#random);
      if (this.#known.has(person)) continue;
      this.#known.add(person);
      this.#served.push(person);
      return person;
    }
    throw new Error('Everybody is known to the largest accounts: the day needs more people.');
  }
}

/** How many accounts of each profession work, and the seed of all they do. */
export type AccountPlan<P> = {
  /** Of one profession, on an ordinary day. */
  readonly lookups: number;
  /** Accounts at least, in a profession whose accounts are of many sizes: few of them are large. */
  readonly sizes: number;
  /** This many accounts, whatever they look up. */
  readonly count?: number;
  readonly seed: number;
  readonly draw: DrawPerson<P>;
};

/** As many accounts as make so many lookups on an ordinary day; at least `sizes` if they differ in size. */
export function openHonestly<P>(
  profession: Profession,
  habits: Habits,
  plan: AccountPlan<P>,
): HonestAccount<P>[] {
  const enough = Math.ceil(plan.lookups / profession.figures.lookupsPerDay.value);
  const count = plan.count ?? (hasSizes(profession) ? Math.max(enough, plan.sizes) : enough);
  return Array.from({ length: count }, (_, index) => {
    return new HonestAccount(profession, habits, { random: new Random(plan.seed, index), draw: plan.draw });
  });
}

/**
 * People on an ordinary day of one account. A profession whose 99th percentile is its own has accounts of
 * many sizes: log-normal through that percentile, which the largest does not exceed. Elsewhere all are alike.
 */
export function drawSize(profession: Profession, random: Random): number {
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
export function drawCount(mean: number, random: Random): number {
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

/** A number from 0 up to and without 1. */
export function uniform(random: Random): number {
  return random.below(2 ** 32) / 2 ** 32;
}
