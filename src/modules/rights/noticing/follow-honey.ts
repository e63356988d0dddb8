import type { Database } from '../../../platform/database/connect.ts';
import type { HoneyBook } from './honey-book.ts';
import { readHoneyMarks, readHoneyVersion } from './store.ts';

const followEveryMs = 60_000;

/** Marks that follow the database's, until they are stopped. */
export type FollowedHoney = { stop(): Promise<void> };

/**
 * Keeps a server's honey persons those of the database, a minute late at most. One that could not be read
 * again leaves the others in place: a lookup never waits for them.
 */
export async function followHoney(
  db: Database,
  book: HoneyBook,
  onTrouble: (error: unknown) => void,
): Promise<FollowedHoney> {
  let known = '';
  const follow = async () => {
    const version = await readHoneyVersion(db);
    if (version === known) return;
    book.take(await readHoneyMarks(db));
    known = version;
  };
  await follow();
  let following = Promise.resolve();
  const timer = setInterval(() => {
    following = following.then(follow).catch(onTrouble);
  }, followEveryMs).unref();
  return {
    async stop() {
      clearInterval(timer);
      await following;
    },
  };
}
