import { Type } from '@sinclair/typebox';
import { word } from '../../access/index.ts';
import type { ReadInsurers } from '../../rights/index.ts';
import { type Shares, stepRules } from '../guarantees/care.ts';
import type { PayingContract } from './contracts-of-terms.ts';

const cents = (description: string) => Type.Integer({ description: `${description} In cents.` });

/** Who pays one line, in an answer. */
export const sharesSchema = Type.Object({
  mandatoryGrossCents: cents('Due to the professional by the mandatory scheme.'),
  mandatoryNetCents: cents('The same less participation and franchise: the person’s own view.'),
  participationCents: cents('Kept from a later payment to the person; never paid by a complementary.'),
  franchiseCents: cents('The same, for boxes, paramedical acts and transport.'),
  complementary: Type.Array(
    Type.Object({
      insurer: Type.String({ description: 'Name of the insurer.' }),
      plan: Type.String({ description: 'Plan that pays.' }),
      cents: Type.Integer(),
    }),
  ),
  personCents: cents('Left to the person at the counter.'),
  why: Type.Array(
    Type.Object({
      rule: word(stepRules, 'Rule that was applied.'),
      fr: Type.String({ description: 'What it says, in French.' }),
      en: Type.String({ description: 'The same in English.' }),
      cents: cents('What it came to.'),
    }),
    { description: 'The rules that were applied, in the order of the calculation.' },
  ),
});

/** Sums of lines, in an answer. */
export const totalsSchema = Type.Object({
  priceCents: cents('Price.'),
  mandatoryGrossCents: cents('Due by the mandatory scheme.'),
  complementaryCents: cents('Due by the insurers.'),
  personCents: cents('Left to the person.'),
});

/** Shares as they are kept: numbers, the names of contracts apart. */
export type KeptShares = {
  readonly shares: readonly Shares[];
  readonly payers: readonly { readonly id: string; readonly insurer: number; readonly plan: string }[];
};

/** What is kept of shares, so that they can be told later without the contracts. */
export function keepShares(shares: readonly Shares[], contracts: readonly PayingContract[]): KeptShares {
  const payers = contracts.map(({ id, insurer, name }) => ({ id, insurer, plan: name ?? id }));
  return { shares, payers };
}

type InsurerNames = Awaited<ReturnType<ReadInsurers>>;

/** Who pays each line, as it is told. */
export function answerShares({ shares, payers }: KeptShares, insurers: InsurerNames) {
  return shares.map((one) => ({
    mandatoryGrossCents: one.mandatoryGross,
    mandatoryNetCents: one.mandatoryNet,
    participationCents: one.participation,
    franchiseCents: one.franchise,
    complementary: one.complementary.map(({ contract, cents }) => {
      const payer = payers.find(({ id }) => id === contract);
      const insurer = payer === undefined ? undefined : insurers.get(payer.insurer);
      return { insurer: insurer?.name ?? contract, plan: payer?.plan ?? contract, cents };
    }),
    personCents: one.person,
    why: one.why,
  }));
}

/** The sums of lines. */
export function totalsOf(shares: readonly Shares[]) {
  const sum = (of: (one: Shares) => number) => shares.reduce((total, one) => total + of(one), 0);
  const totals = {
    mandatoryGrossCents: sum((one) => one.mandatoryGross),
    complementaryCents: sum(complementaryOf),
    personCents: sum((one) => one.person),
  };
  const { mandatoryGrossCents, complementaryCents, personCents } = totals;
  return { priceCents: mandatoryGrossCents + complementaryCents + personCents, ...totals };
}

/** What all contracts pay of one line. */
export function complementaryOf({ complementary }: Shares): number {
  return complementary.reduce((total, { cents }) => total + cents, 0);
}
