import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { saysSecret } from './local-key.ts';
import type { Signer } from './sign-requests.ts';

/** A proxy that runs. */
export type RunningProxy = { readonly url: string; stop(): Promise<void> };

/** What is passed on; all else is between the two machines at each end, or ours to say. */
const passed = {
  there: [
    ...['accept', 'accept-language', 'content-type', 'content-length', 'content-encoding', 'repr-digest'],
    // Without it no claim can be sent.
    'idempotency-key',
  ],
  back: ['content-type', 'retry-after', 'x-request-id', 'cache-control', 'location'],
};
const ours = /^vigie-/;

/**
 * Passes requests of software on this machine on to the server, signed. It listens on this machine alone, and
 * hears nobody who does not say the secret; a browser is refused even then, since any page could be in it.
 */
export async function startProxy(use: {
  readonly signer: Signer;
  readonly url: string;
  readonly secret: string;
  readonly port: number;
}): Promise<RunningProxy> {
  const server = createServer((request, answer) => {
    passOn(use, request, answer).catch(() => {
      if (answer.headersSent) answer.destroy();
      else refuse(answer, 502, 'The server did not answer.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(use.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
    },
  };
}

async function passOn(
  { signer, url, secret }: { signer: Signer; url: string; secret: string },
  request: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const { method = '', headers } = request;
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) {
    return refuse(answer, 403, 'Browsers are not served here.');
  }
  if (!saysSecret(headers.authorization, secret)) {
    return refuse(answer, 401, 'Send the secret that `vigie connect key` printed, as a bearer token.');
  }
  const asked = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (!asked.pathname.startsWith('/v1/') || !['GET', 'POST'].includes(method)) {
    return refuse(answer, 404, 'Only the API is behind this.');
  }
  const signed = await signer.sign(method, asked.pathname);
  const body = method === 'POST' ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {};
  const told = await fetch(`${new URL(url).origin}${asked.pathname}${asked.search}`, {
    method,
    headers: { ...keep(Object.entries(headers), passed.there), ...signed },
    redirect: 'error',
    ...body,
  } as RequestInit);
  if (told.status === 401) signer.forgetToken();
  answer.writeHead(told.status, keep([...told.headers], passed.back));
  if (told.body === null) answer.end();
  else await pipeline(Readable.fromWeb(told.body as never), answer);
}

function keep(
  headers: readonly (readonly [string, string | string[] | undefined])[],
  names: readonly string[],
): Record<string, string> {
  const kept = headers.filter(([name]) => names.includes(name) || ours.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

function refuse(answer: ServerResponse, status: number, detail: string): void {
  answer.writeHead(status, { 'content-type': 'application/problem+json' });
  answer.end(JSON.stringify({ title: 'Refused on this machine', status, detail }));
}
