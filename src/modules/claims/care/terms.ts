import type { Day } from '../../../platform/clock.ts';
import {
  type CoverageDecision,
  type CoverageReason,
  type DomainCode,
  domainField,
  field,
  readDomainRight,
} from '../../rights/index.ts';
import type { Fact } from '../../vault/index.ts';

/** One contract as it held for the person on the day of care. */
export type ContractTerms = {
  readonly insurer: number;
  /** Its place among the insurer's contracts of that person. */
  readonly contract: number;
  /** The plan its insurer names; null when it names none. */
  readonly plan: string | null;
  /** The day its rights began: waiting periods count from it. */
  readonly since: Day;
  /** The domains it covers on that day, with the level that a card prints. */
  readonly levels: readonly (readonly [DomainCode, string])[];
  /** The keyed name of the household there, in hexadecimal: what families share is kept under it. */
  readonly household: string | null;
};

/** What insurers said of a person for one day of care: kept with a quote or a claim, and judged by. */
export type Terms = {
  readonly reason: CoverageReason;
  readonly afterDeath: boolean;
  readonly contracts: readonly ContractTerms[];
};

const contractFields: readonly number[] = [field.insurerName, field.insurerCode, field.onlineStart];
const isDomain = (number: number) => number > field.listing && number < field.plan;

/** The least of a decision that has to leave so that somebody can be told who pays. */
export function fieldsOfTerms({ contracts, fields }: CoverageDecision): readonly number[] {
  if (contracts.length === 0) return [];
  return [...fields.filter((number) => contractFields.includes(number) || isDomain(number)), field.plan];
}

/** Reads the terms from what a receipt released. `householdOf` names a contract's household. */
export function readTerms(
  facts: readonly Fact[],
  decision: CoverageDecision,
  besides: {
    readonly afterDeath: boolean;
    readonly householdOf: (contract: { insurer: number; contract: number }) => string | null;
  },
): Terms {
  const contracts = decision.contracts.map(({ insurer, contract }) => {
    const own = facts.filter((fact) => fact.insurer === insurer && fact.contract === contract);
    const text = (number: number) => own.find((fact) => fact.field === number)?.value || null;
    const covered = decision.domains.filter((domain) =>
      domain.contracts.some((each) => each.insurer === insurer && each.contract === contract),
    );
    const levels = covered.map(({ domain }) => [domain, levelOf(text(domainField(domain)))] as const);
    const household = besides.householdOf({ insurer, contract });
    return {
      ...{ insurer, contract, levels, household },
      plan: text(field.plan),
      since: text(field.onlineStart) ?? '2000-01-01',
    };
  });
  return { reason: decision.reason, afterDeath: besides.afterDeath, contracts };
}

function levelOf(value: string | null): string {
  return value === null ? '' : (readDomainRight(value)?.level ?? '');
}

/** The same of what is told again later, by what was told first. */
export function fieldsToldAgain({ contracts }: Terms): readonly number[] {
  if (contracts.length === 0) return [];
  const domains = contracts.flatMap(({ levels }) => levels.map(([domain]) => domainField(domain)));
  return [...new Set([...contractFields, field.plan, ...domains])];
}
