import type { Day } from '../../platform/clock.ts';
import type { InsurerFact } from '../vault/index.ts';
import type { DomainRight } from './domain-right.ts';
import type { DomainCode } from './domains.ts';
import { domainField, field } from './fields.ts';
import type { Insurer } from './store.ts';

/** One care domain of a contract; a date that is absent is the contract's own. */
export type ContractDomain = Pick<DomainRight, 'level' | 'conventions'> & {
  readonly code: DomainCode;
  readonly start?: Day;
  readonly printedEnd?: Day;
  readonly onlineEnd?: Day;
};

/** One contract as it covers one person. */
export type Contract = {
  readonly insurer: number;
  readonly memberNumber: string;
  readonly convention: string;
  readonly csr: string;
  readonly responsible: boolean;
  readonly onlineStart: Day;
  /** Until when online answers hold, which decides. Null = no end is known. */
  readonly onlineEnd: Day | null;
  /** Until when the printed card says it holds, which only informs. */
  readonly printedEnd: Day;
  readonly domains: readonly ContractDomain[];
};

/** What each insurer says of a person under their contracts, ready to be sealed. */
export function contractFacts(
  contracts: readonly Contract[],
  insurers: ReadonlyMap<number, Insurer>,
): ReadonlyMap<number, readonly InsurerFact[]> {
  const facts = new Map<number, InsurerFact[]>();
  const counts = new Map<number, number>();
  for (const contract of contracts) {
    const insurer = insurers.get(contract.insurer);
    if (insurer === undefined) throw new Error(`there is no insurer ${contract.insurer}`);
    const index = counts.get(insurer.id) ?? 0;
    counts.set(insurer.id, index + 1);
    const said = facts.get(insurer.id) ?? [];
    facts.set(insurer.id, said);
    addFacts(said, index, { contract, insurer });
  }
  return facts;
}

function addFacts(said: InsurerFact[], index: number, from: { contract: Contract; insurer: Insurer }): void {
  const { contract, insurer } = from;
  const add = (number: number, value: string) => said.push({ field: number, contract: index, value });
  add(field.insurerName, insurer.name);
  add(field.insurerCode, insurer.amcCode);
  add(field.memberNumber, contract.memberNumber);
  add(field.convention, contract.convention);
  add(field.csr, contract.csr);
  add(field.responsibleContract, String(contract.responsible));
  add(field.onlineStart, contract.onlineStart);
  if (contract.onlineEnd !== null) add(field.onlineEnd, contract.onlineEnd);
  add(field.printedEnd, contract.printedEnd);
  said.push(...domainFacts(contract.domains, index));
}

// Everyone under a formula shares its domains: their facts are made once, and frozen because they are shared.
const made = new WeakMap<readonly ContractDomain[], Map<number, readonly InsurerFact[]>>();

function domainFacts(domains: readonly ContractDomain[], index: number): readonly InsurerFact[] {
  const known = made.get(domains) ?? new Map<number, readonly InsurerFact[]>();
  made.set(domains, known);
  const facts = known.get(index) ?? domains.map((domain) => domainFact(domain, index));
  known.set(index, facts);
  return facts;
}

function domainFact(domain: ContractDomain, index: number): InsurerFact {
  const { code, level, conventions, start, printedEnd, onlineEnd } = domain;
  // Dates left to the contract are left out: a record under 2 kB stays in one row, which loads twice as fast.
  const value = JSON.stringify({ level, conventions, start, printedEnd, onlineEnd });
  return Object.freeze({ field: domainField(code), contract: index, value });
}
