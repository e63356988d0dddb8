import { connect, createServer, type Server, type Socket } from 'node:net';

/** `open` passes all on, `cut` drops and refuses connections, `silent` keeps them and passes nothing. */
export type WireState = 'open' | 'cut' | 'silent';

/** A wire between the server and its database that can be broken and mended. */
export type BreakableWire = { readonly url: string; turn(state: WireState): void; close(): void };

/** Puts a wire before a database. */
export async function breakableWire(databaseUrl: string): Promise<BreakableWire> {
  const url = new URL(databaseUrl);
  const target = { host: url.hostname, port: Number(url.port) };
  const sockets = new Set<Socket>();
  let state: WireState = 'open';
  const wire = createServer((client) => {
    if (state === 'cut') return void client.resetAndDestroy();
    const upstream = connect(target);
    const end = () => {
      for (const socket of [client, upstream]) {
        sockets.delete(socket);
        socket.destroy();
      }
    };
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from
        .on('data', (bytes) => to.write(bytes))
        .on('error', end)
        .on('close', end);
      if (state === 'silent') from.pause();
    }
  });
  url.hostname = '127.0.0.1';
  url.port = String(await listen(wire));
  const turn = (next: WireState) => {
    state = next;
    for (const socket of sockets) {
      if (next === 'cut') socket.destroy();
      else if (next === 'silent') socket.pause();
      else socket.resume();
    }
  };
  const close = () => {
    turn('cut');
    wire.close();
  };
  return { url: url.href, turn, close };
}

async function listen(wire: Server): Promise<number> {
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  const address = wire.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
