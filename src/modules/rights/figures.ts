/** Where a figure comes from: published, chosen by us until real data settles it, or computed from others. */
export type Mark = 'sourced' | 'assumed' | 'derived';

/** A number that limits people, with its reason beside it. */
export type Figure = { readonly value: number; readonly mark: Mark; readonly because: string };

/** What is known, or assumed, of one account's day in a profession. Shares are between 0 and 1. */
export type Volumes = {
  /** Distinct people a day, on an ordinary day. */
  readonly people: Figure;
  /** Looks at the service for one person: a quote that is redone counts again. */
  readonly lookupsPerPerson: Figure;
  /** Of the day's people, those this account never served. */
  readonly neverSeen: Figure;
  /** Of the day's people, those who prove their presence with their card's code. */
  readonly presence: Figure;
  /** Given when the profession has its own; else computed from `people`. */
  readonly distinctPeoplePerDayP99?: Figure;
};

/** Everything an allowance is opened with, and the figures it comes from. */
export type Figures = {
  readonly peoplePerDay: Figure;
  readonly lookupsPerDay: Figure;
  readonly presenceShare: Figure;
  readonly relationShare: Figure;
  readonly distinctPeoplePerDayP99: Figure;
  readonly cap: Figure;
  readonly renewalPerDay: Figure;
  readonly usualNewPeoplePerDay: Figure;
  readonly peoplePerDayMax: Figure;
  readonly openingBalance: Figure;
};

const capToStartFrom = 40;
/** How much the mean of a day varies from day to day, as a share of it. */
export const dayVariation = 0.3;
/** The 99th percentile of the normal law. */
export const normalP99 = 2.326;
const smallestUsual = 2;
const openingDays = 5;

/** A figure read in a publication. */
export function sourced(value: number, because: string): Figure {
  return { value, mark: 'sourced', because };
}

/** A figure we chose; it is to be replaced by what real days show. */
export function assumed(value: number, because: string): Figure {
  return { value, mark: 'assumed', because };
}

/** A figure that follows from others. */
export function derived(value: number, because: string): Figure {
  return { value, mark: 'derived', because };
}

/** Completes a profession's volumes with what follows from them. */
export function completeFigures(volumes: Volumes): Figures {
  const { people, lookupsPerPerson, neverSeen, presence } = volumes;
  const each = `${lookupsPerPerson.value} (${lookupsPerPerson.mark}: ${lookupsPerPerson.because})`;
  const p99 = volumes.distinctPeoplePerDayP99 ?? busyDay(people.value);
  return {
    peoplePerDay: people,
    lookupsPerDay: derived(round(people.value * lookupsPerPerson.value), `${people.value} people × ${each}`),
    presenceShare: presence,
    relationShare: {
      value: round(1 - neverSeen.value),
      mark: neverSeen.mark,
      because: `1 − ${neverSeen.value} never seen: ${neverSeen.because}`,
    },
    distinctPeoplePerDayP99: p99,
    cap: assumed(capToStartFrom, 'starting value for every profession: a balance, so it never leaks'),
    renewalPerDay: derived(capToStartFrom / 10, 'a tenth of the cap'),
    usualNewPeoplePerDay: usualNewPeople(people.value, neverSeen.value),
    peoplePerDayMax: derived(3 * p99.value, `3 × ${p99.value}, the 99th percentile of the profession`),
    openingBalance: openingBalance(people.value, p99.value, presence.value),
  };
}

/** The figures as an allowance is opened with them: plain numbers. */
export function allowanceFigures(figures: Figures): {
  readonly cap: number;
  readonly renewalPerDay: number;
  readonly usualNewPeoplePerDay: number;
  readonly peoplePerDayMax: number;
  readonly openingBalance: number;
} {
  return {
    cap: figures.cap.value,
    renewalPerDay: figures.renewalPerDay.value,
    usualNewPeoplePerDay: figures.usualNewPeoplePerDay.value,
    peoplePerDayMax: figures.peoplePerDayMax.value,
    openingBalance: figures.openingBalance.value,
  };
}

/** The 99th percentile of the people of a day, for accounts that are all of one size. */
export function busyDay(mean: number): Figure {
  // A count whose mean itself varies from day to day: the variance of a negative binomial law.
  const deviation = Math.sqrt(mean + (dayVariation * mean) ** 2);
  return derived(
    Math.ceil(mean + normalP99 * deviation),
    `negative binomial, mean ${mean}, day-to-day variation ${dayVariation} (assumed), normal tail`,
  );
}

/** Accounts of one profession differ in size: one busy day of a large one can exceed five ordinary ones. */
function openingBalance(people: number, busiest: number, presence: number): Figure {
  const days = `${openingDays} days of ${people} people`;
  const most = Math.max(openingDays * people, busiest);
  const given = most > openingDays * people ? `${busiest} people, a busy day (more than ${days})` : days;
  return derived(
    Math.ceil(round(most * (1 - presence))),
    `${given}, all new, less those present: then claims come back`,
  );
}

function usualNewPeople(people: number, neverSeen: number): Figure {
  const product = Math.floor(round(people * neverSeen));
  return derived(
    Math.max(smallestUsual, product),
    `${people} people × ${neverSeen} never seen, whole people, at least ${smallestUsual}`,
  );
}

// 150 × 0.2 is not exactly 30 in binary: a whole person must not be lost to that.
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
