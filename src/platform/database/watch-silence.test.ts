import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchSilence } from './watch-silence.ts';

/** Longer than a busy machine stops a process for. */
const silenceMs = 400;
const patience = { timeout: 20_000 };
let database: Server;
let socket: Socket;
let peer: Socket;
let heard = 0;

beforeEach(async () => {
  database = createServer((taken) => {
    peer = taken.on('error', () => {});
  });
  database.listen(0, '127.0.0.1');
  await once(database, 'listening');
  const address = database.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  socket = connect(address.port, '127.0.0.1').on('error', () => {});
  watchSilence(socket, silenceMs);
  heard = 0;
  socket.on('data', (bytes) => {
    heard += bytes.length;
  });
  await once(socket, 'connect');
  await vi.waitFor(() => expect(peer).toBeDefined(), patience);
});
afterEach(() => {
  socket.destroy();
  peer.destroy();
  database.close();
});

function message(kind: string, content = ''): Buffer {
  const header = Buffer.alloc(5);
  header.write(kind);
  header.writeUInt32BE(4 + content.length, 1);
  return Buffer.concat([header, Buffer.from(content)]);
}

async function answer(...messages: Buffer[]): Promise<void> {
  const before = heard;
  const bytes = Buffer.concat(messages);
  // One byte at a time: a network cuts messages where it likes.
  for (const byte of bytes) peer.write(Buffer.of(byte));
  await vi.waitFor(() => expect(heard).toBe(before + bytes.length), patience);
}

async function signIn(): Promise<void> {
  socket.write(Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]));
  await answer(message('R', 'abcd'), message('S', 'Z in a text, Z again'), message('Z', 'I'));
}

const endedAfter = (ms: number) =>
  Promise.race([
    new Promise<boolean>((resolve) => socket.once('close', () => resolve(true))),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms)),
  ]);

test('what is answered keeps its connection, in however many pieces', async () => {
  await signIn();
  socket.write(Buffer.concat([message('B', 'x'), message('E'), message('S')]));
  await answer(message('D', 'a row with a Z'), message('C', 'SELECT 1'), message('Z', 'I'));
  expect(await endedAfter(3 * silenceMs)).toBe(false);
});

test.each([
  ['a sign-in', [Buffer.from([0, 0, 0, 8, 0, 3, 0, 0])], false],
  ['a statement', [message('B', 'x'), message('S')], true],
  ['a description', [message('D', 'x'), message('H')], true],
])('%s without an answer ends its connection', async (_what, sent, isSignedIn) => {
  if (isSignedIn) await signIn();
  socket.write(Buffer.concat(sent));
  expect(await endedAfter(20 * silenceMs)).toBe(true);
});

test('two statements and one answer end the connection: the second is still owed', async () => {
  await signIn();
  socket.write(Buffer.concat([message('B', 'x'), message('S'), message('B', 'y'), message('S')]));
  await answer(message('Z', 'I'));
  expect(await endedAfter(20 * silenceMs)).toBe(true);
});
