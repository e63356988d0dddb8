import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { fileOf, ImportBench, type Line, nirOf } from '../../../../tests/importing.ts';
import { parisDay, systemClock } from '../../../platform/clock.ts';
import { field } from '../fields.ts';

let database: TestDatabase;
let bench: ImportBench;

beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.owner`
    truncate vault.person, vault.lookup_key, vault.wrapped_key, vault.insurer_key, rights.sealed,
      rights.insurer, rights.import restart identity cascade`;
  bench = new ImportBench(database);
  await bench.enrol();
});

const confort = 'Ponant Confort';
const other = {
  nir: nirOf('1700729019042'),
  firstName: 'Paul',
  lastName: 'Le Gall',
  sex: '1',
  memberNumber: 'M2',
};
const usualNir = nirOf('1840577288123');

/** What is known of a person, contract by contract: its plan, and the day of death. */
async function known(nir = usualNir) {
  const facts = (await bench.facts({ nir })) ?? [];
  const value = (number: number, contract: number) =>
    facts.find((each) => each.field === number && each.contract === contract)?.value;
  const contracts = facts.filter((each) => each.field === field.contractNumber);
  return {
    plans: contracts.map(({ contract }) => value(field.plan, contract)),
    death: value(field.deathDate, 0),
  };
}

/** The records as they are stored, by subject. */
const stored = () => database.owner`select * from rights.sealed order by subject`;

test('each contract names its plan, and a day of death is the person’s', async () => {
  const second = { contractNumber: 'C2', domain: 'OPTI', plan: 'Ponant Option L’Optique 2.0' };
  const lines = [{ plan: confort }, { plan: confort, domain: 'LABO' }, second];
  const { bad } = await bench.import(
    fileOf([...lines.map((each) => ({ ...each, deathDate: '2026-02-03' })), other]),
  );
  expect(bad).toEqual([]);
  expect(await known()).toEqual({ plans: [confort, second.plan], death: '2026-02-03' });
  expect(await known(other.nir)).toEqual({ plans: [undefined], death: undefined });
});

test('a lookup decides as if neither were there', async () => {
  await bench.import(fileOf([{ plan: confort, deathDate: '2026-02-03' }]));
  expect(await bench.covered('2026-06-01')).toBe('covered');
});

test('a plan that changed is sealed anew for that person alone', async () => {
  await bench.import(fileOf([{ plan: confort }, { ...other, plan: confort }]));
  const subject = await bench.subject();
  const before = await stored();
  const { counts } = await bench.import(fileOf([{ plan: 'Ponant Équilibre' }, { ...other, plan: confort }]));
  expect(counts).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
  const after = await stored();
  expect((await known()).plans).toEqual(['Ponant Équilibre']);
  const same = before.filter((row, place) => row.ciphertext.equals(after[place]?.ciphertext));
  expect(same.map((row) => row.subject)).toEqual([await bench.subject({ nir: other.nir })]);
  expect(await bench.subject()).toBe(subject);
});

test('a file without the columns says nothing of them: all stays, and nobody is sealed anew', async () => {
  await bench.import(fileOf([{ plan: confort, deathDate: '2026-02-03' }, other]));
  const before = await stored();
  for (const complete of [false, true]) {
    const dry = await bench.import(fileOf([{}, other]), { complete, dryRun: true });
    const { counts } = await bench.import(fileOf([{}, other]), { complete });
    expect(counts).toMatchObject({ added: 0, changed: 0, unchanged: 2, closed: 0 });
    expect({ ...counts, lines: 2 }).toEqual(dry.counts);
    expect(await stored()).toEqual(before);
  }
  await bench.import(fileOf([{ level: '65%' }, other]));
  expect(await known()).toEqual({ plans: [confort], death: '2026-02-03' });
});

test('a record of before these columns stays as it is when a file has them, empty', async () => {
  await bench.import(fileOf([{}, other]));
  const before = await stored();
  const { counts } = await bench.import(fileOf([{ plan: '', deathDate: '' }, other]));
  expect(counts).toMatchObject({ changed: 0, unchanged: 2 });
  expect(await stored()).toEqual(before);
});

test('an empty value takes back what was said', async () => {
  await bench.import(fileOf([{ plan: confort, deathDate: '2026-02-03' }]));
  const { counts } = await bench.import(fileOf([{ plan: '', deathDate: '' }]));
  expect(counts.changed).toBe(1);
  expect(await known()).toEqual({ plans: [undefined], death: undefined });
});

test('of NDJSON, a name that is not there says nothing, and null takes back', async () => {
  const [header = '', line = ''] = fileOf([{ plan: confort, deathDate: '2026-02-03' }]).split('\n');
  const names = header.split(';');
  const object = Object.fromEntries(line.split(';').map((text, place) => [names[place], text]));
  const { plan: _, deathDate: __, ...without } = object;
  await bench.import(JSON.stringify(object));
  expect((await bench.import(JSON.stringify(without))).counts).toMatchObject({ changed: 0, unchanged: 1 });
  expect(await known()).toEqual({ plans: [confort], death: '2026-02-03' });
  await bench.import(JSON.stringify({ ...object, plan: null, deathDate: null }));
  expect(await known()).toEqual({ plans: [undefined], death: undefined });
});

test('a contract that is closed keeps its plan, and so does one of a person who is', async () => {
  const second = { contractNumber: 'C2', domain: 'OPTI', plan: 'Ponant Option' };
  await bench.import(fileOf([{ plan: confort }, second, { ...other, plan: confort }]));
  const how = { complete: true, confirmClosures: true };
  expect((await bench.import(fileOf([second]), how)).counts.closed).toBe(1);
  expect((await known()).plans.sort()).toEqual([confort, 'Ponant Option']);
  expect(await known(other.nir)).toEqual({ plans: [confort], death: undefined });
  expect(await bench.covered('2099-01-15')).not.toBe('covered');
});

test('lines that do not stand together come to the same', async () => {
  const said = { plan: confort, deathDate: '2026-02-03' };
  await bench.import(fileOf([said, other, { ...said, domain: 'OPTI' }]));
  expect(await known()).toEqual({ plans: [confort], death: '2026-02-03' });
  await bench.import(fileOf([{ domain: 'OPTI' }, other, {}]));
  expect(await known()).toEqual({ plans: [confort], death: '2026-02-03' });
});

// The columns stand last here: a line that repeats what stands before its domain may differ in them.
const disagreements: readonly (readonly [Line, Line, string])[] = [
  [{ plan: confort }, { domain: 'OPTI', plan: 'Ponant Équilibre' }, 'contractNumber'],
  [{ plan: confort }, { domain: 'OPTI' }, 'contractNumber'],
  [{ deathDate: '2026-02-03' }, { domain: 'OPTI', deathDate: '2026-02-04' }, 'deathDate'],
  [{ deathDate: '2026-02-03' }, { contractNumber: 'C2' }, 'deathDate'],
];

test.each(disagreements)('%o and %o of one person contradict each other', async (one, two, column) => {
  const { counts, bad } = await bench.import(fileOf([one, two]));
  expect(counts.added).toBe(0);
  expect(bad).toMatchObject([
    { line: 3, column, reason: 'not-as-on-the-line-before' },
    { line: 2, column: null, reason: 'another-line-of-this-person:3' },
  ]);
});

const tomorrow = parisDay(systemClock.now() + 86_400_000_000n);
const wrong: readonly (readonly [Line, string, string])[] = [
  [{ plan: 'x'.repeat(61) }, 'plan', 'too-long'],
  [{ plan: '=cmd()' }, 'plan', 'not-a-plan'],
  [{ plan: ' Confort' }, 'plan', 'not-a-plan'],
  [{ plan: 'E\u0301quilibre' }, 'plan', 'not-a-plan'],
  [{ deathDate: '2026-02-30' }, 'deathDate', 'not-a-death-date'],
  [{ deathDate: '03/02/2026' }, 'deathDate', 'not-a-death-date'],
  [{ deathDate: tomorrow }, 'deathDate', 'not-a-death-date'],
];

test.each(wrong)('%o is refused at %s: %s', async (line, column, reason) => {
  const { counts, bad } = await bench.import(fileOf([line]));
  expect(bad).toMatchObject([{ line: 2, column, reason }]);
  expect(counts.added).toBe(0);
});

test.each([
  { plan: 'É'.repeat(60) },
  { plan: '2.0 L’Essentiel_A-B/C' },
  { deathDate: parisDay(systemClock.now()) },
])('%o goes in', async (line) => {
  const { bad } = await bench.import(fileOf([line]));
  expect(bad).toEqual([]);
  const { plans, death } = await known();
  expect({ plan: plans[0], deathDate: death }).toEqual({ plan: undefined, deathDate: undefined, ...line });
});
