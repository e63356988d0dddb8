import { Type } from '@sinclair/typebox';
import { afterAll, describe, expect, test } from 'vitest';
import { type Caller, choice, declareRoute, professionalPermissions, word } from '../modules/access/index.ts';
import { Failure } from '../platform/errors.ts';
import { createLog } from '../platform/log.ts';
import { createMetrics } from './metrics.ts';
import { createHttpServer } from './server.ts';

const lines: string[] = [];
const caller: Caller = {
  account: 7,
  organisation: 1,
  profession: 'optician',
  role: 'professional',
  insurer: null,
  session: 1n,
  provenSecondsAgo: null,
  client: 1,
  network: 1,
  permissions: professionalPermissions,
};
const echo = declareRoute({
  method: 'POST',
  path: '/v1/echo',
  says: 'Gives back what was said.',
  permission: 'lookup-coverage',
  purpose: null,
  body: Type.Object(
    { say: Type.String(), tone: Type.Optional(choice(['soft', 'loud'], 'How.')) },
    { additionalProperties: false },
  ),
  answers: {
    200: {
      says: 'Said.',
      schema: Type.Object({ said: Type.String(), tone: word(['soft', 'loud'], 'How.') }),
    },
  },
  failures: ['person-not-found'],
  personal: true,
  async handle({ body }) {
    if (body.say === 'nobody') throw new Failure('person-not-found', { headers: { 'vigie-entry': '0/1' } });
    if (body.say === 'undeclared failure') throw new Failure('allowance-spent');
    if (body.say === 'undeclared status') return { status: 201, body: { said: 'secret' } };
    if (body.say === 'fault') throw new Error('1840588321025 is a secret');
    return { status: 200, body: { said: body.say, tone: 'soft', secret: 'never' } };
  },
});
const server = createHttpServer({
  routes: [echo],
  origin: 'http://localhost',
  isOpen: async () => true,
  identify: async ({ authorization }) => {
    if (authorization === undefined) throw new Failure('unauthenticated');
    return authorization === 'Bearer member' ? { ...caller, permissions: new Set() } : caller;
  },
  log: createLog('info', { write: (line) => void lines.push(line) }),
  metrics: createMetrics(),
});
afterAll(() => server.stop());

function post(payload: string | Buffer, headers: Record<string, string> = {}) {
  const usual = { authorization: 'Bearer one', 'content-type': 'application/json' };
  return server.app.inject({ method: 'POST', url: '/v1/echo', payload, headers: { ...usual, ...headers } });
}

describe('every request passes the pipeline', () => {
  test('an answer holds its declared fields and no other', async () => {
    const answer = await post('{"say":"hello"}');
    expect(answer.json()).toEqual({ said: 'hello', tone: 'soft' });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('an undeclared status, an undeclared failure and a fault are 500, and say nothing', async () => {
    for (const say of ['undeclared status', 'undeclared failure', 'fault']) {
      const answer = await post(JSON.stringify({ say }));
      expect(answer.statusCode).toBe(500);
      expect(answer.json().code).toBe('internal');
      expect(answer.body).not.toContain('secret');
    }
    expect(lines.length).toBeGreaterThanOrEqual(3);
  });

  test('a failure carries its headers', async () => {
    const answer = await post('{"say":"nobody"}');
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['vigie-entry']).toBe('0/1');
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  test.each([
    ['malformed JSON', '{"say":', 400, 'malformed-request'],
    ['no body', '', 400, 'malformed-request'],
    [
      'bad UTF-8',
      Buffer.from([0x7b, 0x22, 0x73, 0x61, 0x79, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]),
      400,
      'malformed-request',
    ],
    ['a wrong type', '{"say":1}', 422, 'invalid-field'],
    ['not an object', '[]', 422, 'invalid-field'],
    ['a word that is not in the list', '{"say":"x","tone":"x"}', 422, 'invalid-field'],
    ['10 MB', Buffer.alloc(10_000_000, ' '), 413, 'body-too-large'],
  ])('%s', async (_what, payload, status, code) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ status, code, requestId: answer.headers['x-request-id'] });
  });

  test('an unknown field is refused by name', async () => {
    const answer = await post('{"say":"x","nirr":"1840588321025"}');
    expect(answer.json().fields).toEqual([{ field: 'nirr', says: 'is not a field of this request' }]);
    expect(answer.body).not.toContain('1840588321025');
  });

  test('not JSON, not signed in, not allowed, not there, not that way', async () => {
    expect((await post('x', { 'content-type': 'text/plain' })).statusCode).toBe(415);
    expect(
      (await post('{"say":"x"}', { 'content-type': 'application/json; charset=latin1' })).statusCode,
    ).toBe(415);
    expect(
      (
        await server.app.inject({
          method: 'POST',
          url: '/v1/echo',
          headers: { 'content-type': 'application/json' },
        })
      ).statusCode,
    ).toBe(401);
    expect((await post('{"say":"x"}', { authorization: 'Bearer member' })).statusCode).toBe(403);
    const missing = await server.app.inject({ method: 'GET', url: '/v1/nothing?nir=1840588321025' });
    expect([missing.statusCode, missing.json().code]).toEqual([404, 'not-found']);
    const wrongWay = await server.app.inject({ method: 'DELETE', url: '/v1/echo' });
    expect([wrongWay.statusCode, wrongWay.headers.allow]).toEqual([405, 'POST']);
  });

  test('no log line holds what was sent', () => {
    expect(lines.join('\n')).not.toMatch(/1840588321025 is|Bearer|hello/);
  });
});
