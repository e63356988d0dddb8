import type { AccountTools } from '../modules/access/index.ts';
import { createLedger, readLedgerClock } from '../modules/ledger/index.ts';
import { openKeys } from '../modules/vault/index.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { connect, type Database } from '../platform/database/connect.ts';
import { findRunningEmbedded } from '../platform/database/embedded.ts';
import type { Io } from './command.ts';

/**
 * Works on the server's database with the server's keys: who may read both may administer, and nobody does
 * over the network.
 */
export async function besideServer<T>(
  io: Io,
  work: (tools: AccountTools & { readonly clock: Clock }, config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig(io.env);
  const db = connect(databaseOf(config), { max: 2, applicationName: 'vigie command' });
  try {
    const clock = await clockOf(db);
    const ledger = createLedger(db, { lanes: config.lanes, clock });
    const keys = await openKeys(db, { folder: config.keysFolder, command: config.masterKeyCommand });
    return await work({ db, keys, ledger, clock }, config).finally(() => ledger.close());
  } finally {
    await db.end({ timeout: 1 });
  }
}

/** The real time; beside a demo whose clock was moved, that demo's: the ledger takes no other. */
async function clockOf(db: Database): Promise<Clock> {
  const { isReplaced, aheadMs } = await readLedgerClock(db);
  if (!isReplaced) return systemClock;
  return {
    now: () => systemClock.now() + BigInt(aheadMs) * 1000n,
    monotonic: () => systemClock.monotonic() + aheadMs,
  };
}

function databaseOf(config: Config): string {
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  const running = findRunningEmbedded({ folder: config.dataFolder, keysFolder: config.keysFolder });
  if (running === undefined) {
    throw new Error(
      `No server runs on ${config.dataFolder}: start it with npm start, or set VIGIE_DATABASE_URL.`,
    );
  }
  return running.serverUrl;
}
