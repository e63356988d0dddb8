import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { canEnter, chooseSystemUser, type SystemUser } from './binaries.ts';
import { connect } from './connect.ts';
import { type Cluster, identity } from './postmaster.ts';

/** Where root's database goes when its user cannot enter the chosen folder. */
export const systemFolder = '/var/lib/vigie';

/** For one machine that also serves HTTP; the log settings keep personal data out of PostgreSQL's own log. */
export const usualSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  // A message about a bad value quotes it, and a detail line quotes a key or a statement: neither is written.
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_duration: 'off',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_lock_waits: 'off',
  log_autovacuum_min_duration: '-1',
  log_checkpoints: 'off',
  log_temp_files: '-1',
};

/** Where a database's files go and whose they are. */
export type Place = {
  readonly folder: string;
  readonly user: SystemUser | undefined;
  readonly isMoved: boolean;
};

/** Decides where the database's files go: the chosen folder, or a system one if its user cannot go there. */
export function choosePlace(chosen: string): Place {
  const folder = resolve(chosen);
  const user = chooseSystemUser(folder, systemPlace(folder));
  if (user === undefined || canEnter(user, existingPart(folder))) return { folder, user, isMoved: false };
  return { folder: systemPlace(folder), user, isMoved: true };
}

/** Creates an empty cluster beside its final place, then renames it: a crash leaves no half cluster. */
export async function createCluster(
  cluster: Cluster,
  ownerPassword: string,
  durable: boolean,
): Promise<void> {
  const place = dirname(cluster.folder);
  const unfinished = join(place, 'postgres.unfinished');
  const passwordFile = join(place, 'postgres.password');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, ownerPassword, { mode: 0o600 });
  if (cluster.user !== undefined) {
    for (const path of [unfinished, passwordFile]) chownSync(path, cluster.user.uid, cluster.user.gid);
  }
  try {
    await runInitdb(cluster, [
      `--pgdata=${unfinished}`,
      '--username=vigie_owner',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--no-instructions',
      ...(durable ? syncOptions() : ['--no-sync']),
    ]);
    renameSync(unfinished, cluster.folder);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Creates the database `vigie` of a new cluster; does nothing when it is there. */
export async function createDatabase(ownerUrl: string): Promise<void> {
  const url = new URL(ownerUrl);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const sql = connect(url.href, { max: 1, applicationName: 'vigie start', statementTimeoutSeconds: 60 });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (found === undefined) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
}

function runInitdb(cluster: Cluster, args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(cluster.binaries.initdb, args, {
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...identity(cluster.user),
    });
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint += String(chunk);
    });
    child.once('error', (error) => {
      const todo = 'Set VIGIE_DATABASE_URL to a PostgreSQL 15 or newer instead.';
      fail(new Error(`The PostgreSQL carried by npm cannot run here: ${error.message}. ${todo}`));
    });
    child.once('close', (code) => {
      if (code === 0) done();
      else fail(new Error(`The database could not be created.\n${complaint.trim()}`));
    });
  });
}

/** One flush of the file system instead of one a file: the same durability, a second sooner. */
function syncOptions(): string[] {
  return process.platform === 'linux' ? ['--sync-method=syncfs'] : [];
}

/** A place per chosen folder, so that two installations of root's never share a database. */
function systemPlace(folder: string): string {
  const name = folder.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-/, '');
  return join(systemFolder, `${name}-${createHash('sha256').update(folder).digest('hex').slice(0, 6)}`);
}

function existingPart(folder: string): string {
  return existsSync(folder) ? folder : existingPart(dirname(folder));
}
