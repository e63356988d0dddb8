import postgres from 'postgres';
import type { Database } from './connect.ts';
import { putRowsInPlace } from './rows-in-place.ts';

/** A lock that processes agree on by its name; shared ones exclude only those who want it alone. */
export type Lock = { readonly name: string; readonly shared?: boolean };

/** Locks that are held until they are released, or until the connection that holds them is lost. */
export type HeldLocks = {
  /** Resolves when the connection was lost without being released: somebody else may hold the locks now. */
  readonly lost: Promise<void>;
  isLost(): boolean;
  release(): Promise<void>;
};

/**
 * Takes all of the locks at once, or none: null says that somebody else holds one. A process that dies, or
 * whose connection dies, lets go of them, so that nothing is ever locked by the dead.
 */
export async function holdLocks(beside: Database, locks: readonly Lock[]): Promise<HeldLocks | null> {
  const { host, port, database, user, pass, ssl, connection } = beside.options;
  let released = false;
  let wasLost = false;
  let tellLost: () => void = () => {};
  const lost = new Promise<void>((resolve) => {
    tellLost = resolve;
  });
  const options = {
    host,
    port,
    database,
    user,
    pass,
    ssl,
    max: 1,
    // The locks live as long as this one connection: the driver must not replace it by a younger one.
    max_lifetime: null,
    idle_timeout: 0,
    keep_alive: 10,
    fetch_types: false,
    onnotice: () => {},
    onclose: () => {
      if (released) return;
      wasLost = true;
      tellLost();
    },
    connection: { ...connection, application_name: 'vigie lock', idle_in_transaction_session_timeout: 0 },
  };
  // The driver's types have no password, and hosts and ports it takes as lists.
  const holder = putRowsInPlace(postgres(options as unknown as postgres.Options<Record<string, never>>));
  const release = async () => {
    released = true;
    await holder.end({ timeout: 1 });
  };
  try {
    for (const { name, shared = false } of locks) {
      const [row] = shared
        ? await holder<Taken[]>`select pg_try_advisory_lock_shared(hashtextextended(${name}, 0)) as taken`
        : await holder<Taken[]>`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as taken`;
      if (row?.taken === true) continue;
      await release();
      return null;
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { lost, isLost: () => wasLost, release };
}

type Taken = { readonly taken: boolean };
