import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postJson } from './post-json.ts';
import { isPrivateAddress } from './private-address.ts';

let server: Server;
let port: number;
let calls = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    calls += 1;
    if (request.url === '/silent') return;
    if (request.url === '/away') response.writeHead(302, { location: '/here' }).end();
    else response.writeHead(200).end('x'.repeat(100_000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

const post = (url: string, mayBePrivate: boolean) =>
  postJson({ url, text: '{}', headers: {}, patienceMs: 300, mayBePrivate });

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['0.0.0.0', true],
  ['255.255.255.255', true],
  ['8.8.8.8', false],
  ['::1', true],
  ['::', true],
  ['fe80::1', true],
  ['fd00::1', true],
  ['::ffff:8.8.8.8', true],
  ['::ffff:127.0.0.1', true],
  ['64:ff9b::7f00:1', true],
  ['2002:7f00:1::', true],
  ['2001:db8::1', true],
  ['2a00:1450:4007:80e::200e', false],
  ['not an address', true],
])('%s is private: %s', (address, isPrivate) => {
  expect(isPrivateAddress(address)).toBe(isPrivate);
});

test('a status is told; a redirect is not followed; silence ends', async () => {
  const at = (path: string) => post(`http://127.0.0.1:${port}${path}`, true);
  expect(await at('/here')).toEqual({ status: 200 });
  const before = calls;
  expect(await at('/away')).toEqual({ status: 302 });
  expect(calls).toBe(before + 1);
  expect(await at('/silent')).toEqual({ trouble: 'timeout' });
  expect(await post('http://127.0.0.1:1/', true)).toEqual({ trouble: 'unreachable' });
});

test.each([
  'http://127.0.0.1:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f.1:PORT/',
  'http://localhost:PORT/',
  'http://[::1]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
])('%s is not reached when it must be public', async (url) => {
  const before = calls;
  expect(await post(url.replace('PORT', String(port)), false)).toEqual({ trouble: 'private-address' });
  expect(calls).toBe(before);
});
