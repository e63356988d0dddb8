import { Socket } from 'node:net';
import postgres from 'postgres';
import { putRowsInPlace } from './rows-in-place.ts';
import { endWithConnection } from './transactions.ts';
import { watchSilence } from './watch-silence.ts';

export type Database = postgres.Sql;

/** How a pool differs from the usual one. */
export type PoolOptions = {
  readonly max?: number;
  readonly applicationName?: string;
  /** Longer than 5 s for migrations and loads only. 0 means no limit. */
  readonly statementTimeoutSeconds?: number;
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

/** Beyond the longest statement: a database that says nothing for longer is not working, it is away. */
const silenceGraceMs = 1000;

/** Opens a pool whose statements cannot wait for ever: a slow database becomes a failure, not a queue. */
export function connect(url: string, options: PoolOptions = {}): Database {
  const statementSeconds = options.statementTimeoutSeconds ?? 5;
  const patient = statementSeconds === 0 || statementSeconds > 5;
  const sql = postgres(url, {
    max: options.max ?? 10,
    // Asking the server for its types would cost one query a connection, for arrays we pass as text.
    fetch_types: false,
    connect_timeout: 5,
    ...pipelining,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: () => {},
    ...(patient ? {} : { socket: openWatched(statementSeconds * 1000 + silenceGraceMs) }),
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

/** What postgres.js tells whoever opens its sockets. */
type Address = {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | false;
  readonly ssl?: unknown;
};

/** Sockets that end themselves when the database falls silent; several hosts are tried in turn. */
function openWatched(silenceMs: number): (at: Address) => Socket {
  let turn = 0;
  return ({ host, port, path, ssl }) => {
    const place = turn % host.length;
    turn += 1;
    const address = { host: host[place] ?? 'localhost', port: port[place] ?? 5432 };
    const socket = path ? new Socket().connect(path) : new Socket().connect(address);
    // TLS takes the socket over, and encrypts what would be watched.
    if (!ssl) watchSilence(socket, silenceMs);
    // Where postgres.js looks for the name in the server's certificate.
    return Object.assign(socket, address);
  };
}
