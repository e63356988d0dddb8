import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BesideDatabase, besideDatabase } from '../../tests/beside-database.ts';
import { equilibre } from '../../tests/claiming.ts';

let beside: BesideDatabase;

beforeAll(async () => {
  beside = await besideDatabase();
  const insurers = 'amcCode;name;conventionTypes\n0099500029;Prévoyance du Ponant;VB\n';
  await beside.run('import', 'insurers', beside.file('insurers.csv', insurers));
});
afterAll(() => beside?.drop());

const publish = (...args: string[]) => beside.run('guarantees', 'publish', ...args);
const count = async () => (await beside.owner`select count(*)::int as plans from claims.plan`)[0]?.plans;

test('a plan that lints is published; one that does not, only anyway; all files or none', async () => {
  const careful = equilibre.replace('responsible: yes', 'responsible: no');
  const good = beside.file('good.yaml', careful);
  const lacking = beside.file('lacking.yaml', equilibre);
  const said = await publish(good, '--insurer', '0099500029');
  expect([said.code, said.out]).toEqual([
    0,
    'Prévoyance du Ponant: “Équilibre” holds for care from 2024-01-01 on.',
  ]);
  const refused = await publish(good, lacking, '--insurer', '0099500029');
  expect([refused.code, refused.err.includes('full-cover-missing')]).toEqual([1, true]);
  expect(await count()).toBe(1);
  expect((await publish(good, lacking, '--insurer', '0099500029', '--anyway')).code).toBe(0);
  expect(await count()).toBe(3);
});

test('a file that is no contract, and an insurer that nobody knows, publish nothing', async () => {
  const before = await count();
  const wrong = await publish(beside.file('wrong.yaml', 'contract: X\n'), '--insurer', '0099500029');
  expect([wrong.code, wrong.err.includes('guarantees')]).toEqual([1, true]);
  const careful = equilibre.replace('responsible: yes', 'responsible: no');
  const nobody = await publish(beside.file('good.yaml', careful), '--insurer', '123');
  expect([nobody.code, nobody.err]).toEqual([1, 'No insurer has the number 123.']);
  expect((await publish(beside.file('good.yaml', careful))).code).toBe(2);
  expect(await count()).toBe(before);
});
