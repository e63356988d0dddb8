import postgres from 'postgres';
import { openSockets } from './open-sockets.ts';
import { putRowsInPlace } from './rows-in-place.ts';
import { endWithConnection } from './transactions.ts';

export type Database = postgres.Sql;

/** How a pool differs from the usual one. */
export type PoolOptions = {
  readonly max?: number;
  readonly applicationName?: string;
  /** Longer than 5 s for migrations and loads only. 0 means no limit. */
  readonly statementTimeoutSeconds?: number;
  /** How long a database may take connections and close them before what waits fails: 20 s or less. */
  readonly awayMs?: number;
};

/**
 * Sent with each sign-in, to make it longer than 1024 bytes. On a connection that closed with something
 * unsent, postgres.js 3.4.9 forgets to send a shorter one: it hangs until `connect_timeout`, again and again.
 * A database killed under load leaves such connections in every pool. A longer one is sent at once with what
 * was left; PostgreSQL refuses that, and the next try is clean.
 */
const padding = '.'.repeat(1024);

/**
 * How many statements postgres.js 3.4.9 sends ahead on one connection: no limit, because a `begin` that meets
 * it is not given its connection to itself. It fails, and leaves an open transaction in the pool that whoever
 * comes next writes into and nobody commits.
 */
export const pipelining = { max_pipeline: Number.MAX_SAFE_INTEGER };

/** A database that comes back after a crash says that it is starting; this is one that does not. Assumed. */
const patientAwayMs = 20_000;

/** Beyond the longest statement: a database that says nothing for longer is not working, it is away. */
const silenceGraceMs = 1000;

/** Opens a pool whose statements cannot wait for ever: a slow database becomes a failure, not a queue. */
export function connect(url: string, options: PoolOptions = {}): Database {
  const statementSeconds = options.statementTimeoutSeconds ?? 5;
  const patient = statementSeconds === 0 || statementSeconds > 5;
  const brisk = statementSeconds * 1000 + silenceGraceMs;
  const { awayMs = patient ? patientAwayMs : brisk } = options;
  const sql = postgres(url, {
    max: options.max ?? 10,
    // Asking the server for its types would cost one query a connection, for arrays we pass as text.
    fetch_types: false,
    connect_timeout: 5,
    ...pipelining,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: () => {},
    ...{ socket: openSockets({ silenceMs: patient ? undefined : brisk, awayMs }) },
    connection: {
      'vigie.padding': padding,
      application_name: options.applicationName ?? 'vigie',
      statement_timeout: statementSeconds * 1000,
      lock_timeout: patient ? 60_000 : 2_000,
      idle_in_transaction_session_timeout: patient ? 60_000 : 10_000,
    },
  });
  return endWithConnection(putRowsInPlace(sql));
}
