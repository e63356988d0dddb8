import { followHoney, type Notices } from './modules/rights/index.ts';
import { followKeys, type Keys } from './modules/vault/index.ts';
import type { Database } from './platform/database/connect.ts';
import type { Log } from './platform/log.ts';

/** Hears of what is changed elsewhere: keys that turned, honey persons that were placed. */
export async function followOthers(use: { db: Database; keys: Keys; notices: Notices; log: Log }) {
  const { db, keys, notices, log } = use;
  const followed = await followKeys(db, keys, (error) =>
    log.error({ err: error }, 'the keys could not be read again'),
  );
  const honey = await followHoney(db, notices.honey, (error) =>
    log.warn({ err: error }, 'the honey persons could not be read again'),
  ).catch(async (error: unknown) => {
    await followed.stop();
    throw error;
  });
  return { stop: () => Promise.all([followed.stop(), honey.stop()]) };
}
