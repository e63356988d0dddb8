import type { Act, Practice, Shares, Situation, Step, Told } from './care.ts';
import { kindRules } from './care-kinds.ts';
import { type Count, type Counters, type Paid, payContracts } from './complementary.ts';
import type { Contract } from './contract.ts';
import type { Line } from './forms.ts';
import { type Kept, type KeptBefore, KeptCount } from './kept.ts';
import { payMandatory } from './mandatory.ts';
import { step } from './step.ts';

/** Everything that decides who pays; no clock and nothing else is read. */
export type Care = {
  readonly acts: readonly Act[];
  readonly practice: Practice;
  readonly situation: Situation;
  /** The base contract first, then its options. */
  readonly contracts: readonly Contract[];
  /** What the guarantees paid in their periods before this care, by counter. */
  readonly used: ReadonlyMap<string, Count>;
  readonly keptBefore: KeptBefore;
};

/** Who pays each act, in their order, and what the counters of the guarantees stand at afterwards. */
export type Payment = { readonly shares: readonly Shares[]; readonly counters: ReadonlyMap<string, Count> };

/**
 * Says who pays each act, to the cent. Acts share counters and yearly limits in an order of their own (day,
 * code, price …), so that the order in which they are listed changes nothing. Throws NoRule for a day before
 * the first figure that is known.
 */
export function payFor(care: Care): Payment {
  const counters: Counters = new Map(care.used);
  const kept = new KeptCount(care.keptBefore);
  const shares: Shares[] = [];
  for (const place of inTheirOrder(care.acts)) {
    shares[place] = shareLine(care.acts[place] as Act, care, { counters, kept });
  }
  return { shares, counters };
}

/** Places of acts; those that are the same in everything are interchangeable. */
function inTheirOrder(acts: readonly Act[]): number[] {
  const names = acts.map(nameOf);
  const rank = (one: number, other: number) => ((names[one] ?? '') < (names[other] ?? '') ? -1 : 1);
  return [...acts.keys()].sort((one, other) => (names[one] === names[other] ? 0 : rank(one, other)));
}

function nameOf(act: Act): string {
  const { day, code, kind, price, base, quantity, drugRate, basket, lensClass, ear } = act;
  const { outOfPathway, forLongIllness, inHospital, reducedCharge } = act;
  const told = [outOfPathway, forLongIllness, inHospital, reducedCharge].map((is) => is === true);
  return [day, code, kind, price, base, quantity, drugRate, basket, lensClass, ear, ...told].join('|');
}

type Counting = { readonly counters: Counters; readonly kept: KeptCount };

function shareLine(act: Act, care: Care, { counters, kept }: Counting): Shares {
  const { situation, practice } = care;
  const mandatory = payMandatory(act, situation);
  const line = { act, mandatory };
  const paid =
    situation.aid === 'c2s'
      ? [payAid(line)]
      : payContracts(line, { contracts: care.contracts, practice, counters });
  const { participation, franchise } = kept.keepFrom(act, situation, mandatory.gross);
  const complementary = paid.map(({ contract, cents }) => ({ contract, cents }));
  const person = act.price - mandatory.gross - paid.reduce((sum, { cents }) => sum + cents, 0);
  return {
    mandatoryGross: mandatory.gross,
    mandatoryNet: mandatory.gross - participation - franchise,
    ...{ participation, franchise, complementary, person },
    why: [
      ...mandatory.why,
      ...paid.flatMap(({ why }) => why),
      step('person', leftToPay, person),
      ...keptSteps({ participation, franchise }),
    ],
  };
}

/** Solidarity (C2S) pays the copayment, and all that is left of equipment of the full basket. */
function payAid({ act, mandatory }: Line): Paid {
  const all = act.basket === 'full' || kindRules[act.kind].charge !== null;
  const cents = all ? act.price - mandatory.gross : mandatory.copayment + mandatory.increase;
  return { contract: 'c2s', cents, why: [step('c2s', solidarity, cents)] };
}

function keptSteps({ participation, franchise }: Kept): Step[] {
  return [
    ...(participation === 0 ? [] : [step('participation', keptLater.participation, participation)]),
    ...(franchise === 0 ? [] : [step('franchise', keptLater.franchise, franchise)]),
  ];
}

const leftToPay: Told = { fr: 'reste à payer', en: 'left to pay' };
const solidarity: Told = { fr: 'C2S', en: 'C2S' };
const later = 'kept from a later payment to the person';
/** French tells the two apart by name, as statements do. */
const keptLater = {
  participation: { fr: 'retenu sur un remboursement ultérieur (participation forfaitaire)', en: later },
  franchise: { fr: 'retenu sur un remboursement ultérieur (franchise médicale)', en: later },
};
