import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { origin } from '../../tests/signing-in.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { demoPaths, pagePaths } from './pages.ts';

let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  server = await startServer({
    config: readConfig({
      VIGIE_PORT: '0',
      VIGIE_METRICS_PORT: '0',
      VIGIE_ENV: 'test',
      VIGIE_PUBLIC_URL: origin,
    }),
    clock: systemClock,
    databaseUrl: database.serverUrl,
    keys: new Keys(Buffer.alloc(32, 7)),
    log: createLog('silent'),
  });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const get = (url: string) => server.app.inject({ url });

test('the browser’s router and the server know the same pages', () => {
  const router = readFileSync(fileURLToPath(new URL('../../web/src/router.tsx', import.meta.url)), 'utf8');
  const known = [...router.matchAll(/path: '([^']+)'/g)].map(([, path]) => path);
  expect(known.toSorted()).toEqual([...pagePaths, ...demoPaths].toSorted());
});

test.each(pagePaths)('%s is a page that runs our own script and no other', async (path) => {
  const answer = await get(path.replace(':account', '7'));
  expect(answer.statusCode).toBe(200);
  const policy = String(answer.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  const nonce = /nonce-([^']+)'/.exec(policy)?.[1];
  expect(answer.body).toContain(`nonce="${nonce}"`);
  expect(answer.body).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bon\w+=/);
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': expect.stringContaining('max-age=31536000'),
    'x-content-type-options': 'nosniff',
  });
  expect((await get(path.replace(':account', '7'))).body).not.toContain(`nonce="${nonce}"`);
});

test('every file of a page is there, kept for good, and nothing beside them', async () => {
  const { body } = await get('/sign-in');
  const names = [...body.matchAll(/"(?:\.?\/)?(assets\/[^"]+)"/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(1);
  for (const name of names) {
    const answer = await get(`/${name}`);
    expect([name, answer.statusCode]).toEqual([name, 200]);
    expect(answer.headers['cache-control']).toContain('immutable');
  }
  for (const name of ['..%2findex.html', '%2e%2e%2f%2e%2e%2fpackage.json', 'none.js', '__proto__']) {
    expect((await get(`/assets/${name}`)).statusCode).toBe(404);
  }
});

test('what the first view runs is under 200 kB', async () => {
  const { body } = await get('/sign-in');
  const scripts = [...body.matchAll(/"\/?(assets\/[^"]+\.js)"/g)].map(([, name]) => name);
  let bytes = 0;
  for (const name of scripts) {
    const answer = await server.app.inject({ url: `/${name}`, headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers['content-encoding']).toBe('gzip');
    bytes += answer.rawPayload.length;
  }
  expect(bytes).toBeLessThan(200_000);
});

test('an address that is no page is none', async () => {
  for (const path of ['/nothing', ...demoPaths, '/lookup/185014093245364', '/accounts/7/x', '/v1/nothing']) {
    expect((await get(path)).statusCode).toBe(404);
  }
});

test('the worker of the card page reaches nobody else, and names files that are there', async () => {
  const answer = await get('/card-worker.js');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-cache',
    'content-type': 'text/javascript; charset=utf-8',
    'content-security-policy': "default-src 'none'; connect-src 'self'",
  });
  const files = JSON.parse(/^const files = (.*);$/m.exec(answer.body)?.[1] ?? '[]') as string[];
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) expect([file, (await get(file)).statusCode]).toEqual([file, 200]);
  const { body } = await get('/card');
  for (const [, name] of body.matchAll(/"\/?(assets\/[^"]+)"/g)) expect(files).toContain(`/${name}`);
});
