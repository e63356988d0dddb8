import type { Day } from '../../../platform/clock.ts';
import { declareRule, type Fact, type Rule } from '../../vault/index.ts';
import { type DomainRight, readDay, readDomainRight } from '../domain-right.ts';
import { domains } from '../domains.ts';
import { field } from '../fields.ts';
import type { Card, CardDomain } from './card.ts';

/**
 * The longest a card may hold, in days. Assumed: printed cards are given for a year; a shorter life would
 * end sooner what a terminated contract leaves in circulation, and fail more people while we are away.
 */
export const cardDaysMax = 366;

/** What a card may tell, beside its domains: the identifiers that cards print, and their days. */
const told: readonly number[] = [
  field.insurerName,
  field.insurerCode,
  field.memberNumber,
  field.convention,
  field.csr,
  field.onlineStart,
  field.onlineEnd,
  field.printedEnd,
];

/** A contract of an insurer, as rules name it. */
export type ShownContract = { readonly insurer: number; readonly contract: number };

/** Which contracts have a card on a day, and what each of them tells. */
export type ShownContracts = {
  readonly contracts: readonly ShownContract[];
  readonly insurers: readonly number[];
  readonly fields: readonly number[];
};

type Values = ReadonlyMap<number, string>;

/** Decides which contracts have a card today: those that hold, with a domain that does. */
export function decideCards(facts: readonly Fact[], { day }: { readonly day: Day }): ShownContracts {
  const names = new Map(
    facts.map(({ insurer, contract }) => [`${insurer}/${contract}`, { insurer, contract }]),
  );
  const shown = [...names.values()].flatMap((name) => {
    const values = valuesOf(facts, name);
    const days = daysOf(values, day);
    const covered = days === null ? [] : domainsOf(values, days, day);
    return covered.length === 0 ? [] : [{ name, values, covered }];
  });
  const fields = new Set<number>();
  for (const { values, covered } of shown) {
    for (const number of told) {
      const isOfInsurer = number === field.insurerName || number === field.insurerCode;
      if (isOfInsurer || values.has(number)) fields.add(number);
    }
    for (const { domain } of covered) fields.add(domains.find(({ code }) => code === domain)?.field ?? 0);
  }
  const contracts = shown
    .map(({ name }) => name)
    .sort((a, b) => a.insurer - b.insurer || a.contract - b.contract);
  return {
    contracts,
    insurers: [...new Set(contracts.map(({ insurer }) => insurer))],
    fields: [...fields].sort((a, b) => a - b),
  };
}

/** The rule that a Held person's cards are decided by. */
export const cardRule: Rule<{ readonly day: Day }, ShownContracts> = declareRule('card', decideCards, []);

/** The card of one contract, from what a receipt released of it; null when nothing of it holds. */
export function assembleCard(
  facts: readonly Fact[],
  name: ShownContract,
  at: {
    readonly day: Day;
    readonly insurer: { readonly name: string; readonly amcCode: string } | undefined;
  },
): Card | null {
  const values = valuesOf(facts, name);
  const days = daysOf(values, at.day);
  if (days === null) return null;
  const text = (number: number) => values.get(number) || null;
  return {
    insurer: text(field.insurerName) ?? at.insurer?.name ?? null,
    amcCode: text(field.insurerCode) ?? at.insurer?.amcCode ?? null,
    convention: text(field.convention),
    csr: text(field.csr),
    memberNumber: text(field.memberNumber),
    ...days,
    domains: domainsOf(values, days, at.day),
  };
}

type Days = { readonly from: Day; readonly to: Day };

/**
 * From when until when a card holds: not after the printed end, which is what the insurer promised of a card,
 * nor after the online end, which is when rights stop; never longer than a card may.
 */
function daysOf(values: Values, day: Day): Days | null {
  const [start, online, printed] = [field.onlineStart, field.onlineEnd, field.printedEnd].map((number) =>
    readDay(values.get(number)),
  );
  if (start === undefined || online === undefined || printed === undefined) return null;
  const to = earliest([online, printed, addDays(day, cardDaysMax)]);
  const from = start ?? day;
  return to < day || to < from ? null : { from, to };
}

function domainsOf(values: Values, days: Days, day: Day): CardDomain[] {
  const convention = values.get(field.convention) || null;
  return domains.flatMap(({ code, field: number }) => {
    const value = values.get(number);
    const right = value === undefined ? null : readDomainRight(value);
    if (right === null || right.level === '') return [];
    const own = ownDays(right, days);
    if (own.to < day || own.to < own.from) return [];
    const usual = convention === null ? [] : [convention];
    const conventions = right.conventions.length > 0 ? right.conventions : usual;
    return [{ domain: code, level: right.level, conventions, ...own }];
  });
}

function ownDays({ start, onlineEnd, printedEnd }: DomainRight, days: Days): Days {
  const from = start === null || start < days.from ? days.from : start;
  return { from, to: earliest([days.to, onlineEnd, printedEnd]) };
}

function valuesOf(facts: readonly Fact[], name: ShownContract): Values {
  const values = new Map<number, string>();
  for (const { insurer, contract, field: number, value } of facts) {
    if (insurer !== name.insurer || contract !== name.contract || values.has(number)) continue;
    values.set(number, value);
  }
  return values;
}

function earliest(days: readonly (Day | null)[]): Day {
  return days.filter((day) => day !== null).sort()[0] ?? '';
}

function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}
