import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../../src/compose.ts';
import { openKeys } from '../../src/modules/vault/index.ts';
import { parisDay, systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { connect, type Database } from '../../src/platform/database/connect.ts';
import {
  besideDatabases,
  databaseName,
  dropDatabase,
  listDatabases,
  withDatabase,
} from '../../src/platform/database/other-databases.ts';
import { createLog } from '../../src/platform/log.ts';
import { type Desk, deskOrigin } from '../../world/desk.ts';
import { cloneDatabase, type TestDatabase } from '../database.ts';
import { type Asked, openDesks, settlePeople } from './own-database.ts';

/** A database with people and accounts, and a folder for backups of it. */
export type BackupStage = {
  readonly database: TestDatabase;
  readonly folder: string;
  readonly keysFolder: string;
  readonly asked: readonly Asked[];
  readonly desks: readonly Desk[];
  file(name: string): string;
  /** The address of another database beside this one. */
  beside(suffix: string): string;
  /** Databases whose names begin with this one's, without that start. */
  databases(): Promise<string[]>;
  serve(url?: string): Promise<RunningServer>;
  close(): Promise<void>;
};

/** Builds the stage in a database of a test's own. */
export async function setBackupStage(people: number, cap: number): Promise<BackupStage> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-backup-'));
  chmodSync(folder, 0o755);
  const keysFolder = join(folder, 'keys');
  const database = await cloneDatabase();
  const { owner, ownerUrl, serverUrl } = database;
  const keys = await openKeys(owner, { folder: keysFolder });
  const world = { seed: 57, count: people, day: parisDay(systemClock.now()) };
  const { asked } = await settlePeople({ owner, keys }, world);
  const desks = await openDesks({ owner, keys }, { count: 3, cap });
  const name = databaseName(ownerUrl);
  const servers = new Set<RunningServer>();
  const databases = async () => {
    const found = await besideDatabases(ownerUrl, (outside) => listDatabases(outside, name));
    return found.map((one) => one.name.slice(name.length)).sort();
  };
  return {
    database,
    folder,
    keysFolder,
    asked,
    desks,
    file: (file) => join(folder, file),
    beside: (suffix) => withDatabase(ownerUrl, `${name}${suffix}`),
    databases,
    async serve(url = serverUrl) {
      const env = {
        VIGIE_PORT: '0',
        VIGIE_PUBLIC_URL: deskOrigin,
        // They ask as no honest house asks.
        VIGIE_GUARD: 'off',
        VIGIE_METRICS_PORT: '0',
        VIGIE_ENV: 'test',
        VIGIE_KEYS_FOLDER: keysFolder,
      };
      const server = await startServer({
        config: readConfig(env),
        clock: systemClock,
        databaseUrl: withDatabase(serverUrl, databaseName(url)),
        log: createLog('silent'),
      });
      servers.add(server);
      return server;
    },
    async close() {
      await Promise.all([...servers].map((server) => server.stop()));
      const others = (await databases()).filter((suffix) => suffix !== '');
      await besideDatabases(ownerUrl, async (outside) => {
        for (const suffix of others) await dropDatabase(outside, `${name}${suffix}`);
      });
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every table of ours as one text, to compare two databases. */
export async function contentOf(db: Database): Promise<Record<string, string>> {
  const tables = await db`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')`;
  const content: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await db.unsafe(
      `select count(*) || ' ' || coalesce(md5(string_agg(line, '' order by line)), '') as content
         from (select md5(t::text) as line from ${name} t) lines`,
    );
    content[name] = row?.content;
  }
  return content;
}

/** Works on a database of an address for a moment. */
export async function on<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = connect(url, { max: 1, statementTimeoutSeconds: 60 });
  try {
    return await work(db);
  } finally {
    await db.end({ timeout: 1 });
  }
}
