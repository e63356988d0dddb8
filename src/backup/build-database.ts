import { countLanes, findHoles, prepareLedger } from '../modules/ledger/index.ts';
import { BackupProblem } from '../platform/backup/archive-format.ts';
import { loadDatabase } from '../platform/backup/load-database.ts';
import type { CheckedArchive } from '../platform/backup/read-archive.ts';
import { connect, type Database } from '../platform/database/connect.ts';
import { migrate, requireKnown } from '../platform/database/migrate.ts';
import { createEmpty, withDatabase } from '../platform/database/other-databases.ts';

/** What goes on, told while it goes on. */
export type Said = (line: string) => void;

/** A database made from a backup, under a name that no server uses. */
export type Built = { readonly name: string; readonly url: string; readonly rows: bigint };

/**
 * Makes a database from a backup: as the version that wrote it had it, then brought to this version.
 * Killed at any moment, it leaves a database of that name only, which the next one drops.
 */
export async function buildDatabase(
  outside: Database,
  ownerUrl: string,
  use: { readonly name: string; readonly archive: CheckedArchive; readonly say: Said },
): Promise<Built> {
  const { name, archive, say } = use;
  requireKnown(archive.header.migrations);
  await createEmpty(outside, name);
  const url = withDatabase(ownerUrl, name);
  try {
    return { name, url, rows: await fill(url, archive, say) };
  } catch (error) {
    throw explainFullDisk(error);
  }
}

async function fill(url: string, archive: CheckedArchive, say: Said): Promise<bigint> {
  const { migrations } = archive.header;
  await migrate(url, { only: new Set(migrations.map(({ number }) => number)) });
  const { rows } = await loadDatabase(url, archive, sayNowAndThen(say, 'rows are in'));
  const owner = connect(url, { max: 1, applicationName: 'vigie restore', statementTimeoutSeconds: 0 });
  try {
    await requireWhole(owner);
    const applied = await migrate(url);
    if (applied.length > 0) say(`  brought to this version: ${applied.length} migrations applied`);
    await prepareLedger(owner, await countLanes(owner));
  } finally {
    await owner.end({ timeout: 1 });
  }
  return rows;
}

function explainFullDisk(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === '53100')) return error;
  const said = 'The disk of the database is full: the backup was not restored, the database is as it was.';
  return new BackupProblem(`${said} A restore needs as much space again as the database has.`, {
    cause: error,
  });
}

/** Says how far something is, every two seconds at most. */
export function sayNowAndThen(say: Said, what: string): (rows: bigint) => void {
  let last = Date.now();
  return (rows) => {
    if (Date.now() - last < 2000) return;
    last = Date.now();
    say(`  ${rows} ${what}`);
  };
}

async function requireWhole(owner: Database): Promise<void> {
  const holes = await findHoles(owner);
  if (holes.length === 0) return;
  const places = holes.map(({ lane, seq }) => `lane ${lane} at entry ${seq}`).join(', ');
  throw new Error(
    `The ledger in this backup is not whole (${places}): entries are missing or out of order. Nothing was ` +
      'replaced. Take an older backup, and find out who changed the ledger.',
  );
}
