import type { DemoContract } from './contracts.ts';
import { asBytes, type FileSink } from './file-sink.ts';
import type { DemoDomain } from './insurers.ts';
import type { DemoPerson } from './people.ts';

/** The columns of a file of people, one row a person, contract and domain. */
export const peopleHeader =
  'nir;birthDate;birthRank;lastName;firstName;sex;departement;contractNumber;memberNumber;conventionType;' +
  'csr;responsible;startsOn;endsOn;endsOnlineOn;domain;level\n';

/** The domains of a formula that one convention settles from one day: their rows differ at the end only. */
type RowGroup = {
  readonly convention: string;
  /** When they are not the contract's. */
  readonly start: string | undefined;
  readonly printedEnd: string | undefined;
  readonly ends: readonly Uint8Array[];
};

const groupsKnown = new Map<readonly DemoDomain[], readonly RowGroup[]>();

/** Writes the rows of one contract for one person, under each number that leads to them. */
export function writePersonRows(to: FileSink, person: DemoPerson, contract: DemoContract): void {
  const birth = dashed(person.birthDate);
  const { birthRank, familyName, givenName, sex, departement } = person;
  const { contractNumber, memberNumber } = contract;
  const who =
    `;${birth};${birthRank};${bytesOf(familyName)};${bytesOf(givenName)};${sex};${departement};` +
    `${contractNumber};${memberNumber};`;
  writeRowsOf(to, person.nir + who, contract);
  for (const nir of person.otherNirs) writeRowsOf(to, nir + who, contract);
}

/** How many rows that is. */
export function countRows(person: DemoPerson, contract: DemoContract): number {
  return contract.domains.length * (1 + person.otherNirs.length);
}

/** Eight digits with dashes, as files and requests have dates. */
export function dashed(date: string): string {
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
}

function writeRowsOf(to: FileSink, start: string, contract: DemoContract): void {
  const { csr, responsible, onlineStart, printedEnd, onlineEnd } = contract;
  for (const group of groupsOf(contract.domains)) {
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

// Everybody under a formula has the same domains: what ends their rows is written once.
function groupsOf(domains: readonly DemoDomain[]): readonly RowGroup[] {
  const known = groupsKnown.get(domains);
  if (known !== undefined) return known;
  const groups = new Map<string, RowGroup & { ends: Uint8Array[] }>();
  for (const { code, level, conventions, start, printedEnd } of domains) {
    const convention = conventions[0] ?? '';
    const name = `${convention}|${start ?? ''}`;
    const group = groups.get(name) ?? { convention, start, printedEnd, ends: [] };
    groups.set(name, group);
    group.ends.push(Buffer.from(`${code};${level}\n`));
  }
  const made = [...groups.values()];
  groupsKnown.set(domains, made);
  return made;
}
