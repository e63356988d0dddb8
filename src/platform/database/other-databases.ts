import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Database } from './connect.ts';
import { type HeldLocks, holdLocks } from './locks.ts';

const endPatienceMs = 30_000;
/** Its name was just taken, is taken, or is in use: by what a killed process had begun. */
const passingCodes = ['23505', '42P04', '55006'];
const insufficientPrivilege = '42501';
const mayNotCreate =
  'The owner of the database may not create databases: a backup is tried in one, and a restore makes one. ' +
  'As a superuser: alter role <owner> createdb.';

/** The name of the database that an address leads to. */
export function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/** The same address with another database. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}

/** Works on databases from outside them: from `postgres`, which every PostgreSQL has. */
export async function besideDatabases<T>(ownerUrl: string, work: (db: Database) => Promise<T>): Promise<T> {
  const url = withDatabase(ownerUrl, 'postgres');
  const db = connect(url, { max: 1, applicationName: 'vigie backup', statementTimeoutSeconds: 0 });
  try {
    return await work(db);
  } finally {
    await db.end({ timeout: 1 });
  }
}

/** Holds a name for one process at a time, which a killed one lets go of. */
export async function holdName(outside: Database, name: string): Promise<HeldLocks> {
  const held = await holdLocks(outside, [{ name: `vigie database ${name}` }]);
  if (held !== null) return held;
  throw new Error('Another backup or restore works on this database: wait until it has ended.');
}

/** Whether there is a database of this name. */
export async function hasDatabase(outside: Database, name: string): Promise<boolean> {
  const [found] = await outside`select 1 from pg_database where datname = ${name}`;
  return found !== undefined;
}

/** Databases whose names begin so, with their sizes in bytes. */
export async function listDatabases(db: Database, start: string): Promise<{ name: string; bytes: number }[]> {
  const rows = await db`
    select datname as name,
           case when has_database_privilege(datname, 'connect')
             then pg_database_size(datname) end::text as bytes
      from pg_database where starts_with(datname, ${start}) order by datname`;
  return rows.map(({ name, bytes }) => ({ name, bytes: Number(bytes ?? 0) }));
}

/** Makes an empty database, in place of one of that name that an interrupted run left. */
export async function createEmpty(outside: Database, name: string): Promise<void> {
  // A killed process lets go of its lock at once; PostgreSQL ends what it was told last a moment later.
  for (const deadline = Date.now() + endPatienceMs; ; await sleep(100)) {
    try {
      await dropDatabase(outside, name);
      await outside`create database ${outside(name)} template template0`;
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (code === insufficientPrivilege) throw new Error(mayNotCreate);
      if (!passingCodes.includes(code) || Date.now() > deadline) throw error;
    }
  }
}

/** Drops a database that a backup or restore made for itself. */
export async function dropDatabase(outside: Database, name: string): Promise<void> {
  await outside`drop database if exists ${outside(name)} with (force)`;
}

/** Who is connected to a database, by program name. */
export async function listConnected(outside: Database, name: string): Promise<string[]> {
  const rows = await outside`
    select coalesce(nullif(application_name, ''), usename::text, 'unnamed') as program, count(*)::int as count
      from pg_stat_activity
     where datname = ${name} and pid <> pg_backend_pid() and backend_type = 'client backend'
     group by 1 order by 1`;
  return rows.map(({ program, count }) => (count === 1 ? program : `${program} (${count} times)`));
}

/** Puts one database in the place of another, which is kept under a third name: both at once or none. */
export async function swapDatabases(
  outside: Database,
  names: { readonly made: string; readonly place: string; readonly kept: string },
): Promise<void> {
  const { made, place, kept } = names;
  const isTaken = await hasDatabase(outside, place);
  await outside.begin(async (tx) => {
    if (isTaken) await tx`alter database ${tx(place)} rename to ${tx(kept)}`;
    await tx`alter database ${tx(made)} rename to ${tx(place)}`;
  });
}
