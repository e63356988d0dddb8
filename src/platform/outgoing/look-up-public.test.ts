import { createSocket, type Socket } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { stat } from 'node:fs/promises';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLookUpPublic, PrivateAddress } from './look-up-public.ts';

/** What a name server of somebody else says; about what is not here it is silent. */
const zone: Readonly<Record<string, { readonly 1: number[][]; readonly 28: number[][] }>> = {
  'public.example': { 1: [[8, 8, 8, 8]], 28: [[0x2a, 0, 0x14, 0x50, ...Array(11).fill(0), 0x0e]] },
  'private.example': { 1: [[10, 1, 2, 3]], 28: [] },
  'both.example': {
    1: [
      [8, 8, 8, 8],
      [127, 0, 0, 1],
    ],
    28: [],
  },
  'nothing.example': { 1: [], 28: [] },
};
let server: Socket;
let lookUp: LookupFunction;

beforeAll(async () => {
  server = createSocket('udp4', (query, from) => {
    const reply = replyTo(query);
    if (reply !== null) server.send(reply, from.port, from.address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  lookUp = createLookUpPublic(() => {
    const resolver = new Resolver({ timeout: 300, tries: 1 });
    resolver.setServers([`127.0.0.1:${port}`]);
    return resolver;
  });
});
afterAll(() => server.close());

function replyTo(query: Buffer): Buffer | null {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = query.readUInt16BE(at + 1);
  const known = zone[labels.join('.').toLowerCase()];
  if (known === undefined || (type !== 1 && type !== 28)) return null;
  const records = known[type].map((bytes) =>
    Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, bytes.length, ...bytes]),
  );
  const head = Buffer.from([query[0] ?? 0, query[1] ?? 0, 0x81, 0x80, 0, 1, 0, records.length, 0, 0, 0, 0]);
  return Buffer.concat([head, query.subarray(12, at + 5), ...records]);
}

function find(name: string, all: boolean): Promise<LookupAddress | LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookUp(name, { all }, (error, address, family) => {
      if (error !== null) reject(error);
      else resolve(typeof address === 'string' ? { address, family: family ?? 0 } : address);
    });
  });
}

test('a public name is told with all its addresses, or with one', async () => {
  const four = { address: '8.8.8.8', family: 4 };
  expect(await find('public.example', true)).toEqual([four, { address: '2a00:1450::e', family: 6 }]);
  expect(await find('public.example', false)).toEqual(four);
});

test.each(['private.example', 'both.example', 'localhost', 'any.localhost', 'LOCALHOST.'])(
  '%s leads to a network of ours, with one address of several too',
  async (name) => {
    await expect(find(name, true)).rejects.toBeInstanceOf(PrivateAddress);
  },
);

test('a name without an address leads nowhere', async () => {
  await expect(find('nothing.example', true)).rejects.toThrow('no address');
});

test('names whose servers are silent hold up nothing else', async () => {
  let isOver = false;
  const silent = Array.from({ length: 12 }, (_, one) => find(`silent${one}.example`, true));
  const all = Promise.allSettled(silent).then((ends) => {
    isOver = true;
    return ends;
  });
  // What needs a thread gets one while they wait.
  await Promise.all([stat('.'), crypto.subtle.digest('SHA-256', Buffer.alloc(100_000))]);
  expect(isOver).toBe(false);
  expect((await all).map(({ status }) => status)).toEqual(Array(12).fill('rejected'));
});
