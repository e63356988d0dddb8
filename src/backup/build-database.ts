import { countLanes, findHoles, prepareLedger } from '../modules/ledger/index.ts';
import { loadDatabase } from '../platform/backup/load-database.ts';
import type { CheckedArchive } from '../platform/backup/read-archive.ts';
import { connect, type Database } from '../platform/database/connect.ts';
import { migrate, requireKnown } from '../platform/database/migrate.ts';
import { createEmpty, dropDatabase, withDatabase } from '../platform/database/other-databases.ts';

/** What goes on, told while it goes on. */
export type Said = (line: string) => void;

/** A database made from a backup, under a name that no server uses. */
export type Built = { readonly name: string; readonly url: string; readonly rows: bigint };

/** The names under which databases are made beside one; what an interrupted run left of either goes first. */
export function namesBeside(place: string): { readonly scratch: string; readonly restoring: string } {
  return { scratch: `${place}_scratch`, restoring: `${place}_restoring` };
}

/** Drops what interrupted runs left; the caller holds the name. */
export async function dropLeftOver(outside: Database, place: string): Promise<void> {
  for (const name of Object.values(namesBeside(place))) await dropDatabase(outside, name);
}

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
  return { name, url, rows: await fill(url, archive, say) };
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
