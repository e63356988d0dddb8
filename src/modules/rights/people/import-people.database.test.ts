import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { fileOf, ImportBench, levant, nirOf } from '../../../../tests/importing.ts';
import { nirKey } from '../../vault/index.ts';
import { field } from '../fields.ts';
import { replaceHoney } from '../noticing/store.ts';

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

const other = { nir: nirOf('1700729019042'), firstName: 'Paul', lastName: 'Le Gall', sex: '1' };

test('a person goes in with every domain, and is found by number, birth date and rank', async () => {
  const { counts, bad } = await bench.import(
    fileOf([{}, { domain: 'OPTI', level: 'PEC' }, { domain: 'LARA' }]),
  );
  expect(bad).toEqual([]);
  expect(counts).toMatchObject({ lines: 3, people: 1, added: 1, changed: 0, rejected: 0 });
  expect(await bench.covered('2026-06-01')).toBe('covered');
  const facts = await bench.facts();
  expect(facts?.find((fact) => fact.field === field.lastName)?.value).toBe('Kerbrat');
  expect(facts?.filter((fact) => fact.field >= 16)).toHaveLength(4);
  expect(await bench.subject({ birthRank: 2 })).toBeNull();
});

test('the same file twice changes nothing, whatever the order of its lines', async () => {
  const lines = [{}, { domain: 'OPTI' }, { domain: 'LABO' }, other];
  await bench.import(fileOf(lines));
  const before = await database.owner`select * from rights.sealed order by subject`;
  const again = await bench.import(fileOf([{ domain: 'LABO' }, {}, { domain: 'OPTI' }, other]));
  expect(again.counts).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  expect(await database.owner`select * from rights.sealed order by subject`).toEqual(before);
});

test('a newer file updates: a level, an end, a domain that is gone', async () => {
  await bench.import(fileOf([{}, { domain: 'OPTI' }, other]));
  const { counts } = await bench.import(fileOf([{ level: '65%', endsOnlineOn: '2026-05-31' }, other]));
  expect(counts).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
  expect(await bench.covered('2026-05-31')).toBe('covered');
  expect(await bench.covered('2026-06-01')).toBe('ended');
  expect((await bench.facts())?.filter((fact) => fact.field >= 16)).toHaveLength(1);
});

test('people who changed insurer keep their name in the ledger, and both insurers’ word', async () => {
  await bench.import(fileOf([{}]));
  const subject = await bench.subject();
  await bench.import(fileOf([{ endsOnlineOn: '2026-03-31' }]));
  await bench.import(fileOf([{ startsOn: '2026-04-01', contractNumber: 'L9' }]), { insurer: levant });
  expect(await bench.subject()).toBe(subject);
  expect(await bench.covered('2026-04-01')).toBe('covered');
  expect(new Set((await bench.facts())?.map(({ insurer }) => insurer))).toEqual(new Set([1, 2]));
});

test('twins under one number are told apart by their rank', async () => {
  const child = { birthDate: '2019-02-03', lastName: 'Kerbrat' };
  await bench.import(
    fileOf([
      { ...child, firstName: 'Luce' },
      { ...child, firstName: 'Zoé', birthRank: '2' },
    ]),
  );
  const first = await bench.subject({ birthDate: '2019-02-03' });
  const second = await bench.subject({ birthDate: '2019-02-03', birthRank: 2 });
  expect(first).not.toBeNull();
  expect(second).not.toBeNull();
  expect(second).not.toBe(first);
});

test('a child under two parents is one person, and stays one when the file comes again', async () => {
  const child = { birthDate: '2019-02-03', firstName: 'Luce' };
  const lines = [child, other, { ...child, nir: other.nir }];
  const { counts } = await bench.import(fileOf(lines));
  expect(counts).toMatchObject({ added: 2 });
  const subject = await bench.subject({ birthDate: '2019-02-03' });
  expect(await bench.subject({ nir: other.nir, birthDate: '2019-02-03' })).toBe(subject);
  const again = await bench.import(fileOf(lines), { complete: true });
  expect(again.counts).toMatchObject({ added: 0, changed: 0, closed: 0 });
  expect(await bench.subject({ nir: other.nir, birthDate: '2019-02-03' })).toBe(subject);
});

test('a corrected number leads to the same person; the wrong one goes with a complete file', async () => {
  await bench.import(fileOf([{ nir: nirOf('2840529019042') }, other]));
  const subject = await bench.subject({ nir: nirOf('2840529019042') });
  const right = nirOf('2840577288123');
  await bench.import(fileOf([{ nir: right }, other]));
  expect(await bench.subject({ nir: right })).toBe(subject);
  // Nobody said yet that the first one is wrong: it may be a second parent’s.
  expect(await bench.subject({ nir: nirOf('2840529019042') })).toBe(subject);
  await bench.import(fileOf([{ nir: right }, other]), { complete: true });
  expect(await bench.subject({ nir: right })).toBe(subject);
  expect(await bench.subject({ nir: nirOf('2840529019042') })).toBeNull();
});

test('a waiting number (NIA) that became a NIR is a corrected number', async () => {
  const waiting = nirOf('2849999350001');
  await bench.import(fileOf([{ nir: waiting }, other]));
  const subject = await bench.subject({ nir: waiting });
  await bench.import(fileOf([{ nir: nirOf('2840599350042') }, other]), { complete: true });
  expect(await bench.subject({ nir: nirOf('2840599350042') })).toBe(subject);
  expect(await bench.subject({ nir: waiting })).toBeNull();
});

test('a death ends the rights on its day; the person stays, for what was disclosed before', async () => {
  await bench.import(fileOf([{}, other]));
  const { counts } = await bench.import(fileOf([{ endsOnlineOn: '2026-09-14' }, other]));
  expect(counts.changed).toBe(1);
  expect(await bench.covered('2026-09-14')).toBe('covered');
  expect(await bench.covered('2026-09-15')).toBe('ended');
});

test('homonyms born on the same day are two people', async () => {
  await bench.import(fileOf([{}, { nir: nirOf('2840544109077'), contractNumber: 'C2', memberNumber: 'M2' }]));
  expect(await bench.subject({ nir: nirOf('2840544109077') })).not.toBe(await bench.subject());
});

test('two covers by one insurer: each contract is replaced by itself', async () => {
  await bench.import(fileOf([{}, { contractNumber: 'C2', domain: 'OPTI', csr: '9' }]));
  await bench.import(fileOf([{ contractNumber: 'C2', domain: 'OPTI', csr: '8' }]));
  const csr = (await bench.facts())?.filter((fact) => fact.field === field.csr).map(({ value }) => value);
  expect(csr?.sort()).toEqual(['20205', '8']);
});

test('a gap between two contracts is a gap', async () => {
  const first = { contractNumber: 'C1', endsOnlineOn: '2025-12-31', endsOn: '2025-12-31' };
  await bench.import(fileOf([first, { contractNumber: 'C2', startsOn: '2026-03-01' }]));
  expect(await bench.covered('2025-12-31')).toBe('covered');
  expect(await bench.covered('2026-02-01')).not.toBe('covered');
  expect(await bench.covered('2026-03-01')).toBe('covered');
});

test('a domain with days of its own keeps them', async () => {
  await bench.import(fileOf([{ domain: 'OPTI' }, { startsOn: '2026-07-01' }]));
  expect(await bench.covered('2026-06-30')).toBe('not-started');
  expect(await bench.covered('2026-07-01')).toBe('covered');
});

test('somebody who turns out to have a honey person’s number takes it from them', async () => {
  const mark = (nir13: string) => nirKey(bench.keys, nir13);
  const both = [mark('1700729019042'), mark('1700729019055')];
  await database.owner.begin((tx) => replaceHoney(tx, both));
  await bench.import(fileOf([{}, other]));
  const left = await database.owner`select nir_key as mark from rights.honey`;
  expect(left.map((row) => row.mark)).toEqual([both[1]]);
});
