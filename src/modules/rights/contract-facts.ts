import type { Day } from '../../platform/clock.ts';
import type { InsurerFact } from '../vault/index.ts';
import { type DomainRight, writeDomainRight } from './domain-right.ts';
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
  for (const domain of contract.domains) add(domainField(domain.code), domainText(domain));
}

// Most people of an insurer share a formula's domains: their text is written once.
const texts = new WeakMap<ContractDomain, string>();

function domainText(domain: ContractDomain): string {
  const known = texts.get(domain);
  if (known !== undefined) return known;
  const { level, conventions, start = null, printedEnd = null, onlineEnd = null } = domain;
  const text = writeDomainRight({ level, conventions, start, printedEnd, onlineEnd });
  texts.set(domain, text);
  return text;
}
