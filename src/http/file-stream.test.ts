import { createHash, randomBytes } from 'node:crypto';
import { type ClientRequest, type IncomingMessage, request as sendRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Type } from '@sinclair/typebox';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { declareRoute, nobody, professionalPermissions } from '../modules/access/index.ts';
import { Failure } from '../platform/errors.ts';
import { createLog } from '../platform/log.ts';
import { createMetrics } from './metrics.ts';
import { createHttpServer } from './server.ts';

const bytesMax = 3_000_000;
const requestTimeoutMs = 400;
/** What a busy machine is given. */
const patience = { timeout: 20_000 };
let troubles: string[] = [];
let calls = 0;

const files = declareRoute({
  method: 'POST',
  path: '/v1/boxes/{box}/files',
  pathPart: Type.Object({ box: Type.String({ pattern: '^[1-9][0-9]{0,8}$', description: 'Which box.' }) }),
  query: Type.Object({ blind: Type.Optional(Type.Literal('true')) }, { additionalProperties: false }),
  requestHeaders: { 'X-Word': 'A word.' },
  says: 'Takes a file.',
  permission: 'lookup-coverage',
  purpose: null,
  body: null,
  stream: { says: 'Any bytes.', media: ['text/csv', 'application/gzip'], bytesMax, example: 'a;b' },
  answers: { 200: { says: 'Taken.', schema: Type.Object({}, { additionalProperties: true }) } },
  failures: [],
  personal: false,
  async handle({ stream, address, headers }) {
    calls += 1;
    if (address.blind === 'true') return { status: 200, body: { blind: true } };
    const hash = createHash('sha256');
    let size = 0;
    try {
      for await (const part of stream ?? []) {
        hash.update(part);
        size += part.length;
      }
    } catch (error) {
      troubles.push(error instanceof Failure ? error.code : String(error));
      throw error;
    }
    return { status: 200, body: { size, digest: hash.digest('hex'), box: address.box, ...headers } };
  },
});
const server = createHttpServer({
  routes: [files],
  origin: 'http://localhost',
  isOpen: async () => true,
  identify: async ({ authorization }) => {
    if (authorization === undefined) throw new Failure('unauthenticated');
    return { ...nobody, permissions: professionalPermissions };
  },
  log: createLog('silent'),
  metrics: createMetrics(),
  requestTimeoutMs,
});
let url: string;
beforeAll(async () => {
  url = await server.listen({ host: '127.0.0.1', port: 0 });
});
beforeEach(() => {
  troubles = [];
  calls = 0;
});
afterAll(() => server.stop());

const usual = { authorization: 'Bearer one', 'content-type': 'text/csv' };

function begin(headers: Record<string, string | number> = {}, path = '/v1/boxes/7/files'): ClientRequest {
  return sendRequest(url + path, { method: 'POST', headers: { ...usual, ...headers }, agent: false });
}

async function answerOf(sent: ClientRequest): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  // What is still being sent may break once the answer is there.
  sent.on('error', () => {});
  let text = '';
  for await (const part of answer.setEncoding('utf8')) text += part;
  return { status: answer.statusCode ?? 0, body: JSON.parse(text) };
}

test('a file arrives whole, with or without a length, and with what stands in its address', async () => {
  const bytes = randomBytes(2_900_000);
  const digest = createHash('sha256').update(bytes).digest('hex');
  for (const headers of [{ 'content-length': bytes.length }, {}]) {
    const sent = begin({ ...headers, 'x-word': 'yes', 'x-other': 'no' });
    sent.end(bytes);
    const { status, body } = await answerOf(sent);
    expect([status, body]).toEqual([200, { size: bytes.length, digest, box: '7', 'x-word': 'yes' }]);
  }
});

test('a file that takes longer than other requests may is not cut while it moves', async () => {
  const sent = begin();
  const answer = answerOf(sent);
  for (let turn = 0; turn < 12; turn += 1) {
    sent.write(Buffer.alloc(40_000, 97));
    await pause(requestTimeoutMs / 2);
  }
  sent.end();
  expect(await answer).toMatchObject({ status: 200, body: { size: 480_000 } });
});

test('a file that stands still is 408, and its handler is told', async () => {
  const sent = begin({ 'content-length': 1_000_000 });
  const answer = answerOf(sent);
  sent.write(Buffer.alloc(20_000));
  const trickle = setInterval(() => sent.write('x'), 50);
  expect(await answer).toMatchObject({ status: 408, body: { code: 'request-timeout' } });
  clearInterval(trickle);
  expect(troubles).toEqual(['request-timeout']);
});

test('a sender that goes away leaves a failure, not half a file', async () => {
  const sent = begin({ 'content-length': 1_000_000 });
  sent.on('error', () => {});
  sent.write(Buffer.alloc(500_000));
  await vi.waitFor(() => expect(calls).toBe(1), patience);
  sent.destroy();
  await vi.waitFor(() => expect(troubles).toEqual(['malformed-request']), patience);
});

test('too large is refused: by its length before it is read, without one as soon as it is', async () => {
  const announced = begin({ 'content-length': bytesMax + 1 });
  announced.write('a');
  expect(await answerOf(announced)).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
  expect(calls).toBe(0);
  const chunked = begin();
  const answer = answerOf(chunked);
  for (let sent = 0; sent < 2 * bytesMax; sent += 100_000) chunked.write(Buffer.alloc(100_000));
  expect(await answer).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
  expect(troubles).toEqual(['body-too-large']);
});

test('a length that is too short cuts the file, and the rest is not taken for a request', async () => {
  const received = await new Promise<string>((resolve, reject) => {
    let text = '';
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        'POST /v1/boxes/7/files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer one\r\n' +
          'content-type: text/csv\r\ncontent-length: 4\r\n\r\nabcdGET /v1/nothing HTTP/1.1\r\n\r\n',
      );
    });
    socket.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    socket.on('close', () => resolve(text)).on('error', reject);
  });
  expect(received).toContain('"size":4');
  expect(received.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
});

test.each([
  ['another type', { 'content-type': 'application/json' }, '', 415],
  ['no type', { 'content-type': '' }, '', 415],
  ['a content encoding', { 'content-encoding': 'gzip' }, '', 415],
  ['an undeclared word in the query', {}, '?blinde=true', 422],
  ['a word the query does not know', {}, '?blind=yes', 422],
  ['a word said twice', {}, '?blind=true&blind=true', 422],
])('%s is refused before the file is read', async (_what, headers, query, status) => {
  const sent = begin(headers, `/v1/boxes/7/files${query}`);
  sent.end('a;b');
  expect((await answerOf(sent)).status).toBe(status);
  expect(calls).toBe(0);
});

test('what cannot be a name is 404, a path that climbs too, another method is 405', async () => {
  for (const path of ['/v1/boxes/x/files', '/v1/boxes/..%2f..%2fetc/files', '/v1/boxes/7/8/files']) {
    const sent = begin({}, path);
    sent.end('a;b');
    expect((await answerOf(sent)).status).toBe(404);
  }
  const wrongWay = await fetch(`${url}/v1/boxes/7/files`);
  expect([wrongWay.status, wrongWay.headers.get('allow')]).toEqual([405, 'POST']);
});

test('who asks before sending is asked for the file only when it would be taken', async () => {
  const refused = sendRequest(`${url}/v1/boxes/7/files`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', expect: '100-continue' },
    agent: false,
  });
  let wasAsked = false;
  refused.on('continue', () => {
    wasAsked = true;
  });
  refused.flushHeaders();
  expect((await answerOf(refused)).status).toBe(401);
  expect(wasAsked).toBe(false);
  refused.destroy();
  const taken = begin({ expect: '100-continue' });
  taken.on('continue', () => taken.end('a;b'));
  taken.flushHeaders();
  expect(await answerOf(taken)).toMatchObject({ status: 200, body: { size: 3 } });
});

test('a handler that does not need the file answers without it', async () => {
  const sent = begin({}, '/v1/boxes/7/files?blind=true');
  sent.write(Buffer.alloc(200_000));
  expect(await answerOf(sent)).toMatchObject({ status: 200, body: { blind: true } });
  sent.destroy();
});
