import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oauth from 'openid-client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/compose.ts';
import { inviteHolder, registerClient } from '../../src/modules/access/index.ts';
import { Keys } from '../../src/modules/vault/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { cloneDatabase, type TestDatabase } from '../database.ts';
import { newClientKeys } from '../practice-software.ts';
import { openAs } from '../signing-in.ts';
import { chromiumPath, openPage, startChromium } from './chromium.ts';
import { faultsOf } from './faults.ts';

type Tools = Parameters<typeof registerClient>[0];

const keys = new Keys(Buffer.alloc(32, 7));

describe.skipIf(chromiumPath === undefined)('in Chromium', () => {
  let database: TestDatabase;
  let server: RunningServer;
  let browser: Browser;
  let software: Server;
  let heard: URL[];

  beforeAll(async () => {
    database = await cloneDatabase();
    const port = await freePort();
    server = await startServer({
      config: readConfig({ VIGIE_PORT: String(port), VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test' }),
      clock: systemClock,
      databaseUrl: database.serverUrl,
      keys,
      log: createLog('silent'),
    });
    heard = [];
    software = await listenFor(heard);
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    software?.close();
    await server?.stop();
    await database?.drop();
  });

  test.each(['Accepter', 'Refuser'])('a holder is asked by software, and answers: %s', async (button) => {
    const origin = server.url.replace('127.0.0.1', 'localhost');
    const tools = { db: server.db, keys, ledger: server.ledger };
    const { account, organisation } = await openAs(tools, 'professional');
    const invitation = await inviteHolder(tools, { account, by: 0, why: 'a test' });
    const page = await openPage(browser, { bypassCSP: false });
    await page.goto(`${origin}/openapi.json`);
    await page.evaluate(`enrol(${JSON.stringify(invitation)})`);

    const { config, DPoP } = await softwareOf(tools, { organisation, origin });
    const verifier = oauth.randomPKCECodeVerifier();
    const asked = oauth.buildAuthorizationUrl(config, {
      redirect_uri: `http://127.0.0.1:${portOf(software)}/back`,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });

    await page.goto(asked.href);
    await page.getByRole('heading', { name: '« Poste 2 » veut agir en votre nom' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: button }).click();
    await page.getByText('Back to your software.').waitFor();
    const back = heard.filter(({ pathname }) => pathname === '/back').at(-1) as URL;
    const exchange = oauth.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier }, undefined, {
      DPoP,
    });
    if (button === 'Refuser') await expect(exchange).rejects.toMatchObject({ error: 'access_denied' });
    else expect(await exchange).toMatchObject({ token_type: 'dpop' });
    await page.context().close();
  });
});

/** What the software hears from the browser, on a port of its own. */
async function listenFor(heard: URL[]): Promise<Server> {
  const software = createServer((request, answer) => {
    heard.push(new URL(request.url ?? '/', `http://127.0.0.1:${portOf(software)}`));
    answer.setHeader('content-type', 'text/plain').end('Back to your software.');
  });
  await new Promise<void>((resolve) => software.listen(0, '127.0.0.1', resolve));
  return software;
}

/** The software of a practice: registered, and finding its way from the address. */
async function softwareOf(tools: Tools, at: { organisation: number; origin: string }) {
  const { jwks, kid, pair } = await newClientKeys();
  const registered = { organisation: at.organisation, redirects: ['http://127.0.0.1/back'] };
  const id = await registerClient(tools, { name: 'Poste 2', jwks, for: registered });
  const auth = oauth.PrivateKeyJwt({ key: pair.privateKey, kid });
  const insecure = { algorithm: 'oauth2' as const, execute: [oauth.allowInsecureRequests] };
  const config = await oauth.discovery(new URL(at.origin), id, undefined, auth, insecure);
  return { config, DPoP: oauth.getDPoPHandle(config, await oauth.randomDPoPKeyPair('ES256')) };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
