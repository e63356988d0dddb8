import { followHoney, type Notices } from './modules/rights/index.ts';
import { followKeys, type Keys } from './modules/vault/index.ts';
import type { Database } from './platform/database/connect.ts';
import type { Log } from './platform/log.ts';

/** What is followed until it is stopped. */
export type Followed = { stop(): Promise<void> };

/** What other servers change and this one keeps in memory: keys and honey persons. */
export async function followOthers(use: {
  readonly db: Database;
  readonly keys: Keys;
  readonly log: Log;
  readonly notices: Notices;
}): Promise<Followed> {
  const { db, keys, log, notices } = use;
  const followed: Followed[] = [];
  const stop = async () => {
    await Promise.all(followed.map((each) => each.stop()));
  };
  try {
    followed.push(
      await followKeys(db, keys, (error) => log.error({ err: error }, 'the keys could not be read again')),
    );
    followed.push(
      await followHoney(db, notices.honey, (error) =>
        log.warn({ err: error }, 'the honey persons could not be read again'),
      ),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}
