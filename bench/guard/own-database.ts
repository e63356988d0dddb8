import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger, prepareLedger } from '../../src/modules/ledger/index.ts';
import { openKeys } from '../../src/modules/vault/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { startEmbedded } from '../../src/platform/database/embedded.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import type { Tools } from '../country.ts';

/** A PostgreSQL of the bench's own. */
export type OwnDatabase = Tools & {
  readonly serverUrl: string;
  readonly keysFolder: string;
  readonly dataFolder: string;
};

/** Starts one, and leaves nothing behind. */
export async function withOwnDatabase<T>(
  lanes: number,
  use: (own: OwnDatabase) => Promise<T>,
  say: (line: string) => void,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'));
  await chmod(folder, 0o755);
  const keysFolder = join(folder, 'keys');
  const embedded = await startEmbedded({ folder: join(folder, 'data'), keysFolder, say });
  const dataFolder = join(folder, 'data', 'postgres');
  const owner = connect(embedded.ownerUrl, { max: 2, statementTimeoutSeconds: 0 });
  const db = connect(embedded.serverUrl, { max: 8 });
  try {
    await migrate(embedded.ownerUrl, { serverPassword: embedded.serverPassword });
    await prepareLedger(owner, lanes);
    const keys = await openKeys(owner, { folder: keysFolder });
    const ledger = createLedger(db, { lanes, clock: systemClock });
    return await use({ owner, db, keys, ledger, serverUrl: embedded.serverUrl, keysFolder, dataFolder });
  } finally {
    await Promise.all([owner.end({ timeout: 1 }), db.end({ timeout: 1 })]);
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
