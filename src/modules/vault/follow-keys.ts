import { randomUUID } from 'node:crypto';
import type { Database } from '../../platform/database/connect.ts';
import { forgetReader, noteReader } from './keyring/store.ts';
import { type Keys, noteRead } from './keys.ts';
import { refreshKeys, versionOf } from './open-keys.ts';

const followEveryMs = 1_000;

/** Keys that follow the database's, until they are stopped. */
export type FollowedKeys = { stop(): Promise<void> };

/**
 * Reads the keys again soon after they changed, and says in the database which ones this server works with: a
 * rotation waits for it. Keys that were not opened from a database stay as they are.
 */
export async function followKeys(
  db: Database,
  keys: Keys,
  onTrouble: (error: unknown) => void,
): Promise<FollowedKeys> {
  if (versionOf(keys) === null) return { stop: async () => {} };
  const reader = randomUUID();
  const follow = async () => {
    const asked = performance.now();
    const known = versionOf(keys) ?? 0n;
    if ((await noteReader(db, reader, known)) !== known) {
      await noteReader(db, reader, await refreshKeys(db, keys));
    }
    noteRead(keys, asked);
  };
  await follow();
  let isStopped = false;
  let isTroubled = false;
  let following = Promise.resolve();
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(() => {
      following = follow().then(
        () => {
          isTroubled = false;
        },
        (error: unknown) => {
          // Once, and not each second for as long as a database is away.
          if (!isTroubled) onTrouble(error);
          isTroubled = true;
        },
      );
      following.finally(() => isStopped || next());
    }, followEveryMs).unref();
  };
  next();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await following;
      await forgetReader(db, reader).catch(() => {});
    },
  };
}
