import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-status-'));
const file = join(folder, 'words.txt');
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  const ports = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test' };
  server = await startServer({
    config: readConfig({ ...ports, VIGIE_STATUS_FILE: file }),
    clock: systemClock,
    databaseUrl: database.serverUrl,
    keys: new Keys(Buffer.alloc(32, 7)),
    log: createLog('silent'),
  });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const page = () => server.app.inject({ url: '/status' });

test('it says that lookups work, and the operator’s words as soon as they are written', async () => {
  const before = await page();
  expect(before.statusCode).toBe(200);
  expect(before.body).toContain('Les consultations de droits fonctionnent');
  expect(before.body).not.toContain('class="words"');
  writeFileSync(file, 'Comptes <script>alert(1)</script> suspendus par précaution.\nAppelez le 01.\n');
  const after = await page();
  expect(after.body).toContain('suspendus par précaution.\nAppelez le 01.');
  expect(after.body).not.toContain('<script');
  expect(after.headers['content-security-policy']).toContain("default-src 'none'");
  expect(after.headers['cache-control']).toBe('no-store');
});

test('it stays up without the database, and says what still works', async () => {
  await server.db.end({ timeout: 0 });
  const down = await page();
  expect(down.statusCode).toBe(200);
  expect(down.body).toContain('ne peut pas répondre');
  expect(down.body).toContain('Ce qui marche encore');
  expect(down.body).toContain('suspendus par précaution');
});
