import type { FollowedEntry } from '../../src/modules/guard/index.ts';

/** A number that a limit is set on: how much of something an account does, after each of its lookups. */
export type Meter = (entry: FollowedEntry) => number;

const lookup = 1;
const minuteMicros = 60_000_000;

/** Requests of an account within a sliding time, as limits of requests count them. */
export function requestsWithin(micros: number): Meter {
  const held = new Map<number, { times: number[]; first: number }>();
  return ({ account, at }) => {
    const of = held.get(account) ?? { times: [], first: 0 };
    held.set(account, of);
    of.times.push(at);
    while ((of.times[of.first] ?? at) <= at - micros) of.first += 1;
    if (of.first > 256 && 2 * of.first > of.times.length) {
      of.times.splice(0, of.first);
      of.first = 0;
    }
    return of.times.length - of.first;
  };
}

/** Different people in a bucket that leaks one in so many minutes, as CrowdSec's `distinct` counts them. */
export function peopleInBucket(leakMinutesOf: (account: number) => number): Meter {
  const held = new Map<number, { level: number; at: number; people: Set<string> }>();
  return ({ account, at, subject, present }) => {
    const of = held.get(account) ?? { level: 0, at, people: new Set<string>() };
    held.set(account, of);
    of.level = Math.max(0, of.level - (at - of.at) / minuteMicros / leakMinutesOf(account));
    of.at = at;
    if (of.level === 0) of.people.clear();
    // Who shows a card is there: a bucket written with care does not count them.
    if (present || subject === null || of.people.has(subject)) return of.level;
    of.people.add(subject);
    of.level += 1;
    return of.level;
  };
}

/** The highest that each account's meter stood on each day, by profession. */
export class Maxima {
  readonly #today = new Map<number, number>();
  readonly #days = new Map<string, number[]>();
  readonly #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  see(entry: FollowedEntry): void {
    if (entry.kind !== lookup) return;
    const level = this.#meter(entry);
    if (level > (this.#today.get(entry.account) ?? 0)) this.#today.set(entry.account, level);
  }

  /** Ends a day; kept or, while the meters fill, not. */
  endDay(professionOf: (account: number) => string, isKept: boolean): void {
    for (const [account, level] of this.#today) {
      const code = professionOf(account);
      const days = this.#days.get(code) ?? [];
      if (isKept) days.push(level);
      this.#days.set(code, days);
    }
    this.#today.clear();
  }

  /** For each profession the limit that so large a share of its account-days exceeds, or one of them. */
  limitsFor(share: number): ReadonlyMap<string, number> {
    return new Map(
      [...this.#days].map(([code, levels]) => {
        const sorted = Float64Array.from(levels).sort().reverse();
        const wrong = Math.max(1, Math.round(share * sorted.length));
        return [code, sorted[wrong] ?? sorted.at(-1) ?? 0];
      }),
    );
  }

  /** Of all account-days, how many stand above the limits. */
  wrongAt(limits: (profession: string) => number): number {
    let wrong = 0;
    for (const [code, levels] of this.#days) wrong += levels.filter((level) => level > limits(code)).length;
    return wrong;
  }
}
