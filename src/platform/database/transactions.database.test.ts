import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { connect, type Database } from './connect.ts';

let database: TestDatabase;
let pool: Database;

beforeAll(async () => {
  database = await cloneDatabase();
  // One connection: whatever comes after has the place of the one that was lost.
  pool = connect(database.ownerUrl, { max: 1, applicationName: 'to be lost' });
  await database.owner`create table public.kept (what text)`;
});
afterAll(async () => {
  await pool?.end({ timeout: 1 });
  await database?.drop();
});

async function endConnection(): Promise<void> {
  await database.owner`
    select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'to be lost'`;
  // Until it is gone, and another one is there.
  await expect
    .poll(() =>
      pool`select 1`.then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
}
async function kept(): Promise<string[]> {
  const rows = await database.owner`select what from public.kept order by what`;
  return rows.map(({ what }) => what);
}

test('a transaction that works elsewhere while its connection ends goes nowhere', async () => {
  const lost = pool.begin(async (tx) => {
    await tx`insert into public.kept values ('before')`;
    await endConnection();
    // On the connection that came after it would be kept by itself.
    await tx`insert into public.kept values ('after')`;
  });
  await expect(lost).rejects.toMatchObject({ code: expect.stringMatching(/^(CONNECTION_\w+|57P01)$/) });
  expect(await kept()).toEqual([]);
});

test('a statement that is cut off is not rolled back where nobody listens', async () => {
  const lost = pool.begin(async (tx) => {
    await tx`insert into public.kept values ('cut off')`;
    setImmediate(() => void endConnection());
    await tx`select pg_sleep(10)`;
  });
  await expect(lost).rejects.toMatchObject({ code: expect.stringMatching(/^(CONNECTION_\w+|57P01)$/) });
  expect(await kept()).toEqual([]);
});

test('work that ended before its connection did is not committed by the next one', async () => {
  const lost = pool.begin(async (tx) => {
    await tx`insert into public.kept values ('not committed')`;
    await endConnection();
    return 'done';
  });
  await expect(lost).rejects.toMatchObject({ code: expect.stringMatching(/^(CONNECTION_\w+|57P01)$/) });
  expect(await kept()).toEqual([]);
});

test('what fails by itself is rolled back, and what succeeds is kept, as ever', async () => {
  const failed = pool.begin(async (tx) => {
    await tx`insert into public.kept values ('failed')`;
    await tx`select 1 / 0`;
  });
  await expect(failed).rejects.toMatchObject({ code: '22012' });
  const thrown = pool.begin(async (tx) => {
    await tx`insert into public.kept values ('thrown')`;
    throw new Error('ours');
  });
  await expect(thrown).rejects.toThrow('ours');
  expect(await pool.begin(async (tx) => (await tx`insert into public.kept values ('good')`).count)).toBe(1);
  expect(await kept()).toEqual(['good']);
});

test('behind a hundred statements on each connection, a transaction still has one to itself', async () => {
  const busy = connect(database.ownerUrl, { max: 2 });
  try {
    await Promise.all([busy`select pg_sleep(0.1)`, busy`select pg_sleep(0.1)`]);
    const asked = Array.from({ length: 200 }, () => busy`select pg_sleep(0.001)`.execute());
    const begun = Array.from({ length: 20 }, (_none, at) =>
      busy.begin((tx) => tx`insert into public.kept values (${`behind ${at}`})`),
    );
    await Promise.all([...asked, ...begun]);
    // Read on other connections: what a transaction that nobody ends had written would not be there.
    expect((await kept()).filter((what) => what.startsWith('behind'))).toHaveLength(20);
  } finally {
    await busy.end({ timeout: 1 });
  }
});
