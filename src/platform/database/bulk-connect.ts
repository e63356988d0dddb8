import { once } from 'node:events';
import { connect as dial, type Socket } from 'node:net';
import postgres from 'postgres';
import { type Database, pipelining } from './connect.ts';
import { putRowsInPlace } from './rows-in-place.ts';
import { endWithConnection } from './transactions.ts';

/**
 * Opens a pool beside another, to the same database, for sending rows in bulk: its own connections, so that
 * lookups keep theirs, and two minutes a statement. The caller ends it.
 */
export function connectForBulk(beside: Database, max: number): Database {
  const { host, port, database, user, pass, ssl, connection } = beside.options;
  const options = {
    host,
    port,
    database,
    user,
    pass,
    ssl,
    max,
    fetch_types: false,
    ...pipelining,
    onnotice: () => {},
    connection: {
      ...connection,
      statement_timeout: 120_000,
      idle_in_transaction_session_timeout: 60_000,
      // A table that is being filled has the statistics of an empty one: read through from its start for each
      // batch, it was nine tenths of the time of a first load. Everything here is looked up by a key.
      enable_seqscan: false,
    },
    socket: ({ host: [name = 'localhost'], port: [number = 5432] }: Address) => dialNoDelay(name, number),
  };
  // The driver's types lack `socket`, which it documents, and have no password.
  const sql = postgres(options as unknown as postgres.Options<Record<string, never>>);
  return endWithConnection(putRowsInPlace(sql));
}

type Address = { readonly host: readonly string[]; readonly port: readonly number[] };

// Each COPY ends with a small message after a large one: without this, the system holds it back for 40 ms,
// which was most of the time of a load.
async function dialNoDelay(host: string, port: number): Promise<Socket> {
  const socket = host.startsWith('/')
    ? dial(`${host}/.s.PGSQL.${port}`)
    : dial({ host, port, noDelay: true });
  await once(socket, 'connect', { signal: AbortSignal.timeout(5_000) });
  // Where the driver looks for the name that a certificate must bear.
  return Object.assign(socket, { host, port });
}
