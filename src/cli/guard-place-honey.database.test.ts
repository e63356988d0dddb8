import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BesideDatabase, besideDatabase } from '../../tests/beside-database.ts';
import { fileOf, nirOf } from '../../tests/importing.ts';
import { nirKey, refreshKeys } from '../modules/vault/index.ts';

let beside: BesideDatabase;
const run = ['1840588321', '2760113055'];
const numbers = run.flatMap((each) => [11, 102, 230].map((order) => each + String(order).padStart(3, '0')));

beforeAll(async () => {
  beside = await besideDatabase();
});
afterAll(() => beside?.drop());

const place = (...args: string[]) => beside.run('guard', 'place-honey', ...args);
const marks = async () =>
  (await beside.owner`select nir_key as mark from rights.honey`).map(({ mark }) => mark.toString('hex'));

/** Which orders of a run are a honey person's. */
async function ordersIn(text: string): Promise<number[]> {
  await refreshKeys(beside.owner, beside.keys);
  const placed = new Set(await marks());
  return Array.from({ length: 999 }, (_, index) => index + 1).filter((order) =>
    placed.has(nirKey(beside.keys, text + String(order).padStart(3, '0')).toString('hex')),
  );
}

test('honey persons stand beside the numbers of all files, and replace those of before', async () => {
  const lines = (all: readonly string[]) => fileOf(all.map((nir) => ({ nir: nirOf(nir) })));
  const one = beside.file('one.csv', lines(numbers.slice(0, 4)));
  const other = beside.file('other.csv', lines(numbers.slice(4)));
  const said = await place(one, other);
  expect([said.code, said.out.split('\n')[1]]).toEqual([0, '6 of 6 numbers have one within 20 above them.']);
  for (const text of run) {
    const orders = await ordersIn(text);
    for (const from of [11, 102, 230]) {
      expect(orders.some((order) => order > from && order <= from + 20)).toBe(true);
      expect(orders).not.toContain(from);
    }
  }
  const before = await marks();
  expect((await place(one, '--most', '3')).code).toBe(0);
  expect((await marks()).length).toBe(3);
  expect(before.length).toBeGreaterThan(3);
});

test('what names no file, or more than servers keep, is wrong usage', async () => {
  expect((await place()).code).toBe(2);
  expect((await place('one.csv', '--most', '1000000')).code).toBe(2);
});

test('how many there are is told, and that a turn of the index key takes them away', async () => {
  const guardStatus = async () => (await beside.run('guard', 'status')).out;
  await place(beside.file('three.csv', fileOf(numbers.map((nir) => ({ nir: nirOf(nir) })))), '--most', '3');
  expect(await guardStatus()).toContain('honey persons: 3\n');
  const rotated = await beside.run('keys', 'rotate', 'index');
  expect([rotated.code, rotated.out]).toEqual([0, expect.stringMatching(/3 honey persons are gone: place/)]);
  expect(await marks()).toEqual([]);
  expect(await guardStatus()).toContain('honey persons: none; vigie guard place-honey FILE... puts them\n');
  expect(await guardStatus()).toContain(
    'places of addresses: none; VIGIE_PLACES_FILE names a file of them\n',
  );
});

test('a guard without any is a hint to who asks for the status, and no trouble', async () => {
  const status = async (...more: string[]) => (await beside.run('status', ...more)).out;
  await beside.owner`delete from rights.honey`;
  expect(await status()).not.toContain('No honey persons');
  // A guard that works says so itself; here nobody started one.
  await beside.owner`
    insert into guard.position (lane, seq, lane_state) values (0, 0, ''::bytea)`;
  expect(await status()).toMatch(/^ {2}No honey persons are placed, .*place-honey FILE/m);
  const { attention, hints } = JSON.parse(await status('--json'));
  expect(hints).toEqual([expect.stringMatching(/honey/), expect.stringMatching(/VIGIE_PLACES_FILE/)]);
  expect(attention.join()).not.toMatch(/honey/);
});
