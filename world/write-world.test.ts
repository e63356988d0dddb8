import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readContract } from '../src/modules/claims/index.ts';
import { directoryColumns } from '../src/modules/rights/imports/directory.ts';
import { readDirectoryRow } from '../src/modules/rights/imports/directory-row.ts';
import type { ListedPerson } from '../src/modules/rights/people/listed-person.ts';
import { peopleColumns, peopleColumnsBesides } from '../src/modules/rights/people/people-file.ts';
import { readListedPeople } from '../src/modules/rights/people/read-listed.ts';
import { professions } from '../src/modules/rights/professions.ts';
import { isBadRow, openRows } from '../src/platform/files/index.ts';
import { insurers } from './insurers.ts';
import { plansOf } from './plans.ts';
import { FolderProblem, type WorldWritten, writeWorld } from './write-world.ts';

const asked = { people: 4_000, seed: 11, year: 2026 };
const today = '2026-06-15';
let root = '';
let folder = '';
let written: WorldWritten;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'vigie-world-'));
  folder = join(root, 'country');
  written = await writeWorld({ ...asked, folder });
});

afterAll(() => rm(root, { recursive: true, force: true }));

test('the same people, seed and year give the same bytes; another seed other ones', async () => {
  const again = join(root, 'again');
  await writeWorld({ ...asked, folder: again });
  expect(await digests(again)).toEqual(await digests(folder));
  const other = join(root, 'other');
  await writeWorld({ ...asked, seed: 12, folder: other });
  const [one, two] = [await digests(folder), await digests(other)];
  for (const [name, digest] of Object.entries(one)) {
    const isOfAll = name === 'insurers.csv' || name.startsWith('plans-');
    expect(two[name] === digest, name).toBe(isOfAll);
  }
});

test('a larger country begins with the smaller one, file by file', async () => {
  const larger = join(root, 'larger');
  await writeWorld({ ...asked, people: 4_500, folder: larger });
  for (const name of (await readdir(folder)).filter((each) =>
    /^(people|relations|professionals)/.test(each),
  )) {
    const [small, large] = await Promise.all(
      [folder, larger].map((each) => readFile(join(each, name), 'utf8')),
    );
    expect(large?.startsWith(small ?? '-'), name).toBe(true);
  }
});

test('every line of people is good for the import, and says what the counts say', async () => {
  expect(written.people).toBe(asked.people);
  const numbers = new Set<string>();
  const died = new Set<string>();
  for (const { amcCode, name, people, rows } of written.insurers) {
    const listed = await readPeople(amcCode);
    const distinct = new Set(listed.map((one) => personOf(one)));
    expect(distinct.size, name).toBe(people);
    expect(
      listed.reduce((sum, one) => sum + one.lines.length, 0),
      name,
    ).toBe(rows);
    for (const { identity } of listed)
      numbers.add(`${identity.nir13}|${identity.birthDate}|${identity.birthRank}`);
    for (const one of listed) if (one.deathDate !== '') died.add(`${one.deathDate} ${one.identity.nir13}`);
  }
  expect(written.died).toBeGreaterThan(0);
  expect(died.size).toBe(written.died);
  expect(numbers.size).toBeGreaterThan(asked.people - written.withoutCover);
});

test('an insurer has several contracts, conventions and member numbers; households share', async () => {
  const [largest] = written.insurers;
  const listed = await readPeople(largest?.amcCode ?? '');
  const contracts = listed.flatMap((one) => one.contracts);
  expect(new Set(contracts.map(({ convention }) => convention))).toEqual(new Set(insurers[0]?.conventions));
  const members = new Map<string, Set<string>>();
  for (const { departement, contracts: its } of listed) {
    for (const { memberNumber } of its)
      members.set(memberNumber, (members.get(memberNumber) ?? new Set()).add(departement));
  }
  expect(members.size).toBeGreaterThan(200);
  expect(members.size).toBeLessThan(listed.length);
  const employers = contracts.filter(({ contractNumber }) => contractNumber.startsWith('E'));
  expect(employers.length).toBeGreaterThan(contracts.length / 5);
});

test('beside an insurer’s people stand the plans that their contracts name', async () => {
  for (const insurer of insurers) {
    const own = join(folder, `plans-${insurer.amcCode}`);
    const texts = await Promise.all((await readdir(own)).map((name) => readFile(join(own, name), 'utf8')));
    expect([...texts].sort()).toEqual(
      plansOf(insurer)
        .map(({ document }) => document)
        .sort(),
    );
    const names = new Set(texts.map((text) => readContract(text).contract.id));
    const listed = (await readPeople(insurer.amcCode)).flatMap(({ contracts }) => contracts);
    expect(listed.filter(({ plan }) => !names.has(plan ?? ''))).toEqual([]);
  }
});

test('every line of professionals is good for the import, of every profession', async () => {
  const file = await openRows(join(folder, 'professionals.txt'), directoryColumns);
  const found: Record<string, number> = {};
  for await (const rows of file.batches()) {
    for (const row of rows) {
      if (isBadRow(row)) expect.fail(`line ${row.line}: ${row.reason}`);
      const read = readDirectoryRow(row.values, { lenient: false });
      if (!('rule' in read)) expect.fail(`line ${row.line}: ${JSON.stringify(read)}`);
      const profession = read.rule.ours ?? '';
      found[profession] = (found[profession] ?? 0) + 1;
    }
  }
  expect(found).toEqual(written.professionals);
  expect(Object.keys(found).sort()).toEqual(professions.map(({ code }) => code).sort());
});

test('relations name professionals and people of the other files', async () => {
  const known = new Set<string>();
  for (const { amcCode } of insurers) {
    for (const { identity } of await readPeople(amcCode))
      known.add(`${identity.nir13}|${identity.birthDate}|${identity.birthRank}`);
  }
  const directory = await readFile(join(folder, 'professionals.txt'), 'utf8');
  const staff = new Set(
    directory
      .split('\n')
      .slice(1)
      .map((line) => placeOf(line.split('|'))),
  );
  const lines = (await readFile(join(folder, 'relations.csv'), 'utf8')).trimEnd().split('\n').slice(1);
  expect(lines).toHaveLength(written.relations);
  expect(new Set(lines).size).toBe(lines.length);
  for (const line of lines) {
    const [, rpps, finess, nir = '', birthDate = '', rank] = line.split(';');
    expect(staff.has(`${rpps} ${finess}`)).toBe(true);
    expect(known.has(`${nir.slice(0, 13)}|${birthDate.replaceAll('-', '')}|${rank}`)).toBe(true);
  }
});

test('a folder with files in it is left as it is', async () => {
  const before = await digests(folder);
  await expect(writeWorld({ ...asked, folder })).rejects.toThrow(FolderProblem);
  expect(await digests(folder)).toEqual(before);
});

async function digests(of: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(of, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found[relative(of, path)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return found;
}

async function readPeople(amcCode: string): Promise<ListedPerson[]> {
  const columns = { required: peopleColumns, optional: peopleColumnsBesides };
  const file = await openRows(join(folder, `people-${amcCode}.csv`), columns);
  const listed: ListedPerson[] = [];
  const reject = (bad: { line: number; reason: string }) => expect.fail(`line ${bad.line}: ${bad.reason}`);
  const rules = { today, lenient: false, amcCode };
  for await (const some of readListedPeople(file, rules, { reject, onLines: () => {} })) listed.push(...some);
  return listed;
}

// Under each number that leads to somebody, the same names, birth and member number.
function personOf({ identity, lastName, firstName, sex, contracts: [contract] }: ListedPerson): string {
  const { birthDate, birthRank } = identity;
  return [birthDate, birthRank, lastName, firstName, sex, contract?.memberNumber].join('|');
}

function placeOf(columns: readonly string[]): string {
  return `${columns[1]} ${columns[21]}`;
}
