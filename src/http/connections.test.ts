import { connect } from 'node:net';
import { Type } from '@sinclair/typebox';
import { afterEach, expect, test } from 'vitest';
import { declareRoute, nobody, professionalPermissions } from '../modules/access/index.ts';
import { createLog } from '../platform/log.ts';
import { createMetrics, serveMetrics } from './metrics.ts';
import { createHttpServer, type HttpServer } from './server.ts';

let server: HttpServer | undefined;
afterEach(() => server?.stop());

async function start(handle: () => Promise<void> = async () => {}): Promise<URL> {
  const done = Type.Object({ done: Type.Boolean() });
  const work = declareRoute({
    method: 'POST',
    path: '/v1/work',
    says: 'Works.',
    permission: 'lookup-coverage',
    purpose: null,
    body: Type.Object({}, { additionalProperties: false }),
    answers: { 200: { says: 'Done.', schema: done } },
    failures: [],
    personal: false,
    async handle() {
      await handle();
      return { status: 200, body: { done: true } };
    },
  });
  server = createHttpServer({
    routes: [work],
    origin: 'http://localhost',
    isOpen: async () => true,
    identify: async () => ({ ...nobody, permissions: professionalPermissions }),
    log: createLog('silent'),
    metrics: createMetrics(),
    requestTimeoutMs: 300,
  });
  return new URL(await server.listen({ host: '127.0.0.1', port: 0 }));
}

/** Sends raw bytes and gives everything that came back until the server closed. */
function exchange(url: URL, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(url.port), url.hostname, () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (text) => {
      received += text;
    });
    socket.on('close', () => resolve(received)).on('error', reject);
  });
}

test.each([
  [
    'a body that never ends',
    'POST /v1/work HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    408,
  ],
  ['headers that never end', 'POST /v1/work HTTP/1.1\r\nhost: x\r\n', 408],
  ['something that is not HTTP', 'good morning\r\n\r\n', 400],
  ['headers of 20 kB', `GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
])('%s', async (_what, bytes, status) => {
  const answer = await exchange(await start(), bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toContain('application/problem+json');
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)).requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test('a stop finishes what was accepted and lets no new request in', async () => {
  let release = () => {};
  let arrived = () => {};
  const isIn = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const url = await start(() => {
    arrived();
    return new Promise((resolve) => {
      release = resolve;
    });
  });
  const ask = () =>
    fetch(new URL('/v1/work', url), {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
  const accepted = ask();
  await isIn;
  const stopped = server?.stop();
  await expect(ask()).rejects.toThrow();
  release();
  const answer = await accepted;
  expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
  await stopped;
});

test('metrics count requests by declared route, on a port of their own', async () => {
  const metrics = createMetrics();
  metrics.observe({ route: '/v1/work', method: 'POST', status: 200, seconds: 0.004 });
  const served = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 });
  try {
    const text = await (await fetch(served.url)).text();
    expect(text).toContain('vigie_http_requests_total{route="/v1/work",method="POST",status="200"} 1');
    expect((await fetch(new URL('/other', served.url))).status).toBe(404);
  } finally {
    await served.stop();
  }
});
