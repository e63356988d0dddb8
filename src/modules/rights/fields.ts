import { type DomainCode, domains, findDomain } from './domains.ts';

/** The version of this list: it grows with each field that may be told; no number changes its meaning. */
export const fieldsVersion = 1;

/** What an insurer may say of a person under one contract, by the bit number that ledger entries use. */
export const field = {
  insurerName: 0,
  insurerCode: 1,
  memberNumber: 2,
  convention: 3,
  csr: 4,
  responsibleContract: 5,
  onlineStart: 6,
  onlineEnd: 7,
  printedEnd: 8,
  lastName: 9,
  firstName: 10,
  sex: 11,
  departement: 12,
  contractNumber: 13,
  identity: 14,
  listing: 15,
  plan: 39,
  deathDate: 40,
} as const;

const contractFieldNames: readonly (readonly [number, string])[] = [
  [field.insurerName, 'insurer-name'],
  [field.insurerCode, 'insurer-code'],
  [field.memberNumber, 'member-number'],
  [field.convention, 'convention'],
  [field.csr, 'csr'],
  [field.responsibleContract, 'responsible-contract'],
  [field.onlineStart, 'online-start'],
  [field.onlineEnd, 'online-end'],
  [field.printedEnd, 'printed-end'],
];

/** The fields that a lookup tells of a contract as a whole; domains are 16 to 38. */
export const contractFields: readonly number[] = contractFieldNames.map(([number]) => number);

/** What is known of the person or kept beside the contract: nothing is decided on it, no lookup tells it. */
const recordFieldNames: readonly (readonly [number, string])[] = [
  [field.lastName, 'last-name'],
  [field.firstName, 'first-name'],
  [field.sex, 'sex'],
  [field.departement, 'departement'],
  [field.contractNumber, 'contract-number'],
  [field.identity, 'identity'],
  [field.listing, 'listing'],
  [field.deathDate, 'death-date'],
];

/** What a contract says besides, for those who count what it pays: a lookup needs less than that. */
const planFieldNames: readonly (readonly [number, string])[] = [[field.plan, 'plan']];

const besideCoverage: ReadonlySet<number> = new Set(recordFieldNames.map(([number]) => number));

/** Whether a fact says something of a contract that coverage is decided on. */
export function isOfCoverage(number: number): boolean {
  return !besideCoverage.has(number);
}

/** The highest bit a set of fields may use: it is stored in a signed 64-bit integer. */
export const highestField = 62;

const names: ReadonlyMap<number, string> = new Map([
  ...contractFieldNames,
  ...recordFieldNames,
  ...planFieldNames,
  ...domains.map((domain) => [domain.field, `domain-${domain.code}`] as const),
]);

/** The field that holds the level of a care domain. */
export function domainField(code: DomainCode): number {
  const domain = findDomain(code);
  if (domain === undefined) throw new Error('every domain code has a field');
  return domain.field;
}

/** The readable name of a field, for people who read a ledger entry. */
export function fieldName(number: number): string | undefined {
  return names.get(number);
}

/** Field numbers as the bit set that an entry records. */
export function fieldSet(numbers: readonly number[]): bigint {
  let set = 0n;
  for (const number of numbers) {
    if (!Number.isInteger(number) || number < 0 || number > highestField) throw new Error('no such field');
    set |= 1n << BigInt(number);
  }
  return set;
}

/** The field numbers in a bit set, ascending. */
export function fieldsIn(set: bigint): readonly number[] {
  const numbers: number[] = [];
  for (let number = 0; number <= highestField; number++) {
    if (((set >> BigInt(number)) & 1n) === 1n) numbers.push(number);
  }
  return numbers;
}
