import type { Act, Cents, Practice, Step, StepRule, Told } from './care.ts';
import { kindRules } from './care-kinds.ts';
import { type Contract, type Form, formOn, type Guarantee, guaranteeFor } from './contract.ts';
import { tellEuros } from './euros.ts';
import { envelopeOf, type Line, worthOf } from './forms.ts';
import { ruleOn } from './rules.ts';
import { step } from './step.ts';

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
  const name = contract.name ?? contract.id;
  if (guarantee === undefined) return { contract: contract.id, cents: 0, why: [noGuarantee(name)] };
  const say = (rule: StepRule, { fr, en }: Told, cents: Cents) =>
    step(rule, { fr: `${name}, ${fr}`, en: `${name}, ${en}` }, cents);
  const form = formOn(guarantee, contract.since, act.day);
  const worth = worthOf(form, line);
  const asked = contract.includesBase ? Math.max(0, worth.cents - before) : worth.cents;
  const why = [say('contract', howCounted(guarantee, worth.says, contract.includesBase ? before : 0), asked)];
  const kept = contract.responsible ? mandatory.increase : 0;
  const left = Math.max(0, mostPayable(act) - mandatory.gross - kept - before);
  const payable = Math.min(asked, left);
  if (payable < asked) why.push(say('contract', onlyWhatIsLeft, payable));
  const counter = counterOf(contract, guarantee);
  const used = counters.get(counter) ?? { acts: 0, cents: 0 };
  const cents = withinLimits({ guarantee, form, act, payable }, used);
  if (cents < payable) {
    const isTooEarly = used.acts + act.quantity > (guarantee.limit?.acts ?? Number.POSITIVE_INFINITY);
    why.push(say(isTooEarly ? 'limit-acts' : 'limit', whatLimitLeaves, cents));
  }
  const acts = cents > 0 ? act.quantity : 0;
  counters.set(counter, { acts: used.acts + acts, cents: used.cents + cents });
  return { contract: contract.id, cents, why };
}

const onlyWhatIsLeft: Told = {
  fr: 'dans la limite du reste à payer',
  en: 'no more than what is left to pay',
};
const whatLimitLeaves: Told = { fr: 'ce que laisse la limite', en: 'what its limit leaves' };

function noGuarantee(contract: string): Step {
  const fr = `${contract}, aucune garantie pour ces soins`;
  return { rule: 'contract', fr, en: `${contract}, no guarantee for this care`, cents: 0 };
}

/** What a guarantee comes to, less what an option has in it of the contracts before. */
function howCounted({ name }: Guarantee, says: Told, included: Cents): Told {
  if (included === 0) return { fr: `${name} : ${says.fr}`, en: `${name}: ${says.en}` };
  const { fr, en } = tellEuros(included);
  return {
    fr: `${name} : ${says.fr} moins ${fr} déjà versés`,
    en: `${name}: ${says.en} less ${en} paid before`,
  };
}

/** A charge that the law sets is paid to its amount; what is asked beyond it is not that charge. */
function mostPayable({ kind, day, price, quantity, reducedCharge }: Act): Cents {
  const { charge } = kindRules[kind];
  if (charge === null) return price;
  const rule = reducedCharge === true ? charge.reduced : charge.usual;
  return Math.min(price, ruleOn(rule, day).value * quantity);
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
