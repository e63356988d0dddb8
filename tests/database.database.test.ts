import { afterAll, beforeAll, expect, test } from 'vitest';
import { serverRoleIsOwner } from '../src/platform/database/migrate.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

test('a clone has the migrated tables, and the server sees which were applied', async () => {
  const rows = await database.server`select name from platform.migration order by number`;
  expect(rows[0]?.name).toBe('000001_platform_roles.sql');
});

test('the server role owns nothing and creates nothing', async () => {
  expect(await serverRoleIsOwner(database.server)).toBe(false);
  expect(await serverRoleIsOwner(database.owner)).toBe(true);
  for (const attempt of ['create table public.x()', 'create temp table x()', 'create schema x']) {
    await expect(database.server.unsafe(attempt)).rejects.toThrow(/permission denied/);
  }
  await expect(database.server`delete from platform.migration`).rejects.toThrow(/permission denied/);
});
