import type { Day } from '../../platform/clock.ts';
import type { Fact } from '../vault/index.ts';
import type { ContractNumber, CoverageDecision, CoverageReason } from './coverage.ts';
import { readDay, readDomainRight } from './domain-right.ts';
import { type DomainCode, findDomain } from './domains.ts';
import { domainField, field } from './fields.ts';

/** What the list of insurers says of one of them. */
export type InsurerCard = { readonly name: string; readonly amcCode: string };

/** One covered domain as a card prints it; the dates already are those that hold for it. */
export type CoveredDomain = {
  readonly domain: DomainCode;
  readonly level: string;
  readonly conventions: readonly string[];
  readonly onlineStart: Day | null;
  readonly onlineEnd: Day | null;
  readonly printedEnd: Day | null;
};

/** One contract that covers something asked: the five identifiers of a card's block, and its domains. */
export type CoverageContract = {
  readonly insurer: { readonly name: string | null; readonly amcCode: string | null };
  readonly memberNumber: string | null;
  readonly convention: string | null;
  readonly csr: string | null;
  readonly responsibleContract: boolean | null;
  readonly onlineStart: Day | null;
  readonly onlineEnd: Day | null;
  readonly printedEnd: Day | null;
  readonly domains: readonly CoveredDomain[];
};

/** The answer to a lookup: yes or no and why, domain by domain, then the contracts that cover. */
export type CoverageAnswer = {
  readonly careDate: Day;
  readonly covered: boolean;
  readonly reason: CoverageReason;
  readonly domains: readonly {
    readonly domain: DomainCode;
    readonly label: { readonly fr: string; readonly en: string };
    readonly covered: boolean;
    readonly reason: CoverageReason;
  }[];
  readonly contracts: readonly CoverageContract[];
};

/** Everything an answer is made of: what was decided, what a receipt released, and the list of insurers. */
export type AnswerParts = {
  readonly careDate: Day;
  readonly decision: CoverageDecision;
  readonly facts: readonly Fact[];
  readonly insurers: ReadonlyMap<number, InsurerCard>;
};

/** Assembles the answer from released facts; a fact that the decision does not call for is left out. */
export function assembleAnswer({ careDate, decision, facts, insurers }: AnswerParts): CoverageAnswer {
  return {
    careDate,
    covered: decision.reason === 'covered',
    reason: decision.reason,
    domains: decision.domains.map(({ domain, covered, reason }) => ({
      domain,
      label: { fr: findDomain(domain)?.fr ?? domain, en: findDomain(domain)?.en ?? domain },
      covered,
      reason,
    })),
    contracts: decision.contracts.map((contract) =>
      assembleContract(contract, decision, valuesOf(facts, contract), insurers.get(contract.insurer)),
    ),
  };
}

function assembleContract(
  contract: ContractNumber,
  decision: CoverageDecision,
  values: ReadonlyMap<number, string>,
  insurer: InsurerCard | undefined,
): CoverageContract {
  const text = (number: number): string | null => values.get(number) || null;
  const day = (number: number): Day | null => readDay(values.get(number)) ?? null;
  const days = {
    onlineStart: day(field.onlineStart),
    onlineEnd: day(field.onlineEnd),
    printedEnd: day(field.printedEnd),
  };
  const responsible = text(field.responsibleContract);
  const convention = text(field.convention);
  return {
    insurer: {
      name: text(field.insurerName) ?? insurer?.name ?? null,
      amcCode: text(field.insurerCode) ?? insurer?.amcCode ?? null,
    },
    memberNumber: text(field.memberNumber),
    convention,
    csr: text(field.csr),
    responsibleContract: responsible === null ? null : isYes(responsible),
    ...days,
    domains: decision.domains
      .filter((each) => each.contracts.some((covering) => isSame(covering, contract)))
      .flatMap(({ domain }) => assembleDomain(domain, values, { convention, ...days })),
  };
}

function assembleDomain(
  domain: DomainCode,
  values: ReadonlyMap<number, string>,
  ofContract: Pick<CoverageContract, 'convention' | 'onlineStart' | 'onlineEnd' | 'printedEnd'>,
): CoveredDomain[] {
  const right = readDomainRight(values.get(domainField(domain)) ?? '');
  if (right === null) return [];
  const { convention } = ofContract;
  const usual = convention === null ? [] : [convention];
  return [
    {
      domain,
      level: right.level,
      conventions: right.conventions.length > 0 ? right.conventions : usual,
      onlineStart: right.start ?? ofContract.onlineStart,
      onlineEnd: right.onlineEnd ?? ofContract.onlineEnd,
      printedEnd: right.printedEnd ?? ofContract.printedEnd,
    },
  ];
}

function valuesOf(facts: readonly Fact[], contract: ContractNumber): ReadonlyMap<number, string> {
  const values = new Map<number, string>();
  for (const fact of facts) {
    if (isSame(fact, contract) && !values.has(fact.field)) values.set(fact.field, fact.value);
  }
  return values;
}

// Insurers' files mark it by a letter on the card, a figure or a word.
function isYes(value: string): boolean {
  return ['R', '1', 'true', 'yes', 'oui'].includes(value);
}

function isSame(a: ContractNumber, b: ContractNumber): boolean {
  return a.insurer === b.insurer && a.contract === b.contract;
}
