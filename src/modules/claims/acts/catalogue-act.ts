import type { Act, CareKind, Cents } from '../guarantees/care.ts';
import type { Certainty, Rule } from '../guarantees/rules.ts';
import type { DomainCode } from './domain-codes.ts';
import { needsPrescriber } from './domain-of-act.ts';

/** What is known of the amounts of one act; null is not known, and the professional is asked. */
type Amounts = {
  /** What the mandatory scheme counts from, as last known. */
  readonly baseCents: Cents | null;
  /** What is usually invoiced, as last known: a proposal that the professional overwrites. */
  readonly usualPriceCents: Cents | null;
  /** The same from day to day, oldest first, where the days are known. */
  readonly bases?: readonly Rule[];
  readonly prices?: readonly Rule[];
  /** Of the least sure of its last figures. */
  readonly source: string;
  readonly certainty: Certainty;
};

/** What an act is, whatever it costs. */
type Nature = {
  readonly kind: CareKind;
  /** Whoever may see one of these may invoice it. */
  readonly domains: readonly DomainCode[];
  /** The first day that it could be invoiced, where that is known. */
  readonly since?: string;
  readonly basket?: NonNullable<Act['basket']>;
  readonly ear?: NonNullable<Act['ear']>;
  readonly lensClass?: NonNullable<Act['lensClass']>;
  readonly drugRate?: NonNullable<Act['drugRate']>;
};

/** An act that professionals find by typing. */
export type CatalogueAct = Nature &
  Amounts & {
    readonly code: string;
    readonly fr: string;
    readonly en: string;
    readonly needsPrescriber: boolean;
  };

/** One row of a family's table; without amounts the professional gives them. */
export function act(
  code: string,
  [fr, en]: readonly [fr: string, en: string],
  nature: Nature,
  amounts: Amounts = noAmounts,
): CatalogueAct {
  return { code, fr, en, ...nature, needsPrescriber: needsPrescriber[nature.kind], ...amounts };
}

type Origin = Pick<Amounts, 'source' | 'certainty'>;

/** Read in the press or on a public page. */
export const press = (source: string): Origin => ({ source, certainty: 'secondary' });

/** Known from memory, or from a page that was not checked: it wants a reader of the texts. */
export const memory = (source: string): Origin => ({ source, certainty: 'unconfirmed' });

const noAmounts: Amounts = {
  ...{ baseCents: null, usualPriceCents: null },
  ...memory('the code is from memory, its amounts are not known'),
};

/** A base, and a price that is free or not known. */
export function base(cents: Cents, origin: Origin, usualPriceCents: Cents | null = null): Amounts {
  return { baseCents: cents, usualPriceCents, ...origin };
}

/** A fee that is usually invoiced as it is counted. */
export function fee(cents: Cents, origin: Origin): Amounts {
  return base(cents, origin, cents);
}

/** A fee that changed, oldest row first, and is usually invoiced as it is counted. */
export function datedFee(rows: readonly [Rule, ...Rule[]]): Amounts {
  return datedAmounts(rows, rows);
}

/** A base and a price that changed on days of their own; no prices when the price is free. */
export function datedAmounts(bases: readonly [Rule, ...Rule[]], prices: readonly Rule[]): Amounts {
  const lastBase = bases.at(-1) ?? bases[0];
  const lastPrice = prices.at(-1);
  const { source, certainty } = leastSure(lastBase, lastPrice ?? lastBase);
  return {
    ...{ baseCents: lastBase.value, usualPriceCents: lastPrice?.value ?? null, bases, prices },
    ...{ source, certainty },
  };
}

const sureness: readonly Certainty[] = ['sourced', 'secondary', 'computed', 'unconfirmed'];

function leastSure(one: Rule, other: Rule): Rule {
  return sureness.indexOf(one.certainty) > sureness.indexOf(other.certainty) ? one : other;
}
