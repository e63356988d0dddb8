import { parseArgs } from 'node:util';
import { prepareLedger } from '../modules/ledger/index.ts';
import { readConfig } from '../platform/config.ts';
import { connect } from '../platform/database/connect.ts';
import { migrate } from '../platform/database/migrate.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'database migrate',
  says: 'Brings an external database to this version, as its owner, and makes the role that the server uses.',
  usage: '',
  examples: [
    'VIGIE_DATABASE_OWNER_URL=postgres://owner:secret@db:5432/vigie ' +
      'VIGIE_DATABASE_URL=postgres://vigie_server:other@db:5432/vigie vigie database migrate',
  ],
  exits: { 0: 'the database is at this version', 1: 'it is not: nothing of the failed step was kept' },
  async run(args, io) {
    parseArgs({ args: [...args], options: {} });
    const config = readConfig(io.env);
    if (config.databaseOwnerUrl === undefined) {
      throw new UsageProblem(
        'Set VIGIE_DATABASE_OWNER_URL to the address of the database with its owner’s name. ' +
          '(The database that the server runs itself is migrated when it starts.)',
      );
    }
    const serverPassword = passwordOf(config.databaseUrl);
    const applied = await migrate(config.databaseOwnerUrl, {
      say: io.out,
      ...(serverPassword === undefined ? {} : { serverPassword }),
    });
    await prepare(config.databaseOwnerUrl, config.lanes);
    io.out(applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.length} migrations.`);
    if (serverPassword === undefined) {
      io.out('vigie_server keeps its password: VIGIE_DATABASE_URL does not give one.');
    }
    return 0;
  },
};

/** Lanes once, and a year of months for entries: only the owner may create them. */
async function prepare(ownerUrl: string, lanes: number): Promise<void> {
  const owner = connect(ownerUrl, { max: 1, applicationName: 'vigie migrate', statementTimeoutSeconds: 60 });
  await prepareLedger(owner, lanes).finally(() => owner.end());
}

/** The password that the server will sign in with, when its address tells one. */
function passwordOf(databaseUrl: string | undefined): string | undefined {
  if (databaseUrl === undefined) return undefined;
  const { username, password } = new URL(databaseUrl);
  if (username !== 'vigie_server') {
    throw new UsageProblem('VIGIE_DATABASE_URL must sign in as vigie_server: the server refuses an owner.');
  }
  return password === '' ? undefined : decodeURIComponent(password);
}
