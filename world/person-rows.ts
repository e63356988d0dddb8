import type { DemoContract } from './contracts.ts';
import { asBytes, type FileSink } from './file-sink.ts';
import type { DemoDomain } from './insurers.ts';
import type { DemoPerson } from './people.ts';

/** The columns of a file of people, one row a person, contract and domain. */
export const peopleHeader =
  'nir;birthDate;birthRank;lastName;firstName;sex;departement;contractNumber;memberNumber;conventionType;' +
  'csr;responsible;startsOn;endsOn;endsOnlineOn;domain;level;plan;deathDate\n';

/** The domains of a formula that one convention settles from one day: their rows differ at the end only. */
type RowGroup = {
  readonly convention: string;
  /** When they are not the contract's. */
  readonly start: string | undefined;
  readonly printedEnd: string | undefined;
  readonly ends: readonly Uint8Array[];
};

/** What is the same for everybody under a formula, by its domains and then its plan. */
const groupsKnown = new Map<readonly DemoDomain[], Map<string, readonly RowGroup[]>>();

/** Writes the rows of one contract for one person, under each number that leads to them. */
export function writePersonRows(to: FileSink, person: DemoPerson, contract: DemoContract): void {
  const birth = dashed(person.birthDate);
  const { birthRank, familyName, givenName, sex, departement } = person;
  const { contractNumber, memberNumber } = contract;
  const who =
    `;${birth};${birthRank};${bytesOf(familyName)};${bytesOf(givenName)};${sex};${departement};` +
    `${contractNumber};${memberNumber};`;
  const groups = groupsOf(contract, person.deathDate);
  writeRowsOf(to, person.nir + who, { contract, groups });
  for (const nir of person.otherNirs) writeRowsOf(to, nir + who, { contract, groups });
}

/** How many rows that is. */
export function countRows(person: DemoPerson, contract: DemoContract): number {
  return contract.domains.length * (1 + person.otherNirs.length);
}

/** Eight digits with dashes, as files and requests have dates. */
export function dashed(date: string): string {
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
}

type Rows = { readonly contract: DemoContract; readonly groups: readonly RowGroup[] };

function writeRowsOf(to: FileSink, start: string, { contract, groups }: Rows): void {
  const { csr, responsible, onlineStart, printedEnd, onlineEnd } = contract;
  for (const group of groups) {
    const front =
      `${start}${group.convention};${csr};${responsible};${group.start ?? onlineStart};` +
      `${group.printedEnd ?? printedEnd};${onlineEnd ?? ''};`;
    to.writeRows(front, group.ends);
  }
}

const namesKnown = new Map<string, string>();

// Names come back: each is turned into bytes once.
function bytesOf(name: string): string {
  const known = namesKnown.get(name);
  if (known !== undefined) return known;
  const made = asBytes(name);
  if (namesKnown.size < 100_000) namesKnown.set(name, made);
  return made;
}

// Everybody under a formula has the same domains and plan: what ends their rows is written once. Those who
// died are few, and each has a day of their own: theirs are not kept.
function groupsOf({ domains, plan }: DemoContract, deathDate: string | null): readonly RowGroup[] {
  if (deathDate !== null) return drawUp(domains, `${plan};${deathDate}`);
  const byPlan = groupsKnown.get(domains) ?? new Map<string, readonly RowGroup[]>();
  groupsKnown.set(domains, byPlan);
  const groups = byPlan.get(plan) ?? drawUp(domains, `${plan};`);
  byPlan.set(plan, groups);
  return groups;
}

function drawUp(domains: readonly DemoDomain[], last: string): readonly RowGroup[] {
  const groups = new Map<string, RowGroup & { ends: Uint8Array[] }>();
  for (const { code, level, conventions, start, printedEnd } of domains) {
    const convention = conventions[0] ?? '';
    const name = `${convention}|${start ?? ''}`;
    const group = groups.get(name) ?? { convention, start, printedEnd, ends: [] };
    groups.set(name, group);
    group.ends.push(Buffer.from(`${code};${level};${last}\n`));
  }
  return [...groups.values()];
}
