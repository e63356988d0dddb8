import type { Act, CareKind, Cents, Practice } from './care.ts';

/** What an amount is for: once for each unit of a line, or in all for a period. */
export type Per = 'act' | 'day' | 'night' | 'ear' | 'equipment' | 'year' | 'two-years';

/** How a guarantee pays, in the forms that contracts are written in (BR base, FR price, TM copayment). */
export type Form =
  /** "% BR": with the mandatory share in it, or on top of it. */
  | { readonly form: 'percent-of-base'; readonly percent: number; readonly includesMandatory: boolean }
  /** "% TM". */
  | { readonly form: 'percent-of-copayment'; readonly percent: number }
  /** "TM + x % BR". */
  | { readonly form: 'copayment-and-percent-of-base'; readonly percent: number }
  /** "% FR", limited to a percentage of the base where the contract says so. */
  | {
      readonly form: 'percent-of-price';
      readonly percent: number;
      readonly includesMandatory: boolean;
      readonly atMostPercentOfBase?: number;
    }
  | { readonly form: 'amount'; readonly cents: Cents; readonly per: Per }
  /** "% PMSS": of the monthly ceiling of social security on the day of care. */
  | { readonly form: 'percent-of-ceiling'; readonly percent: number; readonly per: Per }
  /** "frais réels". */
  | { readonly form: 'real-cost' }
  /** "100 % Santé": all that is left of equipment of the full basket. */
  | { readonly form: 'full-cover' }
  | { readonly form: 'nothing' };

/** As many acts, or as much money, in a calendar year or in the two or four years before the day of care. */
export type Limit = {
  readonly acts?: number;
  readonly cents?: Cents;
  readonly period: 'year' | 'two-years' | 'four-years';
  /** Whether the family has one envelope together. */
  readonly shared: 'person' | 'family';
};

/** One line of a contract's table. */
export type Guarantee = {
  readonly name: string;
  readonly kinds: readonly CareKind[];
  /** Only these codes, where there are any. */
  readonly codes?: readonly string[];
  readonly basket?: Act['basket'];
  readonly lensClass?: Act['lensClass'];
  /** Only of professionals who limit their fees (sector 1, OPTAM), or only of the others. */
  readonly optam?: boolean;
  readonly pays: Form;
  readonly limit?: Limit;
  /** Months from joining during which it pays something else. */
  readonly waiting?: { readonly months: number; readonly meanwhile: Form };
};

/** A contract as it holds for one person. The first guarantee that fits a line is the one that pays it. */
export type Contract = {
  readonly id: string;
  /** As people read it; the id, unless it is given. */
  readonly name?: string;
  /** The only kinds of care it covers, by the person's rights on that day; all when not given. */
  readonly covers?: readonly CareKind[];
  /** A responsible contract never pays what is lost outside the coordinated pathway. */
  readonly responsible: boolean;
  /** The day the person joined. */
  readonly since: string;
  /** An option whose amounts have in them what the contracts before it pay. */
  readonly includesBase: boolean;
  readonly guarantees: readonly Guarantee[];
};

/** The guarantee of a contract that pays an act; undefined when none fits. */
export function guaranteeFor(contract: Contract, act: Act, practice: Practice): Guarantee | undefined {
  if (contract.covers !== undefined && !contract.covers.includes(act.kind)) return undefined;
  return contract.guarantees.find(
    ({ kinds, codes, basket, lensClass, optam }) =>
      kinds.includes(act.kind) &&
      (codes === undefined || codes.includes(act.code)) &&
      (basket === undefined || basket === act.basket) &&
      (lensClass === undefined || lensClass === act.lensClass) &&
      (optam === undefined || optam === limitsFees(practice)),
  );
}

/** Sector 1 has no overruns: contracts count it with those who limit theirs. */
function limitsFees({ sector, optam }: Practice): boolean {
  return sector === 1 || optam;
}

/** How a guarantee pays on a day: what it is written for, or what holds while the person waits. */
export function formOn({ pays, waiting }: Guarantee, since: string, day: string): Form {
  return waiting !== undefined && day < addMonths(since, waiting.months) ? waiting.meanwhile : pays;
}

/** The same day so many months later, or the last of that month. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
