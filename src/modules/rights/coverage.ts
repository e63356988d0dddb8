import type { Day } from '../../platform/clock.ts';
import { declareRule, type Fact, type Rule } from '../vault/index.ts';
import { type DomainRight, readDay, readDomainRight } from './domain-right.ts';
import { type DomainCode, domainCodes } from './domains.ts';
import { contractFields, domainField, field, isOfCoverage } from './fields.ts';
import { findProfession } from './professions.ts';

/**
 * Why a domain is covered or not, strongest first: the answer gives the first that any contract of the person
 * deserves. A right that cannot be read comes before the refusals, for nobody can say that it does not cover.
 */
export const coverageReasons = [
  'domain-not-for-profession',
  'covered',
  'rights-unreadable',
  'domain-not-covered',
  'not-started',
  'ended',
  'no-contract',
] as const;

/** One of the closed list of reasons. */
export type CoverageReason = (typeof coverageReasons)[number];

/** What is asked of a person's facts. No domain asked means every domain of the profession. */
export type CoverageQuestion = {
  readonly careDate: Day;
  readonly domains: readonly DomainCode[];
  readonly profession: string;
};

/** A contract as rules name it. */
export type ContractNumber = { readonly insurer: number; readonly contract: number };

/** What was decided of one domain, and the contracts that cover it. */
export type DomainDecision = {
  readonly domain: DomainCode;
  readonly covered: boolean;
  readonly reason: CoverageReason;
  readonly contracts: readonly ContractNumber[];
};

/** What was decided: what may be told, and of what; codes only, never content. */
export type CoverageDecision = {
  readonly reason: CoverageReason;
  readonly domains: readonly DomainDecision[];
  readonly contracts: readonly ContractNumber[];
  readonly insurers: readonly number[];
  readonly fields: readonly number[];
};

type Contract = ContractNumber & { readonly values: ReadonlyMap<number, string> };

/** Decides which domains are covered on the day of care, and names the least that has to be told for it. */
export function decideCoverage(facts: readonly Fact[], question: CoverageQuestion): CoverageDecision {
  const allowed = findProfession(question.profession)?.domains ?? [];
  const asked = question.domains.length > 0 ? [...new Set(question.domains)] : allowed;
  const contracts = groupByContract(facts);
  const decisions = asked.map((domain) =>
    allowed.includes(domain)
      ? decideDomain(contracts, domain, question.careDate)
      : { domain, covered: false, reason: 'domain-not-for-profession' as const, contracts: [] },
  );
  const told = contracts.filter((each) => decisions.some((decision) => names(decision.contracts, each)));
  return {
    reason: overallReason(decisions),
    domains: decisions,
    contracts: told.map(numberOf),
    insurers: [...new Set(told.map((each) => each.insurer))],
    fields: fieldsToTell(told, decisions),
  };
}

/** The rule that a Held person is decided on with. */
export const coverageRule: Rule<CoverageQuestion, CoverageDecision> = declareRule(
  'coverage',
  decideCoverage,
  [...coverageReasons, ...domainCodes],
);

/** The reasons in the order of precedence, among those given; `no-contract` when there are none. */
export function strongestReason(reasons: readonly CoverageReason[]): CoverageReason {
  return coverageReasons.find((reason) => reasons.includes(reason)) ?? 'no-contract';
}

function decideDomain(contracts: readonly Contract[], domain: DomainCode, careDate: Day): DomainDecision {
  const reasons = contracts.map((each) => decideContract(each, domain, careDate));
  const reason = strongestReason(reasons);
  const covering = contracts.filter((_, i) => reasons[i] === 'covered').map(numberOf);
  return { domain, covered: reason === 'covered', reason, contracts: covering };
}

function decideContract(contract: Contract, domain: DomainCode, careDate: Day): CoverageReason {
  const value = contract.values.get(domainField(domain));
  const right = value === undefined ? undefined : readDomainRight(value);
  if (right === null) return 'rights-unreadable';
  const start = firstDay(right?.start, contract.values.get(field.onlineStart));
  // Cards stay in circulation after a contract ends: the printed end informs, the online end decides.
  const end = firstDay(right?.onlineEnd, contract.values.get(field.onlineEnd));
  if (start === undefined || end === undefined) return 'rights-unreadable';
  if (start !== null && careDate < start) return 'not-started';
  if (end !== null && careDate > end) return 'ended';
  // Cards keep a cell for each domain: one without a level covers nothing.
  return right === undefined || right.level === '' ? 'domain-not-covered' : 'covered';
}

// A domain's own day wins over its contract's; a day neither of them gives is no limit.
function firstDay(
  own: DomainRight['start'] | undefined,
  ofContract: string | undefined,
): Day | null | undefined {
  return own ?? readDay(ofContract);
}

function overallReason(decisions: readonly DomainDecision[]): CoverageReason {
  const within = decisions
    .map((decision) => decision.reason)
    .filter((reason) => reason !== 'domain-not-for-profession');
  return within.length > 0 ? strongestReason(within) : 'domain-not-for-profession';
}

function fieldsToTell(told: readonly Contract[], decisions: readonly DomainDecision[]): readonly number[] {
  const present = contractFields.filter(
    (number) => told.length > 0 && (isOfInsurer(number) || told.some((each) => each.values.has(number))),
  );
  // "Not covered" is told about a person as much as "covered" is.
  const answered = decisions.filter((decision) => decision.reason !== 'domain-not-for-profession');
  return [...present, ...answered.map((decision) => domainField(decision.domain))].sort((a, b) => a - b);
}

// Which insurer it is gets told with any contract, whether its name is kept here or in the list of insurers.
function isOfInsurer(number: number): boolean {
  return number === field.insurerName || number === field.insurerCode;
}

function groupByContract(facts: readonly Fact[]): readonly Contract[] {
  const contracts = new Map<string, ContractNumber & { readonly values: Map<number, string> }>();
  for (const { insurer, contract, field: number, value } of facts) {
    if (!isOfCoverage(number)) continue;
    const name = `${insurer}/${contract}`;
    const found = contracts.get(name) ?? { insurer, contract, values: new Map<number, string>() };
    contracts.set(name, found);
    if (!found.values.has(number)) found.values.set(number, value);
  }
  return [...contracts.values()].sort((a, b) => a.insurer - b.insurer || a.contract - b.contract);
}

function numberOf({ insurer, contract }: ContractNumber): ContractNumber {
  return { insurer, contract };
}

function names(contracts: readonly ContractNumber[], one: ContractNumber): boolean {
  return contracts.some((each) => each.insurer === one.insurer && each.contract === one.contract);
}
