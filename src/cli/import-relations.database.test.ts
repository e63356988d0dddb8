import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BesideDatabase, besideDatabase } from '../../tests/beside-database.ts';
import { directoryFile } from '../../tests/directory-file.ts';
import { loadWorld } from '../../world/load-world.ts';
import { type DemoPerson, people } from '../../world/people.ts';
import { luhnDigit } from '../modules/rights/index.ts';

const day = '2026-06-15';
const world = { seed: 5, count: 60, day };

let beside: BesideDatabase;
let everyone: DemoPerson[];
let accounts: number[];

beforeAll(async () => {
  beside = await besideDatabase();
  await loadWorld({ db: beside.owner, keys: beside.keys }, world);
  everyone = [...people(world.seed, world.count, day)];
  const staff = directoryFile([
    { rpps: rpps(1), finess: '580008803' },
    { rpps: rpps(2), finess: '580008803' },
  ]);
  await beside.run('import', 'professionals', beside.file('staff.txt', staff));
  accounts = (await beside.owner`select id from access.account order by id`).map(({ id }) => id);
});
afterAll(() => beside.drop());

const rpps = (number: number) => `100000000${number}${luhnDigit(`100000000${number}`)}`;
const header = 'account;rpps;finess;nir;birthDate;birthRank';
const named = ({ nir, birthDate, birthRank }: DemoPerson) =>
  `${nir};${birthDate.replace(/(....)(..)(..)/, '$1-$2-$3')};${birthRank}`;
const file = (name: string, lines: readonly string[]) =>
  beside.file(name, `${[header, ...lines].join('\n')}\n`);

test('people are seeded by account number or by professional and place, an entry an account', async () => {
  const lines = everyone.flatMap((person) => [
    `${accounts[0]};;;${named(person)}`,
    `;8${rpps(2)};580008803;${named(person)}`,
  ]);
  const path = file('relations.csv', lines);
  const dry = await beside.run('import', 'relations', path, '--dry-run', '--json');
  expect([dry.code, JSON.parse(dry.out)]).toEqual([0, expect.objectContaining({ added: 120, lines: 120 })]);
  expect(await pairs()).toEqual([]);

  const { code, out, err } = await beside.run('import', 'relations', path);
  expect([code, out]).toEqual([0, expect.stringMatching(/added +120\n/)]);
  expect(`${out}${err}`).not.toContain(everyone[0]?.nir.slice(0, 13));
  expect(await pairs()).toEqual(
    accounts.map((account) => ({ account, pairs: 60, entries: 1, counted: 60, charged: 0 })),
  );

  const before = await everything();
  const again = await beside.run('import', 'relations', path, '--json');
  expect([again.code, JSON.parse(again.out)]).toEqual([
    0,
    expect.objectContaining({ added: 0, unchanged: 120, rejected: 0 }),
  ]);
  expect(await everything()).toEqual(before);
});

test('bad lines are told by class, and the good ones go in', async () => {
  const [person, other] = everyone as [DemoPerson, DemoPerson];
  const born = '1999-01-01';
  const lines = [
    `99999;;;${named(person)}`,
    `;8${rpps(3)};580008803;${named(person)}`,
    `${accounts[0]};;;170078713181415;${born};1`,
    `${accounts[0]};;;${person.nir};2050-13;1`,
    `x;;;${named(person)}`,
    `;;;${named(person)}`,
    `${accounts[0]};;;${named(other)}`,
    `${accounts[0]};;;${other.nir.slice(0, 13)}00;${born};1`,
  ];
  const path = file('bad.csv', lines);
  const { code, out } = await beside.run('import', 'relations', path, '--json');
  expect([code, JSON.parse(out)]).toEqual([1, expect.objectContaining({ rejected: 7, unchanged: 1 })]);
  const rejected = readFileSync(`${path}.rejected.csv`, 'utf8').trim().split('\n').slice(1).sort();
  expect(rejected).toEqual([
    '2;account;5 digits;unknown-account',
    '3;rpps;12 digits;unknown-account',
    '4;nir;15 digits;unknown-person',
    expect.stringMatching(/^5;birthDate;.*;not-a-birth-date$/),
    '6;account;text of 1;not-an-account',
    '7;account;empty;missing',
    '9;nir;15 digits;wrong-nir-key',
  ]);
  await beside.run('import', 'relations', file('good.csv', lines.slice(6, 7)));
});

test('insurers: a number and a key each, changes taken over, nothing changed by the same file', async () => {
  const run = (text: string, ...more: string[]) =>
    beside.run('import', 'insurers', beside.file('insurers.csv', text), '--json', ...more);
  const first = 'amcCode;name;conventionTypes\n0000123456;Mutuelle du Lac;SP VM\n12345678;Prévoyance Été;\n';
  expect(JSON.parse((await run(first, '--dry-run')).out)).toMatchObject({ added: 2 });
  const before = await insurers();
  expect(JSON.parse((await run(first)).out)).toMatchObject({ added: 2, unchanged: 0 });
  expect(await insurers()).toEqual([
    ...before,
    { id: before.length + 1, amc_code: '0000123456', name: 'Mutuelle du Lac', types: 'SP VM', keys: 1 },
    { id: before.length + 2, amc_code: '12345678', name: 'Prévoyance Été', types: '', keys: 1 },
  ]);
  const versions = () => beside.owner`select xmin::text as version from rights.insurer order by id`;
  const unchanged = await versions();
  expect(JSON.parse((await run(first)).out)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  expect(await versions()).toEqual(unchanged);
  const second =
    'amcCode,name,conventionTypes\n123456,Trop court,SP\n0000123456,Mutuelle du Lac et des Bois,VM IS\n' +
    '0000123456,Autre nom,VM\n87654321,,\n11223344,Ligne,sp é\n';
  const changed = await run(second);
  expect([changed.code, JSON.parse(changed.out)]).toEqual([
    1,
    expect.objectContaining({ added: 0, changed: 1, rejected: 4 }),
  ]);
  expect((await insurers()).at(-2)).toMatchObject({ name: 'Mutuelle du Lac et des Bois', types: 'IS VM' });
  const rejected = readFileSync(`${beside.folder}/insurers.csv.rejected.csv`, 'utf8');
  expect(rejected.trim().split('\n').slice(1)).toEqual([
    '2;amcCode;6 digits;not-an-amc-code',
    '4;amcCode;10 digits;listed-twice',
    '5;name;empty;missing',
    '6;conventionTypes;text of 4;not-a-convention',
  ]);
});

test('a database that refuses ends the import: no value is told, and what to do is', async () => {
  const path = file('refused.csv', [`${accounts[0]};;;${named(everyone[0] as DemoPerson)}`]);
  await beside.owner`revoke execute on function ledger.seed_many from vigie_server`;
  const { code, err } = await beside.run('import', 'relations', path);
  await beside.owner`grant execute on function ledger.seed_many to vigie_server`;
  expect(code).toBe(1);
  expect(err).toMatch(/PostgreSQL error 42501.* import the file again/);
});

test('every import that was not a dry run left its trace', async () => {
  const rows = await beside.owner`
    select kind, state, count(*)::int as files, sum(rejected)::int as rejected, bool_or(dry_run) as dry
      from rights.import group by 1, 2 order by 1, 2`;
  expect(rows).toEqual([
    { kind: 'insurers', state: 'done', files: 3, rejected: 4, dry: false },
    { kind: 'professionals', state: 'done', files: 1, rejected: 0, dry: false },
    { kind: 'relations', state: 'done', files: 4, rejected: 7, dry: false },
    { kind: 'relations', state: 'failed', files: 1, rejected: 0, dry: false },
  ]);
});

async function insurers() {
  return beside.owner`
    select id, amc_code, name, array_to_string(convention_types, ' ') as types,
        (select count(*)::int from vault.insurer_key k where k.insurer = i.id) as keys
      from rights.insurer i order by id`;
}

async function pairs() {
  return beside.owner`
    select a.account, count(*)::int as pairs, a.charged,
        (select count(*)::int from ledger.entry e where e.account = a.account and e.kind = 6) as entries,
        (select sum(e.count)::int from ledger.entry e where e.account = a.account and e.kind = 6) as counted
      from ledger.account a join ledger.pair p using (lane, account) group by a.lane, a.account
     order by a.account`;
}

async function everything() {
  return beside.owner`
    select 'pair' as what, ctid::text as place, xmin::text as version from ledger.pair
    union all select 'account', ctid::text, xmin::text from ledger.account
    union all select 'entry', ctid::text, xmin::text from ledger.entry order by 1, 2`;
}
