import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BackupProblem } from '../platform/backup/archive-format.ts';
import type { Config } from '../platform/config.ts';
import { choosePlace } from '../platform/database/cluster.ts';
import { findRunningEmbedded, startEmbedded } from '../platform/database/embedded.ts';
import type { Said } from './build-database.ts';

/** What is done with a database: read beside its server, or put in its place while no server runs. */
export type Purpose = 'read' | 'replace';

/** Works on the database of the settings as its owner: an external one, or our own, started at need. */
export async function withOwnerUrl<T>(
  config: Config,
  purpose: Purpose,
  use: { readonly say: Said; work(ownerUrl: string): Promise<T> },
): Promise<T> {
  if (config.databaseOwnerUrl !== undefined) return use.work(config.databaseOwnerUrl);
  if (config.databaseUrl !== undefined) {
    throw new BackupProblem(
      'Set VIGIE_DATABASE_OWNER_URL to the address of the database with its owner’s name: ' +
        'vigie_server may not read, nor make, all of it.',
    );
  }
  const at = { folder: config.dataFolder, keysFolder: config.keysFolder };
  const running = findRunningEmbedded(at);
  if (running !== undefined && purpose === 'read') return use.work(running.ownerUrl);
  const { folder } = choosePlace(config.dataFolder);
  if (purpose === 'read' && !existsSync(join(folder, 'postgres'))) {
    throw new BackupProblem(`There is no database in ${folder}: nothing to read. See VIGIE_DATA_FOLDER.`);
  }
  // Refused while a server runs: it has the folder.
  const embedded = await startEmbedded({ ...at, say: use.say });
  try {
    return await use.work(embedded.ownerUrl);
  } finally {
    await embedded.stop();
  }
}
