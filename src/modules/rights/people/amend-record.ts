import type { Day } from '../../../platform/clock.ts';
import { assert } from '../../../platform/errors.ts';
import { type AmendedRecord, declareAmendment, type Fact, type Identity } from '../../vault/index.ts';
import type { ListedContract, ListedPerson } from './listed-person.ts';
import {
  type PersonRecord,
  type RecordContract,
  type RecordDomain,
  type RecordIdentity,
  readRecord,
  recordLink,
  recordText,
} from './person-record.ts';

/** The file that is being read. */
export type Listing = {
  /** Its number. */
  readonly number: number;
  /** Whether it says of itself that it lists everybody. */
  readonly complete: boolean;
};

/** A person that a file lists, for a record that exists. `again`: the same file listed them before. */
export type ListAgain = {
  readonly person: ListedPerson;
  readonly listing: Listing;
  readonly again: boolean;
};

/** What an ended file leaves behind; rights that it no longer gives end on the day before. */
export type EndOfFile = { readonly listing: Listing; readonly lastDay: Day };

/** The record of a person whom nothing was known of. */
export function newRecord(person: ListedPerson, listing: Listing): PersonRecord {
  const { lastName, firstName, sex, departement, identity } = person;
  const contracts = person.contracts.map((each) => ({
    ...each,
    plan: each.plan ?? '',
    listing: listing.number,
  }));
  const deathDate = person.deathDate ?? '';
  return { lastName, firstName, sex, departement, deathDate, identities: [identity], contracts };
}

/**
 * What a file lists replaces what was known at once. What it does not list of a contract stays, marked, until
 * the file ends: its lines may come later, and a file that stops half-way must take nothing from anybody.
 */
export function listAgain(record: PersonRecord, { person, listing, again }: ListAgain): PersonRecord {
  const { lastName, firstName, sex, departement } = person;
  const deathDate = person.deathDate ?? record.deathDate;
  const others = record.contracts.filter(
    ({ contractNumber }) => !person.contracts.some((each) => each.contractNumber === contractNumber),
  );
  const listed = person.contracts.map((contract) => listContract(record, contract, listing));
  const contracts = [...others, ...listed].sort((a, b) => (a.contractNumber < b.contractNumber ? -1 : 1));
  const identities = listIdentity(record.identities, person.identity, again);
  return { lastName, firstName, sex, departement, deathDate, identities, contracts };
}

/** The end of a file: what it marked goes; a complete one also closes the contracts that it did not list. */
export function endListing(record: PersonRecord, { listing, lastDay }: EndOfFile): PersonRecord {
  const contracts = record.contracts.map((contract) => {
    const domains = contract.domains.filter(({ stale }) => stale !== true);
    const kept = domains.length === contract.domains.length ? contract : { ...contract, domains };
    return listing.complete && contract.listing !== listing.number ? closeContract(kept, lastDay) : kept;
  });
  const identities = listing.complete
    ? record.identities.filter(({ stale }) => stale !== true)
    : record.identities;
  return { ...record, identities, contracts };
}

/** Every contract ends: a complete file no longer lists the person. */
export function closeRecord(record: PersonRecord, lastDay: Day): PersonRecord {
  return { ...record, contracts: record.contracts.map((each) => closeContract(each, lastDay)) };
}

/** Whether something in a record waits for the end of the file. */
export function isPending(record: PersonRecord, listing: Listing): boolean {
  const { contracts, identities } = record;
  return (
    contracts.some(({ domains }) => domains.some(({ stale }) => stale === true)) ||
    identities.some(({ stale }) => stale === true) ||
    (listing.complete && contracts.some((each) => each.listing !== listing.number && each.closed !== true))
  );
}

export const listingAmendment = declareAmendment('list again', (facts: readonly Fact[], input: ListAgain) => {
  const { listing } = input;
  const before = readRecord(facts);
  const after = listAgain(before, input);
  const is = amended(before, after, isPending(after, listing));
  // This file wrote the record when it listed another contract: that this one is listed too is to be kept,
  // though its lines change nothing, or the end of the file closes it.
  const waited =
    isPending(before, listing) && before.contracts.some((each) => each.listing === listing.number);
  return { ...is, mustWrite: is.mustWrite || waited };
});

export const endAmendment = declareAmendment('end of file', (facts: readonly Fact[], input: EndOfFile) => {
  const before = readRecord(facts);
  const after = endListing(before, input);
  const waits = after.identities.some(({ stale }) => stale === true);
  return { ...amended(before, after, waits), mustWrite: true };
});

export const closeAmendment = declareAmendment('close', (facts: readonly Fact[], lastDay: Day) => {
  const before = readRecord(facts);
  return { ...amended(before, closeRecord(before, lastDay), false), mustWrite: true };
});

/** Groups of lines of one person whom nothing was known of, as one record; at least one group. */
export function joinPeople(people: readonly ListedPerson[], listing: Listing): PersonRecord {
  const [first, ...others] = people;
  assert(first !== undefined, 'a person of a file has lines');
  return others.reduce(
    (record, person) => listAgain(record, { person, listing, again: true }),
    newRecord(first, listing),
  );
}

function amended(before: PersonRecord, after: PersonRecord, pending: boolean): AmendedRecord {
  const { compared, kept } = recordText(after);
  const added = after.identities.filter((each) => !before.identities.some((old) => isSame(old, each)));
  const dropped = before.identities.filter((old) => !after.identities.some((each) => isSame(old, each)));
  const marksMoved = before.identities.some(
    (old) => after.identities.find((each) => isSame(old, each))?.stale !== old.stale,
  );
  const mustWrite = pending || added.length > 0 || dropped.length > 0 || marksMoved;
  return { compared, kept, link: recordLink(after), mustWrite, pending, added, dropped };
}

function listContract(record: PersonRecord, listed: ListedContract, listing: Listing): RecordContract {
  const known = record.contracts.find(({ contractNumber }) => contractNumber === listed.contractNumber);
  const missing = (known?.domains ?? []).filter(
    ({ code }) => !listed.domains.some((each) => each.code === code),
  );
  const plan = listed.plan ?? known?.plan ?? '';
  if (missing.length === 0) return { ...listed, plan, listing: listing.number };
  // Listed earlier in this same file: what it said then still holds.
  const isAgain = known?.listing === listing.number;
  const left = isAgain ? missing : missing.map((domain): RecordDomain => ({ ...domain, stale: true }));
  return { ...listed, plan, listing: listing.number, domains: [...listed.domains, ...left] };
}

function listIdentity(
  known: readonly RecordIdentity[],
  listed: Required<Identity>,
  again: boolean,
): readonly RecordIdentity[] {
  const isKnown = known.some((each) => isSame(each, listed));
  const others = known.filter((each) => !isSame(each, listed));
  // A number that is new, for somebody whom this file had not listed under another: the old one may be wrong.
  const left = isKnown || again ? others : others.map((each) => ({ ...each, stale: true as const }));
  return [...left, listed];
}

function closeContract(contract: RecordContract, lastDay: Day): RecordContract {
  const days = { ...contract.days, onlineEnd: earlier(contract.days.onlineEnd, lastDay) };
  const domains = contract.domains.map((domain) =>
    domain.days === undefined
      ? domain
      : { ...domain, days: { ...domain.days, onlineEnd: earlier(domain.days.onlineEnd, lastDay) } },
  );
  return { ...contract, days, domains, closed: true };
}

function earlier(one: Day | null, other: Day): Day {
  return one !== null && one < other ? one : other;
}

function isSame(one: Identity, other: Identity): boolean {
  return one.nir13 === other.nir13 && one.birthDate === other.birthDate && one.birthRank === other.birthRank;
}
