import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyHeard } from '../../../../tests/standard-webhooks.ts';
import { waitAfter } from '../../../platform/outgoing/deliveries/retry.ts';
import { newSecret, signedHeaders } from '../../../platform/outgoing/deliveries/signature.ts';
import { eventText } from './event.ts';

const now = () => BigInt(Math.floor(Date.now() / 1000));
const text = eventText({
  type: 'claim.accepted',
  claim: '1f81eb52-5198-4599-803e-771906343485',
  at: new Date('2026-11-24T08:30:00.125Z'),
});

test('an event says what became of which claim, and nothing else', () => {
  expect(JSON.parse(text)).toEqual({
    type: 'claim.accepted',
    timestamp: '2026-11-24T08:30:00.125Z',
    data: { claim: '1f81eb52-5198-4599-803e-771906343485' },
  });
  const at = new Date(0);
  expect(JSON.parse(eventText({ type: 'endpoint.test', claim: null, at })).data).toEqual({});
});

test('signs as the official library does (standardwebhooks 1.1.1 made this signature)', () => {
  const sent = { id: 'msg_p5jXN8AQM9LWM0D4loKWxYek', seconds: 1614265330n, text: '{"test": 2432232314}' };
  expect(signedHeaders(sent, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxYek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,791TPDy8Rkwm2KSd8Gh9jslM8TDA50/Gwwk0KjwN2j8=',
  });
});

test('what is signed verifies by the text of the specification; each secret has its signature', async () => {
  const secrets = [newSecret(), newSecret()];
  const headers = signedHeaders({ id: 'one', seconds: now(), text }, secrets);
  const verdicts = secrets.map(async (secret) => (await verifyHeard(secret, { headers, text })).holds);
  expect(await Promise.all(verdicts)).toEqual([
    [true, false],
    [false, true],
  ]);
  const changed = { headers, text: text.replace('accepted', 'rejected') };
  expect((await verifyHeard(secrets[0] ?? '', changed)).holds).toEqual([false, false]);
});

test('ten tries in three days, then no more; a test has one', () => {
  const waits = Array.from({ length: 10 }, (_, place) => waitAfter(place + 1, 'claim.accepted'));
  expect(waits).toEqual([5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400, null]);
  expect(waitAfter(1, 'endpoint.test')).toBeNull();
});

describe('the example of the documentation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-example-'));
  const page = fileURLToPath(new URL('../../../../docs/operating/claim-webhooks.md', import.meta.url));
  let verify: (secret: string, headers: Record<string, string>, body: string) => unknown;
  beforeAll(async () => {
    const [, code = ''] = /```js\n([\s\S]+?)```/.exec(readFileSync(page, 'utf8')) ?? [];
    writeFileSync(join(folder, 'verify.mjs'), code);
    ({ verify } = await import(pathToFileURL(join(folder, 'verify.mjs')).href));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('reads what we sign, with either secret while one is turned', () => {
    const secrets = [newSecret(), newSecret()];
    const headers = signedHeaders({ id: 'one', seconds: now(), text }, secrets);
    for (const secret of secrets) expect(verify(secret, { ...headers }, text)).toEqual(JSON.parse(text));
  });

  test('refuses what is changed, old, unsigned or signed by others', () => {
    const secret = newSecret();
    const sent = { id: 'one', seconds: now(), text };
    const headers = { ...signedHeaders(sent, [secret]) };
    const old = { ...signedHeaders({ ...sent, seconds: now() - 600n }, [secret]) };
    const { 'webhook-timestamp': _, ...timeless } = headers;
    const wrong: [Record<string, string>, string][] = [
      [headers, text.replace('accepted', 'rejected')],
      [{ ...headers, 'webhook-id': 'two' }, text],
      [old, text],
      [timeless, text],
      [{ ...headers, 'webhook-signature': `v1,${randomBytes(32).toString('base64')}` }, text],
      [{ ...headers, 'webhook-signature': 'v1,' }, text],
      [{ ...signedHeaders(sent, [newSecret()]) }, text],
    ];
    for (const [shown, body] of wrong) expect(() => verify(secret, shown, body)).toThrow();
  });
});
