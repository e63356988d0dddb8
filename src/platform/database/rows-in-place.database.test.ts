import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { connect, type Database } from './connect.ts';

let database: TestDatabase;
let pool: Database;

beforeAll(async () => {
  database = await cloneDatabase();
  // One connection: what comes next comes after what failed.
  pool = connect(database.ownerUrl, { max: 1 });
});
afterAll(async () => {
  await pool?.end({ timeout: 1 });
  await database?.drop();
});

const failsBehindTwoRows = () => pool`select 10 / (3 - g) from generate_series(1, 5) g`;
const isCutOff = () => pool`
  select repeat('x', 100), case when g = 500 then pg_terminate_backend(pg_backend_pid()) end
    from generate_series(1, 500) g`;
const rows = [{ one: 1 }, { one: 2 }];

test('a statement that failed behind its second row does not move the rows of the next', async () => {
  await expect(failsBehindTwoRows()).rejects.toMatchObject({ code: '22012' });
  const next = await pool`select g as one from generate_series(1, 2) g`;
  expect([...next]).toEqual(rows);
  expect(next.count).toBe(2);
});

test('nor does one whose connection ended in the middle of its rows', async () => {
  await expect(isCutOff()).rejects.toMatchObject({ code: expect.stringMatching(/^(57P01|CONNECTION_\w+)$/) });
  // What the lost connection still had to say may fail the statement after it.
  const next = () => pool`select g as one from generate_series(1, 2) g`;
  expect([...(await next().catch(next))]).toEqual(rows);
});

test('nor in a transaction, behind a savepoint, nor those of several statements', async () => {
  await pool.begin(async (tx) => {
    await tx.savepoint((inner) => inner`select 1 / (2 - g) from generate_series(1, 3) g`).catch(() => {});
    expect([...(await tx`select g as one from generate_series(1, 2) g`)]).toEqual(rows);
  });
  await expect(failsBehindTwoRows()).rejects.toMatchObject({ code: '22012' });
  const [first, second] = await pool.unsafe('select 1 as one; select 2 as one');
  expect([first, second].map((each) => each?.[0])).toEqual(rows);
});

test('no rows are no rows', async () => {
  await expect(failsBehindTwoRows()).rejects.toMatchObject({ code: '22012' });
  expect(await pool`select 1 where false`).toHaveLength(0);
  await expect(failsBehindTwoRows()).rejects.toMatchObject({ code: '22012' });
  expect([...(await pool`select null as one`)]).toEqual([{ one: null }]);
});
