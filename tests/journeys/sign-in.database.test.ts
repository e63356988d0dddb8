import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/compose.ts';
import { inviteHolder } from '../../src/modules/access/index.ts';
import { Keys } from '../../src/modules/vault/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { cloneDatabase, type TestDatabase } from '../database.ts';
import { freePort } from '../free-port.ts';
import { openAs } from '../signing-in.ts';
import { chromiumPath, openPage, startChromium } from './chromium.ts';

const keys = new Keys(Buffer.alloc(32, 7));

describe.skipIf(chromiumPath === undefined)('in Chromium', () => {
  let database: TestDatabase;
  let server: RunningServer;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    database = await cloneDatabase();
    const port = await freePort();
    origin = `http://localhost:${port}`;
    server = await startServer({
      config: readConfig({ VIGIE_PORT: String(port), VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test' }),
      clock: systemClock,
      databaseUrl: database.serverUrl,
      keys,
      log: createLog('silent'),
    });
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await database?.drop();
  });

  test('an invited holder makes a passkey, signs out, signs in, and looks at their session', async () => {
    const tools = { db: server.db, keys, ledger: server.ledger };
    const { account } = await openAs(tools, 'professional');
    const invitation = await inviteHolder(tools, { account, by: 0, why: 'a test' });
    const page = await openPage(browser);
    await page.goto(`${origin}/docs`);
    expect(await page.evaluate(`enrol(${JSON.stringify(invitation)})`)).toEqual({ account });
    const session = () => page.evaluate(`fetch('/v1/session').then((answer) => answer.json())`);
    expect(await session()).toMatchObject({ account, passkeys: [{ backedUp: false }] });
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await page.evaluate(`post('/v1/session/end')`)).toEqual({ done: true });
    expect(await session()).toMatchObject({ code: 'unauthenticated' });
    expect(await page.evaluate('signIn()')).toEqual({ account });
    expect(await session()).toMatchObject({ account });
  });

  test('a page of another address gets no signature for ours, and cannot use the session', async () => {
    const tools = { db: server.db, keys, ledger: server.ledger };
    const { account } = await openAs(tools, 'professional');
    const invitation = await inviteHolder(tools, { account, by: 0, why: 'a test' });
    const page = await openPage(browser);
    await page.goto(`${origin}/docs`);
    await page.evaluate(`enrol(${JSON.stringify(invitation)})`);
    // 127.0.0.1 is another site than localhost; another port would be the same one.
    await page.goto(`${origin.replace('localhost', '127.0.0.1')}/docs`);
    expect(await page.evaluate(`phish('localhost')`)).toBe('SecurityError');
    const how = `{ method: 'POST', mode: 'no-cors', credentials: 'include' }`;
    const sent = `fetch('${origin}/v1/session/end', ${how})`;
    await page.evaluate(`${sent}.then(() => 'sent', () => 'refused')`);
    await page.goto(`${origin}/docs`);
    expect(await page.evaluate(`fetch('/v1/session').then((answer) => answer.status)`)).toBe(200);
  });
});
