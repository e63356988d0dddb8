import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { tryOut } from '../backup/back-up.ts';
import { withOwnerUrl } from '../backup/find-database.ts';
import { type Restored, restore } from '../backup/restore.ts';
import { openKeys } from '../modules/vault/index.ts';
import { BackupProblem } from '../platform/backup/archive-format.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { choosePlace } from '../platform/database/cluster.ts';
import type { Database } from '../platform/database/connect.ts';
import { besideDatabases, databaseName, holdName } from '../platform/database/other-databases.ts';
import { type Command, type Io, UsageProblem } from './command.ts';

const options = {
  into: { type: 'string' },
  scratch: { type: 'boolean', default: false },
  'accept-loss': { type: 'boolean', default: false },
} as const;

export const command: Command = {
  name: 'restore',
  says: 'Puts a backup in the place of the database, which is kept under another name. Servers are stopped.',
  usage: 'FILE [--into URL | --scratch] [--accept-loss]',
  examples: [
    'vigie restore /var/backups/vigie/monday.vigie',
    'vigie restore /var/backups/vigie/monday.vigie --scratch',
    'vigie restore monday.vigie --into postgres://vigie_owner:secret@db:5432/vigie_tuesday',
  ],
  exits: {
    0: 'the database is the backup’s (with --scratch: it could be)',
    1: 'nothing was replaced: a damaged file, entries that would be lost, a server at work; it says which',
  },
  async run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [given] = positionals;
    if (given === undefined || positionals.length > 1) throw new UsageProblem('Give the name of one file.');
    if (values.into !== undefined && values.scratch) throw new UsageProblem('--into or --scratch, not both.');
    const file = resolve(given);
    const config = readConfig(io.env);
    if (values.scratch) return tryFile(config, file, io);
    const checkKeys = (restored: Database) => requireKeys(restored, config, io.out);
    const work = (ownerUrl: string) =>
      restore(ownerUrl, file, { acceptsLoss: values['accept-loss'], say: io.out, checkKeys });
    const done =
      values.into === undefined
        ? await withOwnerUrl(config, 'replace', { say: io.out, work })
        : await work(postgresUrl(values.into));
    if (values.into === undefined) forgetFirstFilling(config);
    io.out(describe(done));
    return 0;
  },
};

function tryFile(config: Config, file: string, io: Io): Promise<number> {
  return withOwnerUrl(config, 'read', {
    say: io.out,
    work: (ownerUrl) =>
      besideDatabases(ownerUrl, async (outside) => {
        const held = await holdName(outside, databaseName(ownerUrl));
        try {
          const rows = await tryOut(outside, ownerUrl, { path: file, say: io.out });
          io.out(`${file} can be restored: ${rows} rows, the ledger is whole.`);
          return 0;
        } finally {
          await held.release();
        }
      }),
  });
}

/** A wrong key would make a database in which nobody is found: better seen before it takes its place. */
async function requireKeys(restored: Database, config: Config, say: Io['out']): Promise<void> {
  const file = join(config.keysFolder, 'master.key');
  // The other one is there when a rotation of the master key was interrupted.
  const isThere = existsSync(file) || existsSync(`${file}.next`);
  if (config.masterKeyCommand === undefined && !isThere) {
    return say(`There is no ${file} yet: put the master key of this backup there before the server starts.`);
  }
  try {
    await openKeys(restored, { folder: config.keysFolder, command: config.masterKeyCommand });
  } catch (cause) {
    throw new BackupProblem(
      `The master key at hand does not open this backup (${cause instanceof Error ? cause.message : ''}). ` +
        'Nothing was replaced. Put the master key of the time of the backup in its place, and restore again.',
      { cause },
    );
  }
}

/** A first filling that was interrupted starts again with an empty database: it must not empty this one. */
function forgetFirstFilling(config: Config): void {
  if (config.databaseOwnerUrl !== undefined) return;
  rmSync(join(choosePlace(config.dataFolder).folder, 'filling-demo'), { force: true });
}

function postgresUrl(text: string): string {
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text;
  throw new UsageProblem('--into must look like postgres://owner:password@host:5432/database');
}

function describe({ rows, lanes, keptAs, freed }: Restored): string {
  const next = lanes.map(({ lane, entries }) => `lane ${lane} goes on at entry ${entries}`).join(', ');
  const warnings = freed.map(({ account, standing }) => {
    return `Account ${account} was ${standing} and is less so in the backup: suspend it again if it must be.`;
  });
  const kept =
    keptAs === undefined
      ? []
      : [`What was there is kept as the database ${keptAs}: drop it once nobody needs it.`];
  return [`Restored: ${rows} rows. The ledger: ${next || 'no lanes'}.`, ...kept, ...warnings].join('\n');
}
