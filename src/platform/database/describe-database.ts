import type { Database } from './connect.ts';
import { listDatabases } from './other-databases.ts';

/** What a database tells of itself. */
export type DatabaseFacts = {
  readonly version: string;
  readonly bytes: number;
  /** Databases beside it that backups and restores made and that are still there. */
  readonly beside: readonly string[];
  readonly standbys: number;
  /** How far the slowest standby is behind; null when this role may not see it, or there is none. */
  readonly behindBytes: number | null;
};

/** Reads what an operator asks first. */
export async function describeDatabase(db: Database): Promise<DatabaseFacts> {
  const [row] = await db`
    select current_database() as name, split_part(current_setting('server_version'), ' ', 1) as version,
           pg_database_size(current_database())::text as bytes`;
  // Without the right to look, pg_stat_replication shows lines and hides what is in them.
  const [lag] = await db`
    select count(*)::int as standbys, max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn))::text as behind
      from pg_stat_replication`;
  const others = await listDatabases(db, `${row?.name}_`);
  const ours = others.map(({ name }) => name).filter((name) => isOurs(name.slice(row?.name.length)));
  return {
    version: row?.version,
    bytes: Number(row?.bytes),
    beside: ours,
    standbys: lag?.standbys ?? 0,
    behindBytes: typeof lag?.behind === 'string' ? Number(lag.behind) : null,
  };
}

function isOurs(suffix: string): boolean {
  return /^_(scratch|restoring|before_\d{14})$/.test(suffix);
}
