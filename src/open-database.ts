import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoClock } from '../world/demo-clock.ts';
import { markDemo } from './modules/access/index.ts';
import { createLedger, prepareLedger } from './modules/ledger/index.ts';
import { countPeople, openKeys } from './modules/vault/index.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { connect } from './platform/database/connect.ts';
import { startEmbedded } from './platform/database/embedded.ts';
import { migrate, serverRoleIsOwner } from './platform/database/migrate.ts';
import { recreateDatabase } from './platform/database/recreate.ts';

type Said = (line: string) => void;

/** A database that the server can work with, and how to let go of it. */
export type OpenedDatabase = {
  readonly serverUrl: string;
  readonly where: string;
  /** Of a demo whose clock moves. */
  readonly demoClock?: DemoClock;
  stop(): Promise<void>;
};

const demoPeopleUsual = 100_000;
/** Stands in the data folder while the first filling goes on; one that is found there was interrupted. */
const unfinished = 'filling-demo';

/** Opens the database of the settings: an external one as it is, else our own, migrated and filled. */
export async function openDatabase(config: Config, say: Said): Promise<OpenedDatabase> {
  if (config.databaseUrl !== undefined) return openExternal(config, config.databaseUrl, { say });
  const embedded = await startEmbedded({ folder: config.dataFolder, keysFolder: config.keysFolder, say });
  try {
    const { ownerUrl, serverUrl, serverPassword, folder } = embedded;
    const marker = join(folder, unfinished);
    if (existsSync(marker)) {
      say('The first filling was interrupted: starting it again.');
      await recreateDatabase(ownerUrl);
      rmSync(marker);
    }
    await migrate(ownerUrl, { serverPassword });
    const owner = connect(ownerUrl, {
      max: 1,
      applicationName: 'vigie prepare',
      statementTimeoutSeconds: 60,
    });
    await prepareLedger(owner, config.lanes).finally(() => owner.end());
    const count = config.demoPeople ?? (config.environment === 'production' ? 0 : demoPeopleUsual);
    await fillWhenEmpty(config, serverUrl, { say, count, marker });
    const opened = {
      serverUrl,
      where: `its own PostgreSQL, files in ${folder}`,
      stop: () => embedded.stop(),
    };
    if (config.demoClock === 'real') return opened;
    const { openDemoClock } = await import('../world/demo-clock.ts');
    return { ...opened, demoClock: await openDemoClock(ownerUrl) };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function openExternal(config: Config, serverUrl: string, use: { say: Said }): Promise<OpenedDatabase> {
  const count = config.demoPeople ?? 0;
  if (count > 0) await fillWhenEmpty(config, serverUrl, { ...use, count });
  return { serverUrl, where: 'the PostgreSQL of VIGIE_DATABASE_URL', stop: async () => {} };
}

async function fillWhenEmpty(
  config: Config,
  serverUrl: string,
  use: { say: Said; count: number; marker?: string },
): Promise<void> {
  const { say, count, marker } = use;
  if (count === 0) return;
  const db = connect(serverUrl, { max: 8, applicationName: 'vigie demo', statementTimeoutSeconds: 60 });
  const ledger = createLedger(db, { lanes: config.lanes, clock: systemClock });
  try {
    // The server itself says why it does not start as an owner; nothing is filled before.
    if ((await serverRoleIsOwner(db)) || (await countPeople(db)) > 0) return;
    if (marker !== undefined) writeFileSync(marker, '');
    say(`Filling the empty database with ${count} invented people and their professionals …`);
    const keys = await openKeys(db, { folder: config.keysFolder, command: config.masterKeyCommand });
    // Before anything is in it: the door of a demo exists in no other database.
    await markDemo(db);
    // Loaded at need: a server in production never reads the invented country.
    const { fillDemo } = await import('../world/fill-demo.ts');
    const { keepDemoAccount } = await import('../world/demo-account.ts');
    const account = await fillDemo({ db, keys, ledger }, count, say);
    await keepDemoAccount({ db, keys, ledger }, config.keysFolder, account);
    if (marker !== undefined) rmSync(marker);
  } finally {
    await ledger.close();
    await db.end({ timeout: 1 });
  }
}
