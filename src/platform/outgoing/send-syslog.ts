import { createSocket } from 'node:dgram';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';

/** How a message to a syslog receiver ended. */
export type SyslogOutcome = 'sent' | 'timeout' | 'unreachable';

/** The ports that RFC 5426, 6587 and 5425 know, for addresses without one. */
const ports: Readonly<Record<string, number>> = { 'udp:': 514, 'tcp:': 601, 'tls:': 6514 };

/** Reads the setting of where syslog goes. */
export function syslogAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBare = url !== undefined && url.username === '' && url.search === '' && /^\/?$/.test(url.pathname);
  if (!isBare || ports[url.protocol] === undefined || url.hostname === '') {
    throw new Error('must look like tls://host:6514, tcp://host:601 or udp://host:514');
  }
  return text;
}

/**
 * Sends one message. Over TCP and TLS with its length before it (RFC 6587, 3.4.1; RFC 5425, 4.3), and it
 * counts as sent when the receiver closed its side after ours without an error: it has read to the end.
 * Nothing tells whether UDP arrived. A certificate must be good for the host; NODE_EXTRA_CA_CERTS adds
 * authorities.
 */
export async function sendSyslog(to: string, text: string, patienceMs: number): Promise<SyslogOutcome> {
  const url = new URL(to);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (ports[url.protocol] ?? 0) : Number(url.port);
  const bytes = Buffer.from(text, 'utf8');
  if (url.protocol === 'udp:') return sendDatagram(host, port, bytes);
  const framed = Buffer.concat([Buffer.from(`${bytes.length} `), bytes]);
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const socket =
    url.protocol === 'tls:'
      ? connectSecure({ host, port, ...servername })
      : connectPlain({ host, port, allowHalfOpen: true });
  return writeWhole(socket, {
    event: url.protocol === 'tls:' ? 'secureConnect' : 'connect',
    framed,
    patienceMs,
  });
}

function writeWhole(
  socket: Socket,
  {
    event,
    framed,
    patienceMs,
  }: { readonly event: string; readonly framed: Buffer; readonly patienceMs: number },
): Promise<SyslogOutcome> {
  return new Promise((resolve) => {
    let isEnded = false;
    const settle = (outcome: SyslogOutcome) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => settle('timeout'), patienceMs);
    socket.once(event, () => {
      socket.end(framed, () => {
        isEnded = true;
      });
    });
    socket.on('data', () => {});
    socket.once('end', () => settle(isEnded ? 'sent' : 'unreachable'));
    socket.once('error', () => settle('unreachable'));
    socket.once('close', () => settle('unreachable'));
  });
}

function sendDatagram(host: string, port: number, bytes: Buffer): Promise<SyslogOutcome> {
  const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4');
  return new Promise((resolve) => {
    const settle = (outcome: SyslogOutcome) => {
      socket.close();
      resolve(outcome);
    };
    socket.once('error', () => settle('unreachable'));
    socket.send(bytes, port, host, (error) => settle(error === null ? 'sent' : 'unreachable'));
  });
}
