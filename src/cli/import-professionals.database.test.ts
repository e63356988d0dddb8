import { readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BesideDatabase, besideDatabase } from '../../tests/beside-database.ts';
import { type DirectoryLine, directoryFile } from '../../tests/directory-file.ts';
import { luhnDigit } from '../modules/rights/index.ts';
import { openText } from '../modules/vault/index.ts';
import { holdLocks } from '../platform/database/locks.ts';

let beside: BesideDatabase;

beforeAll(async () => {
  beside = await besideDatabase();
});
afterAll(() => beside.drop());

const rpps = (number: number) => withLuhn(`1${String(number).padStart(9, '0')}`);
const finess = (number: number) => withLuhn(`69${String(number).padStart(6, '0')}`);
const withLuhn = (digits: string) => digits + luhnDigit(digits);

const staff: readonly DirectoryLine[] = [
  { rpps: rpps(1), finess: finess(1), profession: '60', company: 'CABINET INFIRMIER' },
  { rpps: rpps(2), finess: finess(1), profession: '60', given: 'Anaïs' },
  // One professional, two places, told by two kinds of number.
  { rpps: rpps(3), siret: '12345678900011', profession: '10', knowHow: 'SM54' },
  { rpps: rpps(3), structure: 'R10100000012345', profession: '10', knowHow: 'SM54' },
  // Two qualifications at one place: the specialty decides, wherever it stands.
  { rpps: rpps(4), finess: finess(2), profession: '10', knowHow: 'CAPA01' },
  { rpps: rpps(4), finess: finess(2), profession: '10', knowHow: 'SM44' },
];

test('a dry run says what would be opened, and opens nothing', async () => {
  const path = beside.file('dry.txt', directoryFile(staff));
  const { code, out } = await beside.run('import', 'professionals', path, '--dry-run', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ dryRun: true, lines: 6, added: 5 });
  expect(await state()).toMatchObject({ accounts: [], organisations: 0, entries: 0 });
});

test('one account a professional and place, one organisation a place, each in the ledger', async () => {
  const path = beside.file('staff.txt', directoryFile(staff));
  const { code, out } = await beside.run('import', 'professionals', path);
  expect([code, out]).toEqual([0, expect.stringMatching(/added +5\n/)]);
  const { accounts, organisations, entries } = await state();
  expect([organisations, entries]).toEqual([4, 5]);
  expect(accounts).toEqual([
    { profession: 'nurse', holder: 'Zoé MARTINÉ', organisation: 'CABINET INFIRMIER', standing: 0 },
    { profession: 'nurse', holder: 'Anaïs MARTINÉ', organisation: 'CABINET INFIRMIER', standing: 0 },
    ...Array.from({ length: 2 }, () => ({
      ...{ profession: 'general-practitioner', holder: 'Zoé MARTINÉ', standing: 0 },
      organisation: 'CABINET DES TILLEULS',
    })),
    {
      ...{ profession: 'radiologist', holder: 'Zoé MARTINÉ', standing: 0 },
      organisation: 'CABINET DES TILLEULS',
    },
  ]);
  const [cap] =
    await beside.owner`select min(cap)::int as cap, min(opening)::int as opening from ledger.account`;
  expect(cap?.cap).toBe(40);
  expect(cap?.opening).toBeGreaterThan(0);
});

test('the same file again changes nothing, whatever its encoding or packing', async () => {
  const before = await everything();
  const text = directoryFile(staff);
  const forms = [text, Buffer.from(text, 'latin1'), gzipSync(text), `\ufeff${text.replaceAll('\n', '\r\n')}`];
  for (const [place, form] of forms.entries()) {
    const path = beside.file(`again-${place}.txt`, form);
    const { code, out, err } = await beside.run('import', 'professionals', path);
    expect([code, out]).toEqual([0, expect.stringMatching(/added +0\n {2}changed +0\n {2}unchanged +5\n/)]);
    expect(`${out}${err}`).not.toMatch(/MARTIN|Zoé/);
  }
  expect(await everything()).toEqual(before);
});

test('a new name is sealed anew; the account and the ledger stay', async () => {
  const { entries } = await state();
  const married = staff.map((each) => (each.rpps === rpps(2) ? { ...each, family: "D'ALMEIDA" } : each));
  const renamed = married.map((each) =>
    each.finess === finess(2) ? { ...each, company: 'IMAGERIE DU PARC' } : each,
  );
  const { code, out } = await beside.run(
    ...['import', 'professionals', beside.file('names.txt', directoryFile(renamed)), '--json'],
  );
  expect([code, JSON.parse(out)]).toEqual([
    0,
    expect.objectContaining({ added: 0, changed: 1, unchanged: 4 }),
  ]);
  expect(out).toContain('0 added, 1 renamed');
  const after = await state();
  expect(after.entries).toBe(entries);
  expect(after.accounts[1]).toMatchObject({ holder: "Anaïs D'ALMEIDA" });
  expect(after.accounts[4]).toMatchObject({ organisation: 'IMAGERIE DU PARC' });
});

test('bad lines are told by class, good ones go in, and what we do not serve is counted', async () => {
  const lines: DirectoryLine[] = [
    { rpps: rpps(20), finess: finess(5) },
    { rpps: '10000000021', finess: finess(5) },
    { rpps: rpps(22), finess: '690000999' },
    { rpps: rpps(23), finess: finess(5), family: '', given: '' },
    { rpps: rpps(24), finess: finess(5), profession: '35' },
    { rpps: rpps(25), finess: finess(5), category: 'E' },
    { rpps: '0012600631', finess: finess(5) },
    { rpps: rpps(26) },
    // Another profession than the account was opened for.
    { ...(staff[0] as DirectoryLine), profession: '50' },
  ];
  const path = beside.file('bad.txt', directoryFile(lines));
  const { code, out } = await beside.run('import', 'professionals', path);
  expect(code).toBe(1);
  expect(out).toMatch(/added +1\n/);
  for (const told of ['profession 35: 1', '(students, military): 1', 'ADELI number only: 1', 'work: 1']) {
    expect(out).toContain(told);
  }
  const rejected = readFileSync(`${path}.rejected.csv`, 'utf8').replaceAll('"', '');
  expect(rejected.trim().split('\n').slice(1)).toEqual([
    '3;Identification nationale PP;12 digits;wrong-rpps-key',
    '4;Numéro FINESS site;9 digits;wrong-finess-key',
    "5;Nom d'exercice;empty;missing",
    '10;Code profession;2 digits;profession-changed',
  ]);
  expect(statSync(`${path}.rejected.csv`).mode & 0o777).toBe(0o600);
});

test('a file that is whole closes who is missing, unless they are many or lines are bad', async () => {
  const many: DirectoryLine[] = Array.from({ length: 60 }, (_, n) => ({
    ...{ rpps: rpps(100 + n), finess: finess(9) },
  }));
  const all = [...staff, { rpps: rpps(20), finess: finess(5) }, ...many];
  const full = (name: string, lines: readonly DirectoryLine[], ...more: string[]) =>
    beside.run(
      'import',
      'professionals',
      beside.file(name, directoryFile(lines)),
      '--full',
      '--json',
      ...more,
    );
  expect((await full('whole.txt', all)).code).toBe(0);
  const [gone] = await beside.owner`select max(id) as id from access.account`;
  const invite = ['--account', String(gone?.id), '--reason', 'Seen at the desk', '--json'];
  expect((await beside.run('account', 'invite', ...invite)).code).toBe(0);

  const tooMany = await full('few.txt', all.slice(0, 60));
  expect([tooMany.code, tooMany.out]).toEqual([1, expect.stringContaining('more than 5 %')]);
  const badLine = await full('bad-one.txt', [
    ...all.slice(0, -1),
    { rpps: '10000000021', finess: finess(9) },
  ]);
  expect([badLine.code, badLine.out]).toEqual([1, expect.stringContaining('rejected lines')]);
  expect(await closedAccounts()).toEqual([]);

  const one = await full('one-less.txt', all.slice(0, -1));
  expect([one.code, JSON.parse(one.out).closed]).toEqual([0, 1]);
  expect(await closedAccounts()).toEqual([{ id: gone?.id, standing: 3, invitations: 0 }]);
  const before = await everything();
  expect(JSON.parse((await full('one-less.txt', all.slice(0, -1))).out).closed).toBe(0);
  expect(await everything()).toEqual(before);

  const back = await full('whole.txt', all);
  expect(back.out).toContain('1 accounts are listed again');
  const confirmed = await full('few.txt', all.slice(0, 60), '--confirm-closures');
  expect([confirmed.code, JSON.parse(confirmed.out).closed]).toEqual([0, 7]);
});

test('the header of other years, its columns moved, and NDJSON: the same accounts', async () => {
  const before = await everything();
  const [header = '', ...lines] = directoryFile(staff).trimEnd().split('\n');
  const turned = [header, ...lines].map((line) => line.split('|').slice(0, -1).reverse().join('|'));
  const other = [turned[0]?.replace('Raison sociale site', 'RAISON SOCIALE SITE'), ...turned.slice(1)];
  const names = header.split('|').slice(0, -1);
  const objects = lines.map((line) => {
    const values = line.split('|');
    return JSON.stringify(Object.fromEntries(names.map((name, at) => [name, values[at]])));
  });
  for (const [name, text] of [
    ['turned.txt', other.join('\n')],
    ['staff.ndjson', objects.join('\n')],
  ] as const) {
    const { code, out } = await beside.run('import', 'professionals', beside.file(name, text), '--json');
    expect([name, code, JSON.parse(out)]).toEqual([name, 0, expect.objectContaining({ lines: 6, added: 0 })]);
  }
  expect((await everything()).filter(({ what }) => what === 'entry')).toEqual(
    before.filter(({ what }) => what === 'entry'),
  );
});

test('the first name that a file gives a place holds for the whole file', async () => {
  const two = [0, 1].map((n) => ({ rpps: rpps(300 + n), finess: finess(30), company: `NOM ${n}` }));
  const between = Array.from({ length: 5000 }, (_, n) => ({ rpps: rpps(400 + n), profession: '35' }));
  const path = beside.file('names.txt', directoryFile([two[0], ...between, two[1]] as DirectoryLine[]));
  for (const renamed of ['1 added, 0 renamed', '0 added, 0 renamed']) {
    const { code, out } = await beside.run('import', 'professionals', path);
    expect([code, out]).toEqual([0, expect.stringContaining(renamed)]);
  }
});

test('while another import of professionals runs, a second one waits outside', async () => {
  const held = await holdLocks(beside.server, [{ name: 'vigie import professionals' }]);
  const path = beside.file('second.txt', directoryFile(staff));
  const second = await beside.run('import', 'professionals', path);
  expect([second.code, second.err]).toEqual([1, expect.stringContaining('wait until it has ended')]);
  await held?.release();
  expect((await beside.run('import', 'professionals', path)).code).toBe(0);
});

test('what is wrong with the file is said, and nothing is imported', async () => {
  const missing = await beside.run('import', 'professionals', `${beside.folder}/none.txt`);
  expect(missing.code).toBe(1);
  const other = await beside.run('import', 'professionals', beside.file('other.txt', 'a|b|c\n1|2|3\n'));
  expect([other.code, other.err]).toEqual([1, expect.stringContaining('Identification nationale PP')]);
  expect(await beside.run('import', 'professionals')).toMatchObject({ code: 2 });
});

async function state() {
  const rows = await beside.owner`
    select a.id, a.profession, a.holder_sealed, o.name_sealed, l.standing
      from access.account a join access.organisation o on o.id = a.organisation
      join ledger.account l on l.account = a.id order by a.id`;
  const accounts = rows.map((row) => ({
    profession: row.profession,
    holder: JSON.parse(openText(beside.keys, row.holder_sealed, `holder|${row.id}`)).name,
    organisation: openText(beside.keys, row.name_sealed, 'organisation'),
    standing: row.standing,
  }));
  const [counted] = await beside.owner`
    select (select count(*)::int from access.organisation) as organisations,
      (select count(*)::int from ledger.entry) as entries`;
  return { accounts, organisations: counted?.organisations, entries: counted?.entries };
}

/** Every row that an import may touch, as PostgreSQL stores it: an update that changes nothing would show. */
async function everything() {
  return beside.owner`
    select 'account' as what, ctid::text as place, xmin::text as version from access.account
    union all select 'organisation', ctid::text, xmin::text from access.organisation
    union all select 'invitation', ctid::text, xmin::text from access.invitation
    union all select 'ledger account', ctid::text, xmin::text from ledger.account
    union all select 'entry', ctid::text, xmin::text from ledger.entry order by 1, 2`;
}

async function closedAccounts() {
  return beside.owner`
    select a.id, l.standing,
        (select count(*)::int from access.invitation i
          where i.account = a.id and i.withdrawn_at is null) as invitations
      from access.account a join ledger.account l on l.account = a.id
     where a.unlisted_at is not null or l.standing <> 0 order by a.id`;
}
