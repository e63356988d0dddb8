import type { Day } from '../../../platform/clock.ts';
import { type Fact, type FactsText, factsText, type Identity, type InsurerFact } from '../../vault/index.ts';
import { isStaleRight, readDomainRight, writeDomainRight } from '../domain-right.ts';
import { domains as allDomains, type DomainCode } from '../domains.ts';
import { domainField, field, isOfCoverage } from '../fields.ts';
import type { ListedContract, ListedDomain, ListedPerson, RightDays } from './listed-person.ts';

/** A domain of a stored contract; stale: the file that is being read no longer lists it. */
export type RecordDomain = ListedDomain & { readonly stale?: true };

/** A contract as it is stored; `listing` is the number of the import that last wrote it. */
export type RecordContract = Omit<ListedContract, 'plan' | 'domains'> & {
  /** Empty when it names none. */
  readonly plan: string;
  readonly listing: number;
  /** A complete file no longer listed it: it stays, ended, and is compared with nothing. */
  readonly closed?: true;
  readonly domains: readonly RecordDomain[];
};

/** A number that leads to the person; stale: the insurer lists the person under another one now. */
export type RecordIdentity = Required<Identity> & { readonly stale?: true };

/** What one insurer says of one person. */
export type PersonRecord = Pick<ListedPerson, 'lastName' | 'firstName' | 'sex' | 'departement'> & {
  /** Empty when no death is known. */
  readonly deathDate: Day;
  readonly identities: readonly RecordIdentity[];
  readonly contracts: readonly RecordContract[];
};

/** A record as the text of its facts: what files say of it, and what is kept beside. */
export function recordText(record: PersonRecord): { compared: FactsText; kept: FactsText } {
  const person = [
    fact(field.lastName, 0, record.lastName),
    fact(field.firstName, 0, record.firstName),
    fact(field.sex, 0, record.sex),
    fact(field.departement, 0, record.departement),
  ];
  // What is not known has no fact: records of before these columns are said in the same text, and stay.
  if (record.deathDate !== '') person.push(fact(field.deathDate, 0, record.deathDate));
  const kept: (InsurerFact | readonly InsurerFact[])[] = record.identities.map((identity) =>
    fact(field.identity, 0, writeIdentity(identity)),
  );
  const said: (InsurerFact | readonly InsurerFact[])[] = person;
  record.contracts.forEach((contract, index) => {
    const { listing, closed } = contract;
    kept.push(fact(field.listing, index, closed === true ? `${listing}|closed` : String(listing)));
    (closed === true ? kept : said).push(...contractFacts(contract, index));
  });
  return { compared: factsText(said), kept: factsText(kept) };
}

/** How the insurer itself names the person: the same for a child under either parent's number. */
export function recordLink(record: PersonRecord): string {
  const [first] = record.identities;
  const { contracts } = record;
  const member = (contracts.find(({ closed }) => closed !== true) ?? contracts[0])?.memberNumber ?? '';
  const born = `${first?.birthDate ?? ''}|${first?.birthRank ?? ''}`;
  return `${member}|${born}|${foldName(record.firstName)}|${record.sex}`;
}

/** Reads a record back from its facts. */
export function readRecord(facts: readonly Fact[]): PersonRecord {
  const of = (number: number, contract: number) =>
    facts.find((each) => each.field === number && each.contract === contract)?.value ?? '';
  const indexes = [...new Set(facts.filter((each) => isOfContract(each.field)).map((each) => each.contract))];
  return {
    lastName: of(field.lastName, 0),
    firstName: of(field.firstName, 0),
    sex: of(field.sex, 0),
    departement: of(field.departement, 0),
    deathDate: of(field.deathDate, 0),
    identities: facts.filter((each) => each.field === field.identity).map(({ value }) => readIdentity(value)),
    contracts: indexes
      .sort((a, b) => a - b)
      .map((index) =>
        readContract(
          index,
          facts.filter((each) => each.contract === index),
        ),
      ),
  };
}

/** A name as it is compared: accents, case and what stands between letters do not tell people apart. */
export function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toUpperCase();
}

function contractFacts(contract: RecordContract, index: number): (InsurerFact | readonly InsurerFact[])[] {
  const { days } = contract;
  const facts: (InsurerFact | readonly InsurerFact[])[] = [
    fact(field.contractNumber, index, contract.contractNumber),
    fact(field.memberNumber, index, contract.memberNumber),
    fact(field.convention, index, contract.convention),
    fact(field.csr, index, contract.csr),
    fact(field.responsibleContract, index, String(contract.responsible)),
    fact(field.onlineStart, index, days.start),
  ];
  if (contract.plan !== '') facts.push(fact(field.plan, index, contract.plan));
  if (days.onlineEnd !== null) facts.push(fact(field.onlineEnd, index, days.onlineEnd));
  if (days.printedEnd !== null) facts.push(fact(field.printedEnd, index, days.printedEnd));
  facts.push(domainFacts(contract, index));
  return facts;
}

// Everyone under a formula shares its list of domains: its facts are made once for each place of a contract.
const made = new WeakMap<readonly RecordDomain[], (readonly InsurerFact[] | undefined)[]>();

function domainFacts(contract: RecordContract, index: number): readonly InsurerFact[] {
  const { domains } = contract;
  if (!Object.isFrozen(domains)) return domains.map((each) => domainFact(each, index, contract));
  const known = made.get(domains) ?? [];
  made.set(domains, known);
  const facts =
    known[index] ?? Object.freeze(domains.map((each) => Object.freeze(domainFact(each, index, contract))));
  known[index] = facts;
  return facts;
}

function domainFact(domain: RecordDomain, index: number, contract: RecordContract): InsurerFact {
  const { days: of } = contract;
  const { code, level, convention, days = of, stale } = domain;
  const right = {
    level,
    conventions: convention === contract.convention ? [] : [convention],
    start: days.start === of.start ? null : days.start,
    printedEnd: days.printedEnd === of.printedEnd ? null : days.printedEnd,
    onlineEnd: days.onlineEnd === of.onlineEnd ? null : days.onlineEnd,
    ...(stale === true ? { stale } : {}),
  };
  return fact(domainField(code), index, writeDomainRight(right));
}

function readContract(index: number, facts: readonly Fact[]): RecordContract {
  const text = (number: number) => facts.find((each) => each.field === number)?.value ?? '';
  const day = (number: number): Day | null => text(number) || null;
  const days = {
    start: text(field.onlineStart),
    printedEnd: day(field.printedEnd),
    onlineEnd: day(field.onlineEnd),
  };
  const convention = text(field.convention);
  return {
    // Records loaded before contracts had numbers are told apart by their place.
    contractNumber: text(field.contractNumber) || `#${index}`,
    memberNumber: text(field.memberNumber),
    convention,
    csr: text(field.csr),
    responsible: text(field.responsibleContract) === 'true',
    plan: text(field.plan),
    days,
    listing: Number.parseInt(text(field.listing), 10) || 0,
    ...(text(field.listing).endsWith('|closed') ? { closed: true as const } : {}),
    domains: allDomains.flatMap(({ code }) => {
      const value = facts.find((each) => each.field === domainField(code))?.value;
      return value === undefined ? [] : [readDomain(code, value, { days, convention })];
    }),
  };
}

function readDomain(
  code: DomainCode,
  value: string,
  of: { days: RightDays; convention: string },
): RecordDomain {
  const right = readDomainRight(value);
  if (right === null) return { code, level: '', convention: of.convention, stale: true };
  const { level, conventions, start, printedEnd, onlineEnd } = right;
  const [convention = of.convention] = conventions;
  const hasOwn = start !== null || printedEnd !== null || onlineEnd !== null;
  const days = {
    start: start ?? of.days.start,
    printedEnd: printedEnd ?? of.days.printedEnd,
    onlineEnd: onlineEnd ?? of.days.onlineEnd,
  };
  const stale = isStaleRight(value);
  return { code, level, convention, ...(hasOwn ? { days } : {}), ...(stale ? { stale: true as const } : {}) };
}

/** An identity fact, as `readIdentity` reads it. */
export function writeIdentity({ nir13, birthDate, birthRank, stale }: RecordIdentity): string {
  return `${nir13}|${birthDate}|${birthRank}${stale === true ? '|stale' : ''}`;
}

/** Reads an identity fact: `NIR13|YYYYMMDD|rank`, and whether it waits to be dropped. */
export function readIdentity(value: string): RecordIdentity {
  const [nir13 = '', birthDate = '', rank = '1', stale] = value.split('|');
  const identity = { nir13, birthDate, birthRank: Number(rank) };
  return stale === 'stale' ? { ...identity, stale: true } : identity;
}

function isOfContract(number: number): boolean {
  return findContractField.has(number) || (number >= 16 && isOfCoverage(number));
}

const findContractField = new Set<number>([field.contractNumber, field.memberNumber, field.convention]);

function fact(number: number, contract: number, value: string): InsurerFact {
  return { field: number, contract, value };
}
