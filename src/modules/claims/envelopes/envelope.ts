import type { Day } from '../../../platform/clock.ts';
import type { PayingContract } from '../care/contracts-of-terms.ts';
import type { Cents, Shares } from '../guarantees/care.ts';
import { type Count, counterOf } from '../guarantees/complementary.ts';
import { addMonths, formOn, type Guarantee, type Limit } from '../guarantees/contract.ts';
import type { KeptBefore } from '../guarantees/kept.ts';
import { daysAfter } from '../quotes/validity.ts';

/** What one claim or engagement took from a limit. */
export type Use = {
  /** The claim, or the number of the engagement. */
  readonly by: string;
  readonly counter: string;
  readonly day: Day;
  readonly acts: number;
  readonly cents: Cents;
  /** An engagement that nobody used by then holds nothing any more. */
  readonly until?: Day;
};

/** Everything that limits what is paid for one person, and for each household of theirs. */
export type Envelopes = {
  readonly person: readonly Use[];
  readonly households: ReadonlyMap<string, readonly Use[]>;
};

/** What is kept from the person, and no limit of a contract. */
const kept = 'kept/';
const participation = `${kept}participation`;
const franchise = `${kept}franchise`;

/** What was used before care on a day, by counter. `today` is when it is asked: expired holds are free. */
export function usedBefore(
  envelopes: Envelopes,
  contracts: readonly PayingContract[],
  on: { readonly day: Day; readonly today: Day },
): Map<string, Count> {
  const used = new Map<string, Count>();
  for (const { contract, guarantee, period } of limitedOf(contracts, on.day)) {
    const counter = counterOf(contract, guarantee);
    const uses = usesOf(envelopes, contract, guarantee).filter(
      (use) => use.counter === counter && isWithin(period, use.day, on.day) && isHeld(use.until, on.today),
    );
    used.set(counter, {
      acts: uses.reduce((sum, { acts }) => sum + acts, 0),
      cents: uses.reduce((sum, { cents }) => sum + cents, 0),
    });
  }
  return used;
}

/** What was kept from the person before, by this organisation on that day and by anybody in that year. */
export function keptBefore({ person }: Envelopes, on: { day: Day; organisation: number }): KeptBefore {
  const year = on.day.slice(0, 4);
  const sum = (uses: readonly Use[]) => uses.reduce((total, { cents }) => total + cents, 0);
  const ofYear = (name: string) =>
    person.filter(({ counter, day }) => counter.startsWith(name) && day.startsWith(year));
  const own = `${participation}/${on.organisation}`;
  const today = ofYear(participation).filter(({ counter, day }) => counter === own && day === on.day);
  return {
    participation: new Map([
      [on.day, sum(today)],
      [year, sum(ofYear(participation))],
    ]),
    franchise: new Map([[year, sum(ofYear(franchise))]]),
  };
}

/** What was used by care that was paid: by the person alone, and by each household. */
export type Taken = { readonly person: readonly Use[]; readonly households: ReadonlyMap<string, Use[]> };

/** What a payment took, to be kept under the claim or engagement that took it. */
export function takenBy(
  paid: {
    readonly shares: readonly Shares[];
    readonly before: ReadonlyMap<string, Count>;
    readonly after: ReadonlyMap<string, Count>;
  },
  contracts: readonly PayingContract[],
  by: Pick<Use, 'by' | 'day' | 'until'> & { readonly organisation: number },
): Taken {
  const { organisation, ...whose } = by;
  const person: Use[] = [];
  const households = new Map<string, Use[]>();
  for (const { contract, guarantee } of limitedOf(contracts, by.day)) {
    const counter = counterOf(contract, guarantee);
    const [from, to] = [paid.before.get(counter), paid.after.get(counter)];
    const use = { ...whose, counter, acts: diff(to, from, 'acts'), cents: diff(to, from, 'cents') };
    if (use.acts === 0 && use.cents === 0) continue;
    const shared = isShared(guarantee) ? contract.household : null;
    if (shared === null) person.push(use);
    else households.set(shared, [...(households.get(shared) ?? []), use]);
  }
  const total = (of: 'participation' | 'franchise') => paid.shares.reduce((sum, one) => sum + one[of], 0);
  const keptUses = [
    { ...whose, counter: `${participation}/${organisation}`, acts: 0, cents: total('participation') },
    { ...whose, counter: franchise, acts: 0, cents: total('franchise') },
  ];
  return { person: [...person, ...keptUses.filter(({ cents }) => cents > 0)], households };
}

/** The households whose shared limits care may take from. */
export function householdsOf(contracts: readonly PayingContract[], day: Day): string[] {
  const shared = limitedOf(contracts, day).filter(({ guarantee }) => isShared(guarantee));
  return [...new Set(shared.flatMap(({ contract }) => contract.household ?? []))];
}

type Limited = {
  readonly contract: PayingContract;
  readonly guarantee: Guarantee;
  readonly period: Limit['period'];
};

function limitedOf(contracts: readonly PayingContract[], day: Day): Limited[] {
  return contracts.flatMap((contract) =>
    contract.guarantees.flatMap((guarantee) => {
      const period = guarantee.limit?.period ?? periodOf(guarantee, contract.since, day);
      return period === undefined ? [] : [{ contract, guarantee, period }];
    }),
  );
}

function periodOf(guarantee: Guarantee, since: Day, day: Day): Limit['period'] | undefined {
  const form = formOn(guarantee, since, day);
  if (!('per' in form)) return undefined;
  return form.per === 'year' || form.per === 'two-years' ? form.per : undefined;
}

function usesOf({ person, households }: Envelopes, contract: PayingContract, guarantee: Guarantee) {
  if (!isShared(guarantee) || contract.household === null) return person;
  return households.get(contract.household) ?? [];
}

function isShared({ limit }: Guarantee): boolean {
  return limit?.shared === 'family';
}

/** Either side of the day counts: care that is invoiced late does not find a limit full again. */
function isWithin(period: Limit['period'], used: Day, day: Day): boolean {
  if (period === 'year') return used.slice(0, 4) === day.slice(0, 4);
  const months = period === 'two-years' ? 24 : 48;
  return used > addMonths(day, -months) && used < addMonths(day, months);
}

/**
 * Whether what an engagement holds until a day is still held. For one day longer than it can be used: a claim
 * that came in time may be decided after midnight, and finds what it was promised.
 */
export function isHeld(until: Day | undefined, today: Day): boolean {
  return until === undefined || daysAfter(until, 1) >= today;
}

/** Envelopes without what one claim or engagement took from them. */
export function withoutUses({ person, households }: Envelopes, by: string): Envelopes {
  const others = (uses: readonly Use[]) => uses.filter((use) => use.by !== by);
  return {
    person: others(person),
    households: new Map([...households].map(([household, uses]) => [household, others(uses)])),
  };
}

/** Whether everything that is taken from limits is held for it: as much, of the same day. */
export function isWithinHeld(taken: Taken, { person, households }: Envelopes, by: string): boolean {
  const isIn = (held: readonly Use[]) => (use: Use) =>
    use.counter.startsWith(kept) ||
    held.some(
      (one) =>
        one.by === by &&
        one.counter === use.counter &&
        one.day === use.day &&
        one.acts >= use.acts &&
        one.cents >= use.cents,
    );
  return (
    taken.person.every(isIn(person)) &&
    [...taken.households].every(([household, uses]) => uses.every(isIn(households.get(household) ?? [])))
  );
}

function diff(to: Count | undefined, from: Count | undefined, of: keyof Count): number {
  return (to?.[of] ?? 0) - (from?.[of] ?? 0);
}
