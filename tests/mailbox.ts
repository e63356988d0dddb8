import { createServer } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as a real SMTP server took it: where the envelope sent it, and its bytes. */
export type Received = { readonly to: readonly string[]; readonly raw: string };

/** A real SMTP server on this machine that keeps what it takes; it can go away and come back. */
export class Mailbox {
  readonly received: Received[] = [];
  /** Called before a mail is taken: what it throws refuses it. */
  beforeTaking: () => void | Promise<void> = () => {};
  #server: SMTPServer | undefined;
  #port = 0;

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  /** Chooses the port, so that the server may come later. */
  async reserve(): Promise<void> {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    this.#port = (probe.address() as { port: number }).port;
    await new Promise((resolve) => probe.close(resolve));
  }

  async open(): Promise<void> {
    if (this.#port === 0) await this.reserve();
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', async () => {
          try {
            await this.beforeTaking();
          } catch (error) {
            return done(error as Error);
          }
          const to = session.envelope.rcptTo.map(({ address }) => address);
          this.received.push({ to, raw: Buffer.concat(parts).toString('utf8') });
          done();
        });
      },
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', () => resolve()));
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  /** What came for an address, the subject decoded, the text part readable. */
  mailsTo(address: string): { subject: string; text: string; id: string; raw: string }[] {
    return this.received
      .filter(({ to }) => to.includes(address))
      .map(({ raw }) => {
        const [head = ''] = raw.split('\r\n\r\n');
        const flat = head.replace(/\r\n[ \t]+/g, ' ');
        const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'mi').exec(flat)?.[1] ?? '';
        return { subject: decodeWords(header('Subject')), id: header('Message-ID'), text: bodies(raw), raw };
      });
  }
}

function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, word: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('latin1')
        : Buffer.from(quoted(word.replace(/_/g, ' ')), 'latin1').toString('latin1'),
    )
    .replace(/[\x80-\xff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'));
}

/** Every part, its transfer encoding undone. */
function bodies(raw: string): string {
  return raw
    .split(/\r\n--/)
    .map((part) => {
      const at = part.indexOf('\r\n\r\n');
      const [head, body] = [part.slice(0, at), part.slice(at + 4)];
      if (/encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
      if (/encoding: quoted-printable/i.test(head)) {
        return Buffer.from(quoted(body.replace(/=\r\n/g, '')), 'latin1').toString('utf8');
      }
      return body;
    })
    .join('\n');
}

function quoted(text: string): string {
  return text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
