import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../platform/database/connect.ts';
import { type HeldLocks, holdLocks } from '../platform/database/locks.ts';
import type { Io } from './command.ts';

const askAgainMs = 1_000;

/** Work that nothing else may do at the same time: no import, no other change of keys. */
export type AloneWithKeys = {
  /** Throws when the lock was lost: somebody else may work with the keys by now. */
  check(): void;
};

/**
 * Works while nobody imports and nobody else changes keys; lookups go on. Fails, or waits, when somebody
 * does.
 */
export async function aloneWithKeys<T>(
  io: Io,
  use: { readonly db: Database; readonly wait: boolean },
  work: (alone: AloneWithKeys) => Promise<T>,
): Promise<T> {
  const locks = await take(io, use);
  const check = () => {
    if (!locks.isLost()) return;
    throw new Error(
      'The connection to the database was lost. Nothing is lost: run this again, and it goes on from here.',
    );
  };
  try {
    return await work({ check });
  } finally {
    await locks.release();
  }
}

async function take(io: Io, { db, wait }: { db: Database; wait: boolean }): Promise<HeldLocks> {
  const locks = [{ name: 'vigie keys' }];
  let held = await holdLocks(db, locks);
  if (held === null && wait) io.err('An import or another change of keys is running: waiting for its end.');
  while (held === null && wait) {
    await sleep(askAgainMs);
    held = await holdLocks(db, locks);
  }
  if (held !== null) return held;
  throw new Error(
    'An import or another change of keys is running: nothing was changed. Try again later, or with --wait.',
  );
}
