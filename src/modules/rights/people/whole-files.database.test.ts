import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { fileOf, ImportBench, type Line, levant, nirOf } from '../../../../tests/importing.ts';
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

/** People one of whom has so many lines, each with a number of their own. */
function crowd(count: number, lines: readonly Line[] = [{}]): Line[] {
  return Array.from({ length: count }, (_, index) => {
    const order = String(index + 1).padStart(3, '0');
    const own = { nir: nirOf(`1600175056${order}`), memberNumber: `M${index}`, contractNumber: `C${index}` };
    return lines.map((line) => ({ ...own, ...line }));
  }).flat();
}

const records = () => database.owner<{ n: number; open: number }[]>`
  select count(*)::int as n, count(*) filter (where closed_on is null)::int as open from rights.sealed`;

test('a complete file closes whom it no longer lists, on the day before', async () => {
  await bench.import(fileOf(crowd(100)));
  const { counts } = await bench.import(fileOf(crowd(97)), { complete: true });
  expect(counts).toMatchObject({ added: 0, changed: 0, unchanged: 97, closed: 3 });
  expect((await records())[0]).toEqual({ n: 100, open: 97 });
  const gone = { nir: nirOf('1600175056100') };
  expect(await bench.covered('2026-01-15', gone)).toBe('covered');
  expect(await bench.covered('2099-01-15', gone)).toBe('ended');
  const again = await bench.import(fileOf(crowd(97)), { complete: true });
  expect(again.counts).toMatchObject({ changed: 0, unchanged: 97, closed: 0 });
});

test('whoever is listed again is open again, as the same person', async () => {
  await bench.import(fileOf(crowd(100)));
  const gone = { nir: nirOf('1600175056100') };
  const subject = await bench.subject(gone);
  await bench.import(fileOf(crowd(99)), { complete: true });
  await bench.import(fileOf(crowd(100)));
  expect(await bench.subject(gone)).toBe(subject);
  expect(await bench.covered('2099-01-15', gone)).toBe('covered');
});

test('a file that is not said to be complete closes nobody', async () => {
  await bench.import(fileOf(crowd(100)));
  const { counts } = await bench.import(fileOf(crowd(1)));
  expect(counts.closed).toBe(0);
  expect((await records())[0]).toEqual({ n: 100, open: 100 });
});

test('more than 5 % of closures are refused until they are confirmed', async () => {
  await bench.import(fileOf(crowd(100)));
  const refused = await bench.import(fileOf(crowd(94)), { complete: true });
  expect(refused.remarks.join()).toContain('6 of 100 people (6.0 %)');
  expect((await records())[0]).toEqual({ n: 100, open: 100 });
  const confirmed = await bench.import(fileOf(crowd(94)), { complete: true, confirmClosures: true });
  expect(confirmed.counts.closed).toBe(6);
  expect((await records())[0]).toEqual({ n: 100, open: 94 });
});

test('a complete file with a line that cannot be read closes nobody: it may list them', async () => {
  await bench.import(fileOf(crowd(100)));
  const { counts, remarks } = await bench.import(`${fileOf(crowd(99))}broken\n`, { complete: true });
  expect(counts).toMatchObject({ closed: 0, rejected: 1 });
  expect(remarks.join()).toContain('some lines could not be read');
});

test('a complete file closes the contract it no longer lists of somebody it does list', async () => {
  await bench.import(fileOf([{}, { contractNumber: 'C2', domain: 'OPTI' }]));
  await bench.import(fileOf([{ contractNumber: 'C2', domain: 'OPTI' }]), { complete: true });
  expect(await bench.covered('2099-01-15')).not.toBe('covered');
  const again = await bench.import(fileOf([{ contractNumber: 'C2', domain: 'OPTI' }]), { complete: true });
  expect(again.counts).toMatchObject({ changed: 0, unchanged: 1, closed: 0 });
});

test('a complete file closes no contract that it lists, wherever its lines stand', async () => {
  const [mother, father] = [nirOf('2840577288123'), nirOf('1700729019042')];
  const contracts = [{}, { contractNumber: 'C2', domain: 'OPTI' }];
  const lines = contracts.flatMap((each) => [mother, father].map((nir) => ({ ...each, nir })));
  await bench.import(fileOf(lines));
  for (const _ of [1, 2]) {
    const { counts } = await bench.import(fileOf(lines), { complete: true });
    expect(counts).toMatchObject({ added: 0, closed: 0 });
    expect(await bench.covered('2099-01-15', { nir: mother })).toBe('covered');
    const ends = (await bench.facts({ nir: father }))?.filter((fact) => fact.field === field.onlineEnd);
    expect(ends).toEqual([]);
  }
});

test('another insurer’s complete file closes nothing of this one', async () => {
  await bench.import(fileOf(crowd(3)));
  await bench.import(fileOf(crowd(1)), { insurer: levant, complete: true, confirmClosures: true });
  expect(await bench.covered('2099-01-15', { nir: nirOf('1600175056003') })).toBe('covered');
});

test('a dry run says what would change, and changes nothing', async () => {
  await bench.import(fileOf(crowd(100)));
  const before = await database.owner`select * from rights.sealed order by subject`;
  const next = [
    ...crowd(97).slice(1),
    ...crowd(1, [{ level: '65%' }]),
    { nir: nirOf('2840577288123'), memberNumber: 'N' },
  ];
  const told = await bench.import(fileOf(next), { complete: true, dryRun: true });
  expect(told.counts).toMatchObject({ added: 1, changed: 1, unchanged: 96, closed: 3 });
  expect(await database.owner`select * from rights.sealed order by subject`).toEqual(before);
  const done = await bench.import(fileOf(next), { complete: true });
  expect(done.counts).toEqual(told.counts);
});

test('lines of a person that do not stand together come to the same', async () => {
  const lines = crowd(30, [{}, { domain: 'OPTI' }, { domain: 'LABO' }]);
  await bench.import(fileOf(lines));
  const byDomain = [...lines].sort((a, b) => ((a.domain ?? 'PHAR') < (b.domain ?? 'PHAR') ? -1 : 1));
  await bench.import(fileOf(byDomain));
  const { counts } = await bench.import(fileOf(lines));
  expect(counts).toMatchObject({ added: 0, changed: 0, unchanged: 30 });
  const facts = await bench.facts({ nir: nirOf('1600175056001'), birthDate: '1984-05-17' });
  expect(facts?.filter(({ field }) => field >= 16)).toHaveLength(3);
});

test('a person one of whose lines is bad is left as they were, and everybody else goes in', async () => {
  await bench.import(fileOf(crowd(3)));
  const next = crowd(3, [{ level: '65%' }, { domain: 'OPTI', level: '65%' }]);
  next[3] = { ...next[3], startsOn: '2026-02-30' };
  const { counts, bad } = await bench.import(fileOf(next));
  expect(counts).toMatchObject({ lines: 6, people: 2, changed: 2, rejected: 2 });
  expect([...bad].sort((a, b) => a.line - b.line)).toEqual([
    { line: 4, column: null, valueClass: '', reason: 'another-line-of-this-person:5' },
    { line: 5, column: 'startsOn', valueClass: expect.any(String), reason: 'not-a-day' },
  ]);
  const levels = (await bench.facts({ nir: nirOf('1600175056002') }))?.filter(({ field }) => field >= 16);
  expect(levels?.map(({ value }) => value)).toEqual(['=100%']);
});

test('a line that cannot be read between two of a person is theirs; elsewhere it is nobody’s', async () => {
  const [header, ...lines] = fileOf(crowd(2, [{}, { domain: 'OPTI' }]))
    .trim()
    .split('\n');
  const within = [header, lines[0], '"', ...lines.slice(1)].join('\n');
  expect((await bench.import(within)).counts).toMatchObject({ people: 1, rejected: 3 });
  const between = [header, ...lines.slice(0, 2), '"', ...lines.slice(2)].join('\n');
  expect((await bench.import(between)).counts).toMatchObject({ people: 2, added: 1, rejected: 1 });
});

test('a file that must stop stops, though every line of it is bad', async () => {
  let asked = 0;
  const check = () => {
    asked += 1;
    if (asked === 3) throw new Error('stopped');
  };
  const stopped = bench.import(fileOf(crowd(10_000, [{ sex: '9' }])), { check });
  await expect(stopped).rejects.toThrow('stopped');
});

test('a file of another insurer goes nowhere', async () => {
  const { counts, bad } = await bench.import(
    fileOf(crowd(3).map((line) => ({ ...line, insurer: '0099500037' }))),
  );
  expect(counts).toMatchObject({ added: 0, rejected: 3 });
  expect(bad[0]).toMatchObject({ column: 'insurer', reason: 'other-insurer' });
  expect((await records())[0]?.n).toBe(0);
});

// One line a reason: what an insurer reads in the rejected file.
const wrong: readonly (readonly [Line, string, string])[] = [
  [{ nir: '' }, 'nir', 'missing'],
  [{ nir: '184057728812' }, 'nir', 'not-a-nir'],
  [{ nir: '184057728812300' }, 'nir', 'wrong-nir-key'],
  [{ birthDate: '1984-02-30' }, 'birthDate', 'not-a-birth-date'],
  [{ birthDate: '2099-01-01' }, 'birthDate', 'not-a-birth-date'],
  [{ birthRank: '0' }, 'birthRank', 'not-a-rank'],
  [{ lastName: '' }, 'lastName', 'missing'],
  [{ lastName: '=cmd()' }, 'lastName', 'not-a-name'],
  [{ firstName: '1840577288123' }, 'firstName', 'not-a-name'],
  [{ sex: 'F' }, 'sex', 'not-a-sex'],
  [{ departement: '20' }, 'departement', 'not-a-departement'],
  [{ contractNumber: '' }, 'contractNumber', 'missing'],
  [{ memberNumber: 'x'.repeat(33) }, 'memberNumber', 'too-long'],
  [{ conventionType: 'v' }, 'conventionType', 'not-a-convention'],
  [{ responsible: 'maybe' }, 'responsible', 'not-true-or-false'],
  [{ startsOn: '' }, 'startsOn', 'missing'],
  [{ startsOn: '01/02/2026' }, 'startsOn', 'not-a-day'],
  [{ endsOn: '2019-12-31' }, 'endsOn', 'ends-before-start'],
  [{ endsOnlineOn: '2026-13-01' }, 'endsOnlineOn', 'not-a-day'],
  [{ domain: 'XXXX' }, 'domain', 'not-a-domain'],
  [{ level: 'x'.repeat(41) }, 'level', 'too-long'],
];

test.each(wrong)('%o is refused at %s: %s', async (line, column, reason) => {
  const { counts, bad } = await bench.import(fileOf([line]));
  expect(bad.filter((each) => each.column !== null)).toMatchObject([{ line: 2, column, reason }]);
  expect(counts.added).toBe(0);
  expect(JSON.stringify(bad)).not.toContain('1840577288123');
});

test('two files of two insurers that list the same people at once: everybody is one person', async () => {
  const lines = crowd(900);
  const both = [bench.import(fileOf(lines)), bench.import(fileOf(lines.toReversed()), { insurer: levant })];
  for (const { counts } of await Promise.all(both)) expect(counts.added).toBe(900);
  const [people] = await database.owner`select count(*)::int as n from vault.person`;
  const [keys] = await database.owner`select count(*)::int as n from vault.lookup_key`;
  const [sealed] = await database.owner`select count(*)::int as n from rights.sealed`;
  expect([people?.n, keys?.n, sealed?.n]).toEqual([900, 900, 1800]);
});

test('whatever is in a file, nobody goes in by half', async () => {
  const good = fileOf(crowd(4, [{}, { domain: 'OPTI' }, { domain: 'LABO' }]));
  const [first] = good.split('\n');
  const headed = Buffer.from(`${first}\n`);
  const damage = fc.tuple(fc.nat(good.length), fc.nat(60), fc.uint8Array({ maxLength: 60 }));
  const damaged = damage.map(([at, length, bytes]) => {
    const whole = Buffer.from(good).subarray(headed.length);
    return Buffer.concat([headed, whole.subarray(0, at), bytes, whole.subarray(at + length)]);
  });
  const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.concat([headed, bytes]));
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, noise), async (bytes) => {
      await bench.import(bytes);
      // Every record has its person, number and key, and opens.
      const [odd] = await database.owner`
        select count(*)::int as n from rights.sealed s
        full join vault.person p using (subject) full join vault.wrapped_key w using (subject)
        full join vault.lookup_key l using (subject)
        where s is null or p is null or w is null or l is null`;
      expect(odd?.n).toBe(0);
    }),
    { numRuns: 60 },
  );
}, 60_000);
