import { domainsOfKind } from '../acts/domain-of-act.ts';
import { type CareKind, careKinds } from '../guarantees/care.ts';
import type { Contract } from '../guarantees/contract.ts';
import type { Plan } from '../plans/plan.ts';
import { guaranteesOfLevels } from './level-guarantees.ts';
import type { ContractTerms, Terms } from './terms.ts';

/** A contract that pays, and whose it is. */
export type PayingContract = Contract & { readonly insurer: number; readonly household: string | null };

/** Finds the plan of an insurer that holds on the day of care. */
export type FindPlan = (insurer: number, name: string) => Plan | undefined;

/**
 * The contracts that pay, the base first and then the options, each limited to the care that the person's
 * rights cover on that day. One without a published plan pays what its card prints.
 */
export function contractsOf({ contracts }: Terms, findPlan: FindPlan): PayingContract[] {
  const paying = contracts.map((terms) => payingOf(terms, findPlan));
  const order = (one: PayingContract) => (one.includesBase ? 1 : 0);
  return paying.sort((one, other) => order(one) - order(other) || (one.id < other.id ? -1 : 1));
}

function payingOf(terms: ContractTerms, findPlan: FindPlan): PayingContract {
  const { insurer, contract, plan: name, since, levels, household } = terms;
  const plan = name === null ? undefined : findPlan(insurer, name);
  const whose = { insurer, household, since, covers: kindsOf(levels) };
  // A person may have one plan twice at one insurer: the place tells them apart, and stays as it is.
  const id = `${insurer}.${contract}`;
  if (plan !== undefined) return { ...plan.contract, ...whose, id, name: plan.contract.id };
  const guarantees = guaranteesOfLevels(levels);
  return { ...whose, id, name: name ?? 'carte', responsible: true, includesBase: false, guarantees };
}

function kindsOf(levels: ContractTerms['levels']): CareKind[] {
  return careKinds.filter((kind) => levels.some(([domain]) => domainsOfKind[kind].includes(domain)));
}
