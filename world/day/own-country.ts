import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareLedger } from '../../src/modules/ledger/index.ts';
import { openKeys } from '../../src/modules/vault/index.ts';
import { connect, type Database } from '../../src/platform/database/connect.ts';
import { startEmbedded } from '../../src/platform/database/embedded.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import type { Habits } from './honest-account.ts';
import { playDay, prepareDay } from './play-day.ts';
import type { CountryPlan } from './settle-country.ts';
import { copyDatabase, dropCopy } from './store.ts';
import type { WorkedDay } from './work-day.ts';

type Said = (line: string) => void;

/** Data that is thrown away after the day need not reach the disk. */
const unkept = { fsync: 'off', full_page_writes: 'off' };

/** A prepared country in a database of its own, whose first working day can be played again and again. */
export type OwnCountry = {
  /** Each time from the same evening before. */
  play(habits: Habits, say: Said): Promise<WorkedDay>;
  close(): Promise<void>;
};

/** Starts PostgreSQL in a temporary folder, fills it, and keeps it as the evening before the day. */
export async function openOwnCountry(plan: CountryPlan, say: Said): Promise<OwnCountry> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-day-'));
  // The database's own user must be able to enter it.
  await chmod(folder, 0o755);
  const keysFolder = join(folder, 'keys');
  const start = { folder: join(folder, 'data'), keysFolder, say: () => {}, settings: unkept, durable: false };
  const embedded = await startEmbedded(start);
  const close = async () => {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { ownerUrl, serverUrl, serverPassword } = embedded;
    await migrate(ownerUrl, { serverPassword });
    const { keys, country } = await withOwner(ownerUrl, async (owner) => {
      await prepareLedger(owner, 1);
      const opened = await openKeys(owner, { folder: keysFolder });
      const database = { owner, serverUrl, keysFolder, keys: opened };
      return { keys: opened, country: await prepareDay(database, plan, say) };
    });
    let copies = 0;
    const play: OwnCountry['play'] = async (habits, hear) => {
      copies += 1;
      const name = `vigie_day_${copies}`;
      const of = await copyDatabase(ownerUrl, name);
      const work = (owner: Database) =>
        playDay({ owner, serverUrl: of(serverUrl), keysFolder, keys }, country, { plan, habits, say: hear });
      return withOwner(of(ownerUrl), work).finally(() => dropCopy(ownerUrl, name));
    };
    return { play, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nobody may stay connected to a database that is to be copied. */
async function withOwner<T>(ownerUrl: string, work: (owner: Database) => Promise<T>): Promise<T> {
  const owner = connect(ownerUrl, { max: 2, statementTimeoutSeconds: 60 });
  return work(owner).finally(() => owner.end({ timeout: 1 }));
}
