import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { connect } from './connect.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { scramVerifier } from './passwords.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.owner`drop schema if exists tried cascade`;
  await database.owner`delete from platform.migration`;
  folder = mkdtempSync(join(tmpdir(), 'vigie-migrations-'));
  add('000001_tried_schema.sql', 'create schema tried; create table tried.a (x int)');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('applies in order, once, and skips the variants for a distributed database', async () => {
  add('000002_tried_more.sql', 'create table tried.b (x int)');
  add('000002_tried_more.citus.sql', 'nonsense');
  expect(await migrate(database.ownerUrl, { folder })).toEqual([
    '000001_tried_schema.sql',
    '000002_tried_more.sql',
  ]);
  expect(await migrate(database.ownerUrl, { folder })).toEqual([]);
});

test('two servers that start at once apply each migration once', async () => {
  const both = await Promise.all([1, 2].map(() => migrate(database.ownerUrl, { folder })));
  expect(both.flat()).toEqual(['000001_tried_schema.sql']);
});

test('a step that fails keeps nothing, and the steps before it', async () => {
  add('000002_tried_wrong.sql', 'create table tried.b (x int); create table tried.a (x int)');
  await expect(migrate(database.ownerUrl, { folder })).rejects.toThrow(/already exists/);
  const [row] =
    await database.owner`select to_regclass('tried.a') is not null as a, to_regclass('tried.b') as b`;
  expect(row).toEqual({ a: true, b: null });
  expect(await pendingMigrations(database.owner, folder)).toEqual(['000002_tried_wrong.sql']);
});

test('a newer database is refused', async () => {
  await migrate(database.ownerUrl, { folder });
  await database.owner`
    insert into platform.migration (number, name, digest) values (9, '000009_later.sql', '')`;
  await expect(migrate(database.ownerUrl, { folder })).rejects.toThrow(
    /newer than this version.*000009_later/,
  );
  await expect(pendingMigrations(database.server, folder)).rejects.toThrow(/newer/);
});

test('a migration that changed after it was applied is refused', async () => {
  await migrate(database.ownerUrl, { folder });
  add('000001_tried_schema.sql', 'create schema tried');
  await expect(migrate(database.ownerUrl, { folder })).rejects.toThrow(/not the file that was applied/);
});

test('a role signs in with the password whose verifier was stored, whatever is in it', async () => {
  const password = `it's "odd" \\\\ 100%`;
  // A role of its own: vigie_server belongs to the whole cluster, and other test files sign in with it.
  const role = `vigie_tried_${process.pid}`;
  await database.owner.unsafe(`create role ${role} login password '${scramVerifier(password)}'`);
  const url = new URL(database.serverUrl);
  await database.owner.unsafe(`grant connect on database ${url.pathname.slice(1)} to ${role}`);
  url.username = role;
  url.password = encodeURIComponent(password);
  const sql = connect(url.href, { max: 1 });
  expect(await sql`select current_user as me`).toEqual([{ me: role }]);
  await sql.end();
  await database.owner.unsafe(`drop owned by ${role}; drop role ${role}`);
});

function add(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}
