import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Database } from './connect.ts';
import { scramVerifier } from './passwords.ts';

/** One numbered file of `migrations/`. */
export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly digest: string;
};

/** How a migration differs from the usual one. */
export type MigrateOptions = {
  /** The password that vigie_server will sign in with; unchanged when absent. */
  readonly serverPassword?: string;
  /** Another folder of migrations; for tests. */
  readonly folder?: string;
  /** Only the migrations of these numbers: a database as an older version made it, for a restore. */
  readonly only?: ReadonlySet<number>;
  readonly say?: (line: string) => void;
};

/** Where this version's migrations are. */
export const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** Brings a database to this version, each file in its own transaction; returns the names applied now. */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const sql = connect(ownerUrl, { max: 1, applicationName: 'vigie migrate', statementTimeoutSeconds: 0 });
  try {
    await requireVersion(sql);
    // Two servers may start at once: the second waits, then finds nothing left to do.
    await sql`select pg_advisory_lock(hashtextextended('vigie migrate', 0))`;
    const { only } = options;
    const known = readMigrations(options.folder ?? migrationsFolder);
    const wanted = only === undefined ? known : known.filter(({ number }) => only.has(number));
    const applied = await applyAll(sql, wanted, options);
    await closeToOthers(sql);
    if (options.serverPassword !== undefined) await setServerPassword(sql, options.serverPassword);
    return applied;
  } finally {
    await sql.end();
  }
}

/** Why the server must not run with this connection: it could write the ledger around its function. */
export async function serverRoleIsOwner(sql: Database): Promise<boolean> {
  const [row] = await sql<{ owner: boolean }[]>`
    select r.rolsuper or r.rolcreaterole or r.rolbypassrls
        or exists (select from pg_database d where d.datname = current_database()
                   and pg_has_role(current_user, d.datdba, 'member'))
        or exists (select from pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                   and n.nspname <> 'public' and pg_has_role(current_user, n.nspowner, 'member')) as owner
      from pg_roles r where r.rolname = current_user`;
  return row?.owner ?? true;
}

/** The names of migrations this version has and the database lacks; a newer database is refused. */
export async function pendingMigrations(sql: Database, folder = migrationsFolder): Promise<string[]> {
  const [there] = await sql`select to_regclass('platform.migration') is not null as is_there`;
  const wanted = readMigrations(folder);
  return findPending(wanted, there?.is_there === true ? await readApplied(sql) : []).map(({ name }) => name);
}

/** Throws unless this version has each of these migrations, unchanged. */
export function requireKnown(applied: readonly Applied[], folder = migrationsFolder): void {
  findPending(readMigrations(folder), applied);
}

/** Only the database's owner and vigie_server may connect, and nobody else may make temporary tables. */
export async function closeToOthers(sql: Database): Promise<void> {
  const [row] = await sql<{ name: string }[]>`select current_database() as name`;
  const name = sql(row?.name ?? '');
  await sql`revoke all on database ${name} from public`;
  await sql`grant connect on database ${name} to vigie_server`;
}

/** Reads the numbered files in order, without the variants for a distributed database. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{6}_\w+\.sql$/.test(name));
  const migrations = names.sort().map((name) => {
    const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    const digest = createHash('sha256').update(text).digest('hex');
    return { number: Number(name.slice(0, 6)), name, text, digest };
  });
  const twice = migrations.find((migration, index) => migration.number === migrations[index - 1]?.number);
  if (twice !== undefined) throw new Error(`Two migrations have the number of ${twice.name}.`);
  return migrations;
}

async function applyAll(
  sql: Database,
  wanted: readonly Migration[],
  options: MigrateOptions,
): Promise<string[]> {
  await sql`create schema if not exists platform`;
  await sql`create table if not exists platform.migration (
    number int primary key, name text not null, digest text not null,
    applied_at timestamptz not null default now())`;
  const pending = findPending(wanted, await readApplied(sql));
  for (const { number, name, text, digest } of pending) {
    options.say?.(`  applying ${name}`);
    await sql.begin(async (transaction) => {
      await transaction.unsafe(text);
      await transaction`
        insert into platform.migration (number, name, digest) values (${number}, ${name}, ${digest})`;
    });
  }
  return pending.map(({ name }) => name);
}

/** What a database keeps of a migration. */
export type Applied = Pick<Migration, 'number' | 'name' | 'digest'>;

/** The migrations that were applied to a database. */
export function readApplied(sql: Database): Promise<Applied[]> {
  return sql<Applied[]>`select number, name, digest from platform.migration order by number`;
}

function findPending(wanted: readonly Migration[], applied: readonly Applied[]): Migration[] {
  for (const { number, name, digest } of applied) {
    const ours = wanted.find((migration) => migration.number === number);
    if (ours === undefined) {
      const todo = 'Start the version of Vigie that made it, or a newer one.';
      throw new Error(
        `This database is newer than this version of Vigie, which does not know ${name}. ${todo}`,
      );
    }
    if (ours.digest !== digest) {
      const todo = 'A migration never changes: add another one.';
      throw new Error(`${ours.name} is not the file that was applied to this database. ${todo}`);
    }
  }
  return wanted.filter(({ number }) => !applied.some((done) => done.number === number));
}

async function requireVersion(sql: Database): Promise<void> {
  const [row] = await sql<
    { version: number }[]
  >`select current_setting('server_version_num')::int as version`;
  const version = row?.version ?? 0;
  if (version < 150000) {
    throw new Error(`PostgreSQL 15 or newer is needed; this one is ${Math.floor(version / 10000)}.`);
  }
}

async function setServerPassword(sql: Database, password: string): Promise<void> {
  // A verifier has no quote, and ALTER ROLE takes no parameter.
  await sql.unsafe(`alter role vigie_server password '${scramVerifier(password)}'`);
}
