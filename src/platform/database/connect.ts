import postgres from 'postgres';

export type Database = postgres.Sql;

/** How a pool differs from the usual one. */
export type PoolOptions = {
  readonly max?: number;
  readonly applicationName?: string;
  /** Longer than 5 s for migrations and loads only. 0 means no limit. */
  readonly statementTimeoutSeconds?: number;
};

/**
 * Sent with each sign-in, to make it longer than 1024 bytes. On a connection that closed with something unsent,
 * postgres.js 3.4.9 forgets to send a shorter one: it hangs until `connect_timeout`, again and again. When the
 * database is killed under load every pool has such connections. A longer one is sent at once with what was left;
 * PostgreSQL refuses that, and the next try is clean.
 */
const padding = '.'.repeat(1024);

/** Opens a pool whose statements cannot wait for ever: a slow database becomes a failure, not a queue. */
export function connect(url: string, options: PoolOptions = {}): Database {
  const statementSeconds = options.statementTimeoutSeconds ?? 5;
  const patient = statementSeconds === 0 || statementSeconds > 5;
  return postgres(url, {
    max: options.max ?? 10,
    // Asking the server for its types would cost one query a connection, for arrays we pass as text.
    fetch_types: false,
    connect_timeout: 5,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: () => {},
    connection: {
      'vigie.padding': padding,
      application_name: options.applicationName ?? 'vigie',
      statement_timeout: statementSeconds * 1000,
      lock_timeout: patient ? 60_000 : 2_000,
      idle_in_transaction_session_timeout: patient ? 60_000 : 10_000,
    },
  });
}
