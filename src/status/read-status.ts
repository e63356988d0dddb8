import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { placesBuiltOn } from '../modules/access/index.ts';
import { readAlarms, readLag, readTelling } from '../modules/guard/index.ts';
import { hasLedger, readLanes, readLastMonth } from '../modules/ledger/index.ts';
import { readMailState } from '../modules/messages/index.ts';
import { countHoney, readImportStates } from '../modules/rights/index.ts';
import { readKeyStatus } from '../modules/vault/index.ts';
import { type Config, ConfigProblem } from '../platform/config.ts';
import { choosePlace } from '../platform/database/cluster.ts';
import { connect, type Database } from '../platform/database/connect.ts';
import { describeDatabase } from '../platform/database/describe-database.ts';
import { findRunningEmbedded } from '../platform/database/embedded.ts';
import { pendingMigrations } from '../platform/database/migrate.ts';
import type { Disk, Inside, KeySource, Places, Status } from './status.ts';

/** Looks at everything, as vigie_server; what cannot be looked at is told, never thrown. */
export async function readStatus(config: Config): Promise<Status> {
  const isOwn = config.databaseUrl === undefined;
  const folder = ownFolder(config);
  return {
    where: folder === undefined ? 'the PostgreSQL of VIGIE_DATABASE_URL' : `its own PostgreSQL in ${folder}`,
    isOwn,
    tellsByMail: config.smtpUrl !== undefined,
    places: config.placesFile === undefined ? null : readPlaces(config.placesFile),
    inside: await lookInside(config),
    keySource: readKeySource(config, folder),
    disks: await readDisks(config),
  };
}

/** The disks that a server's own folders are on; those of another database are for its operator to watch. */
export async function readDisks(config: Config): Promise<Disk[]> {
  const folder = ownFolder(config);
  const disks = [
    ...(folder === undefined ? [] : [await readDisk('data', folder)]),
    await readDisk('keys', resolve(config.keysFolder)),
  ];
  return disks.filter((disk) => disk !== undefined);
}

function ownFolder({ databaseUrl, dataFolder }: Config): string | undefined {
  return databaseUrl === undefined ? choosePlace(dataFolder).folder : undefined;
}

async function lookInside(config: Config): Promise<Inside | string> {
  const own = { folder: config.dataFolder, keysFolder: config.keysFolder };
  try {
    const url = config.databaseUrl ?? findRunningEmbedded(own)?.serverUrl;
    if (url === undefined) return `No server runs on ${resolve(config.dataFolder)}: start it with npm start.`;
    const db = connect(url, { max: 1, applicationName: 'vigie status' });
    try {
      return await readInside(db);
    } finally {
      await db.end({ timeout: 1 });
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return `The database does not answer${code}: look whether it runs, at its log and at its disk.`;
  }
}

async function readInside(db: Database): Promise<Inside> {
  const pending = await pendingMigrations(db);
  const isThere = await hasLedger(db);
  return {
    facts: await describeDatabase(db),
    pending,
    lanes: isThere ? await readLanes(db) : [],
    monthsUntil: isThere ? ((await readLastMonth(db)) ?? null) : null,
    imports: await readImportStates(db),
    // An older database has no keys of its own yet: its migrations are the news.
    keys: pending.length === 0 ? await readKeyStatus(db) : null,
    mails: pending.length === 0 ? await readMailState(db) : null,
    guard: pending.length === 0 ? await readLag(db) : null,
    alarms: pending.length === 0 ? await readAlarms(db) : [],
    honey: pending.length === 0 ? await countHoney(db) : null,
    telling: pending.length === 0 ? await readTelling(db) : [],
  };
}

function readPlaces(file: string): Places {
  try {
    return { builtOn: placesBuiltOn(file) };
  } catch (error) {
    if (error instanceof ConfigProblem) return { problem: error.problems.join('; ') };
    throw error;
  }
}

function readKeySource(config: Config, dataFolder: string | undefined): KeySource {
  const file = resolve(join(config.keysFolder, 'master.key'));
  return {
    command: config.masterKeyCommand !== undefined,
    file,
    mode: statSync(file, { throwIfNoEntry: false })?.mode ?? null,
    isInDataFolder: dataFolder !== undefined && file.startsWith(dataFolder + sep),
  };
}

/** The disk of a folder, or of the one above that exists. */
async function readDisk(what: string, folder: string): Promise<Disk | undefined> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { what, folder, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return folder === dirname(folder) ? undefined : readDisk(what, dirname(folder));
  }
}
