import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchSilence } from './watch-silence.ts';

/** What postgres.js tells whoever opens its sockets. */
type Address = {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | false;
  readonly ssl?: unknown;
};

const againMs = 100;
/** Tries that are further apart are not one wait. */
const apartMs = 5_000;

/**
 * Opens the sockets of a pool; several hosts are tried in turn. One that falls silent ends itself after
 * `silenceMs`. A statement waits no longer than `awayMs` for a database that takes connections and closes
 * them without a word, as one does that cannot come back for want of space: postgres.js 3.4.9 tries again at
 * once, hundreds of times a second and without end.
 */
export function openSockets(limits: {
  readonly silenceMs: number | undefined;
  readonly awayMs: number;
}): (at: Address) => Promise<Socket> {
  let turn = 0;
  let closed: { readonly since: number; readonly last: number } | undefined;
  return async ({ host, port, path, ssl }) => {
    const now = performance.now();
    if (closed !== undefined && now - closed.last > apartMs) closed = undefined;
    if (closed !== undefined) await sleep(againMs);
    if (closed !== undefined && now - closed.since > limits.awayMs) {
      closed = undefined;
      return awaySocket();
    }
    const place = turn % host.length;
    turn += 1;
    const address = { host: host[place] ?? 'localhost', port: port[place] ?? 5432 };
    const socket = path ? new Socket().connect(path) : new Socket().connect(address);
    let isHeard = false;
    const hear = () => {
      isHeard = true;
      closed = undefined;
    };
    // What fails with an error fails its statement as well.
    socket.once('data', hear).once('error', hear);
    socket.once('close', () => {
      if (!isHeard) closed = { since: closed?.since ?? performance.now(), last: performance.now() };
    });
    // TLS takes the socket over, and encrypts what would be watched.
    if (!ssl && limits.silenceMs !== undefined) watchSilence(socket, limits.silenceMs);
    // Where postgres.js looks for the name in the server's certificate.
    return Object.assign(socket, address);
  };
}

/** A socket that fails: thrown instead, the error would leave the pool's connection in use for ever. */
function awaySocket(): Socket {
  const says = 'The database takes connections, and closes them.';
  const socket = new Socket();
  const error = Object.assign(new Error(says), { code: 'CONNECTION_CLOSED' });
  // When postgres.js begins to speak it listens as well.
  return Object.assign(socket, { write: () => !socket.destroy(error) });
}
