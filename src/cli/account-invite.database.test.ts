import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BesideDatabase, besideDatabase } from '../../tests/beside-database.ts';

let beside: BesideDatabase;
const why = ['--reason', 'Identity card seen'];

beforeAll(async () => {
  beside = await besideDatabase();
  const insurers = beside.file(
    'insurers.csv',
    'amcCode;name;conventionTypes\n0099500029;Prévoyance du Ponant;VB\n',
  );
  expect(await beside.run('import', 'insurers', insurers)).toMatchObject({ code: 0 });
});
afterAll(() => beside?.drop());

test('an agent of an insurer is opened with figures to draw by, and invited', async () => {
  const invited = await beside.run(
    ...['account', 'invite', '--role', 'insurer-agent', '--name', 'Yves Le Bris', '--json'],
    ...['--insurer', '0099500029', ...why],
  );
  expect(invited.code).toBe(0);
  const { account, link, code } = JSON.parse(invited.out);
  expect([link.includes('/enrol#'), code.length]).toEqual([true, 8]);
  const [row] = await beside.owner`
    select a.role, a.insurer, l.cap, l.usual_per_day as usual, l.opening
      from access.account a join ledger.account l on l.account = a.id where a.id = ${account}`;
  expect(row).toEqual({ role: 'insurer-agent', insurer: 1, cap: 40, usual: 20, opening: 0 });
});

test('an administrator of an insurer draws nobody', async () => {
  const invited = await beside.run(
    ...['account', 'invite', '--role', 'insurer-administrator', '--name', 'Ana Roy', '--json'],
    ...['--insurer', '0099500029', ...why],
  );
  const [row] = await beside.owner`
    select cap from ledger.account where account = ${JSON.parse(invited.out).account}`;
  expect(row).toEqual({ cap: 0 });
});

test('an insurer nobody knows, or an organisation in its place, is said', async () => {
  const invite = (...more: string[]) =>
    beside.run('account', 'invite', '--role', 'insurer-agent', '--name', 'X', ...why, ...more);
  expect(await invite('--insurer', '1')).toMatchObject({ code: 1, err: expect.stringContaining('insurers') });
  expect((await invite('--organisation', 'Cour')).code).toBe(2);
  const other = ['account', 'invite', '--role', 'auditor', '--name', 'X', ...why, '--insurer', '0099500029'];
  expect((await beside.run(...other)).code).toBe(2);
});
