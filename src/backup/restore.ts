import { setTimeout as sleep } from 'node:timers/promises';
import {
  hasLedger,
  type LaneState,
  readContained,
  readLanes,
  readMark,
  standings,
} from '../modules/ledger/index.ts';
import { BackupProblem } from '../platform/backup/archive-format.ts';
import { type CheckedArchive, checkArchive } from '../platform/backup/read-archive.ts';
import { connect, type Database } from '../platform/database/connect.ts';
import { requireKnown } from '../platform/database/migrate.ts';
import {
  besideDatabases,
  databaseName,
  dropDatabase,
  hasDatabase,
  holdName,
  listConnected,
  swapDatabases,
  withDatabase,
} from '../platform/database/other-databases.ts';
import { type Built, buildDatabase, dropLeftOver, namesBeside, type Said } from './build-database.ts';
import { explainTrouble } from './explain-trouble.ts';
import { describeLoss, findLosses } from './lane-loss.ts';

/** Connections that were closed, ours too, leave a moment later. */
const leavePatienceMs = 2000;

/** What a restore may do and tells. */
export type RestoreOptions = {
  /** Goes on although entries of the ledger are missing in the backup. */
  readonly acceptsLoss: boolean;
  readonly say: Said;
  /** Refuses a database whose keys are not at hand; before it takes its place. */
  checkKeys(restored: Database): Promise<void>;
};

/** What was restored. */
export type Restored = {
  readonly rows: bigint;
  readonly lanes: readonly LaneState[];
  /** What the database that was there before is called now. */
  readonly keptAs: string | undefined;
  /** Accounts that were contained in the database before, and are less so now. */
  readonly freed: readonly { readonly account: number; readonly standing: string }[];
};

/**
 * Puts a backup in the place of a database, which is kept under another name. Until the last step, which is
 * done whole or not at all, the database is as it was.
 */
export async function restore(ownerUrl: string, file: string, use: RestoreOptions): Promise<Restored> {
  const archive = await checkArchive(file);
  requireKnown(archive.header.migrations);
  const place = databaseName(ownerUrl);
  return besideDatabases(ownerUrl, async (outside) => {
    const held = await holdName(outside, place);
    try {
      const before = (await hasDatabase(outside, place)) ? await readState(ownerUrl) : nothing;
      requireNoLoss(archive, before.lanes, use);
      await requireAlone(outside, place);
      await dropLeftOver(outside, place);
      const name = namesBeside(place).restoring;
      const built = await buildDatabase(outside, ownerUrl, { name, archive, say: use.say });
      try {
        await checkBuilt(built, ownerUrl, { before: before.lanes, ...use });
        return await putInPlace(outside, ownerUrl, { built, archive, use });
      } finally {
        // What cannot be dropped now is dropped by the next one.
        await dropDatabase(outside, name).catch(() => {});
      }
    } finally {
      await held.release();
    }
  }).catch((error: unknown) => {
    throw explainTrouble(error);
  });
}

type State = {
  readonly lanes: readonly LaneState[];
  readonly contained: ReadonlyMap<number, number>;
};

const nothing: State = { lanes: [], contained: new Map() };

function readState(url: string): Promise<State> {
  return withOwner(url, async (db) => {
    if (!(await hasLedger(db))) return nothing;
    return { lanes: await readLanes(db), contained: await readContained(db) };
  });
}

function requireNoLoss(
  archive: CheckedArchive,
  lanes: readonly LaneState[],
  { acceptsLoss, say }: RestoreOptions,
): void {
  const backup = archive.header.lanes.map(({ lane, entries }) => ({ lane, entries: BigInt(entries) }));
  const losses = findLosses(backup, lanes).map(describeLoss);
  if (losses.length === 0) return;
  if (!acceptsLoss) {
    throw new BackupProblem(
      [
        'The database holds ledger entries that this backup does not:',
        ...losses.map((line) => `  ${line}`),
        'Nothing was changed. Take a later backup, or restore with --accept-loss: the database of now is',
        'then kept under another name.',
      ].join('\n'),
    );
  }
  for (const line of losses) say(`Accepted: ${line}.`);
}

/** Whether what was made is of the same ledger, and can be opened. */
async function checkBuilt(
  built: Built,
  ownerUrl: string,
  use: RestoreOptions & { readonly before: readonly LaneState[] },
): Promise<void> {
  await withOwner(built.url, async (restored) => {
    await use.checkKeys(restored);
    if (use.acceptsLoss) return;
    const others = await findOtherLanes(restored, ownerUrl, use.before);
    if (others.length === 0) return;
    throw new BackupProblem(
      `This backup is of another ledger than the database (lane ${others.join(', ')}): the entries of the ` +
        'database would all be lost. Nothing was changed. Restore it elsewhere with --into, or with ' +
        '--accept-loss: the database of now is then kept under another name.',
    );
  });
}

/** Lanes whose last entry is not in the backup: two ledgers, or one that went on twice from one place. */
async function findOtherLanes(
  restored: Database,
  ownerUrl: string,
  before: readonly LaneState[],
): Promise<number[]> {
  const full = before.filter(({ entries }) => entries > 0n);
  if (full.length === 0) return [];
  return withOwner(ownerUrl, async (db) => {
    const others: number[] = [];
    for (const { lane, entries } of full) {
      const last = { lane, seq: entries - 1n };
      if ((await readMark(db, last)) !== (await readMark(restored, last))) others.push(lane);
    }
    return others;
  });
}

async function putInPlace(
  outside: Database,
  ownerUrl: string,
  { built, archive, use }: { built: Built; archive: CheckedArchive; use: RestoreOptions },
): Promise<Restored> {
  const place = databaseName(ownerUrl);
  const isThere = await hasDatabase(outside, place);
  await requireAlone(outside, place);
  const kept = `${place}_before_${new Date()
    .toISOString()
    .slice(0, 19)
    .replaceAll(/[^0-9]/g, '')}`;
  const after = await readState(built.url);
  await swapDatabases(outside, { made: built.name, place, kept });
  if (!isThere) return { rows: built.rows, lanes: after.lanes, keptAs: undefined, freed: [] };
  // Nobody reaches it under this name: what it holds now is final.
  const last = await readState(withDatabase(ownerUrl, kept));
  const late = findLosses(after.lanes, last.lanes);
  if (late.length > 0 && !use.acceptsLoss) {
    throw new Error(
      `The restore of ${archive.path} is done, but a server recorded entries while it ended ` +
        `(${late.map(describeLoss).join('; ')}). They are in the database ${kept}.`,
    );
  }
  const freed = [...last.contained].filter(([account, was]) => (after.contained.get(account) ?? 0) < was);
  return {
    rows: built.rows,
    lanes: after.lanes,
    keptAs: kept,
    freed: freed.map(([account, standing]) => ({ account, standing: standings[standing] ?? 'suspended' })),
  };
}

async function requireAlone(outside: Database, place: string): Promise<void> {
  const deadline = Date.now() + leavePatienceMs;
  let others = await listConnected(outside, place);
  while (others.length > 0 && Date.now() < deadline) {
    await sleep(50);
    others = await listConnected(outside, place);
  }
  if (others.length === 0) return;
  throw new BackupProblem(
    `The database is in use (${others.join(', ')}): stop what uses it, and restore again. ` +
      'Nothing was changed.',
  );
}

async function withOwner<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = connect(url, { max: 1, applicationName: 'vigie restore', statementTimeoutSeconds: 0 });
  try {
    return await work(db);
  } finally {
    await db.end({ timeout: 1 });
  }
}
