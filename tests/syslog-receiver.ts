import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';

/** A syslog receiver on this machine, by TCP, TLS or UDP, that keeps what it read. */
export class SyslogReceiver {
  readonly messages: string[] = [];
  /** Takes connections and never reads: as a receiver that hangs. */
  isDeaf = false;
  private server: Server | undefined;
  private datagrams: Datagrams | undefined;
  private readonly sockets = new Set<Socket>();
  private port = 0;

  async listenTcp(certificate?: { key: string; cert: string }): Promise<string> {
    const hear = (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('error', () => {});
      if (this.isDeaf) return socket.pause();
      const parts: Buffer[] = [];
      socket.on('data', (part) => parts.push(part));
      socket.on('end', () => this.messages.push(...frames(Buffer.concat(parts))));
    };
    this.server = certificate === undefined ? createServer(hear) : createSecureServer(certificate, hear);
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    const host = certificate === undefined ? '127.0.0.1' : 'localhost';
    return `${certificate === undefined ? 'tcp' : 'tls'}://${host}:${this.port}`;
  }

  async listenUdp(): Promise<string> {
    const socket = createSocket('udp4');
    this.datagrams = socket;
    socket.on('message', (bytes) => this.messages.push(bytes.toString('utf8')));
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return `udp://127.0.0.1:${socket.address().port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.datagrams?.close();
    this.datagrams = undefined;
    const { server } = this;
    this.server = undefined;
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }
}

/** Octet counting (RFC 6587, 3.4.1): what does not add up is an error, not a message. */
function frames(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const [, digits = ''] = /^([1-9][0-9]*) /.exec(rest.toString('latin1', 0, 12)) ?? [];
    const start = digits.length + 1;
    const end = start + Number(digits);
    if (digits === '' || rest.length < end) throw new Error('a frame is not whole');
    found.push(rest.toString('utf8', start, end));
    rest = rest.subarray(end);
  }
  return found;
}
