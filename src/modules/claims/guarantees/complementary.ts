import type { Act, Cents, Practice, Step } from './care.ts';
import { kindRules } from './care-kinds.ts';
import { type Contract, type Form, formOn, type Guarantee, guaranteeFor } from './contract.ts';
import { euros } from './euros.ts';
import { envelopeOf, type Line, worthOf } from './forms.ts';
import { ruleOn } from './rules.ts';

/** What a guarantee paid in its period: acts, and cents. */
export type Count = { readonly acts: number; readonly cents: Cents };

/** What was paid so far, by counter; a counter of a family is the same for each of it. */
export type Counters = Map<string, Count>;

/** What one contract pays of one line. */
export type Paid = { readonly contract: string; readonly cents: Cents; readonly why: readonly Step[] };

/**
 * The name of the counter of a guarantee; who fills it in knows whose it is, and since when. A family's is
 * named by the plan, which is the same for each of them; a person's by the contract.
 */
export function counterOf(contract: Pick<Contract, 'id' | 'name'>, { name, limit }: Guarantee): string {
  const shared = limit?.shared ?? 'person';
  return `${shared === 'family' ? (contract.name ?? contract.id) : contract.id}/${shared}/${name}`;
}

/** What each contract pays, in their order, and never more than is left. Adds to the counters. */
export function payContracts(
  line: Line,
  {
    contracts,
    practice,
    counters,
  }: {
    readonly contracts: readonly Contract[];
    readonly practice: Practice;
    readonly counters: Counters;
  },
): Paid[] {
  let before = 0;
  return contracts.map((contract) => {
    const paid = payContract(line, { contract, practice, counters, before });
    before += paid.cents;
    return paid;
  });
}

type Paying = {
  readonly contract: Contract;
  readonly practice: Practice;
  readonly counters: Counters;
  /** What the contracts before this one pay of the line. */
  readonly before: Cents;
};

function payContract(line: Line, { contract, practice, counters, before }: Paying): Paid {
  const { act, mandatory } = line;
  const guarantee = guaranteeFor(contract, act, practice);
  const step = (says: string, cents: Cents) => ({
    rule: 'contract',
    says: `${contract.name ?? contract.id}, ${says}`,
    cents,
  });
  if (guarantee === undefined) {
    return { contract: contract.id, cents: 0, why: [step('no guarantee for this care', 0)] };
  }
  const form = formOn(guarantee, contract.since, act.day);
  const worth = worthOf(form, line);
  const asked = contract.includesBase ? Math.max(0, worth.cents - before) : worth.cents;
  const included = contract.includesBase && before > 0 ? ` less ${euros(before)} paid before` : '';
  const why = [step(`${guarantee.name}: ${worth.says}${included} = ${euros(asked)}`, asked)];
  const kept = contract.responsible ? mandatory.increase : 0;
  const left = Math.max(0, mostPayable(act) - mandatory.gross - kept - before);
  const payable = Math.min(asked, left);
  if (payable < asked) why.push(step(`no more than what is left to pay = ${euros(payable)}`, payable));
  const counter = counterOf(contract, guarantee);
  const used = counters.get(counter) ?? { acts: 0, cents: 0 };
  const cents = withinLimits({ guarantee, form, act, payable }, used);
  if (cents < payable) {
    const isTooEarly = used.acts + act.quantity > (guarantee.limit?.acts ?? Number.POSITIVE_INFINITY);
    const rule = isTooEarly ? 'limit-acts' : 'limit';
    why.push({ ...step(`what its limit leaves = ${euros(cents)}`, cents), rule });
  }
  const acts = cents > 0 ? act.quantity : 0;
  counters.set(counter, { acts: used.acts + acts, cents: used.cents + cents });
  return { contract: contract.id, cents, why };
}

/** A charge that the law sets is paid to its amount; what is asked beyond it is not that charge. */
function mostPayable({ kind, day, price, quantity }: Act): Cents {
  const { charge } = kindRules[kind];
  return charge === null ? price : Math.min(price, ruleOn(charge, day).value * quantity);
}

type Limited = {
  readonly guarantee: Guarantee;
  readonly form: Form;
  readonly act: Act;
  readonly payable: Cents;
};

function withinLimits({ guarantee, form, act, payable }: Limited, used: Count): Cents {
  const { limit } = guarantee;
  const acts = limit?.acts === undefined ? act.quantity : Math.max(0, limit.acts - used.acts);
  const share = acts >= act.quantity ? payable : Math.floor((payable * acts) / act.quantity);
  const envelopes = [limit?.cents, envelopeOf(form, act.day)].filter((most) => most !== undefined);
  return Math.min(share, ...envelopes.map((most) => Math.max(0, most - used.cents)));
}
