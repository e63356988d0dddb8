import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalKey, readLocalKey } from '../../src/connect/local-key.ts';
import { createSigner } from '../../src/connect/sign-requests.ts';
import { type RunningProxy, startProxy } from '../../src/connect/start-proxy.ts';
import { registerClient } from '../../src/modules/access/index.ts';
import { cloneDatabase, type TestDatabase } from '../database.ts';
import { freePort } from '../free-port.ts';
import { SandboxBench } from '../sandbox.ts';
import { chromiumPath, openPage, startChromium } from './chromium.ts';
import { faultsOf } from './faults.ts';

const walk = test.skipIf(chromiumPath === undefined);
const folder = mkdtempSync(join(tmpdir(), 'vigie-sandbox-'));
const complaints: string[] = [];
let database: TestDatabase;
let bench: SandboxBench;
let proxy: RunningProxy | undefined;
let connect: () => Promise<RunningProxy>;
let secret: string;
let browser: Browser;
let url: string;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  database = await cloneDatabase();
  const port = await freePort();
  url = `http://localhost:${port}`;
  bench = new SandboxBench(database);
  await bench.start({ VIGIE_PORT: String(port), VIGIE_PUBLIC_URL: url });
  const file = join(folder, 'key.json');
  const made = await createLocalKey(file);
  secret = made.secret;
  const tools = { db: bench.server.db, keys: bench.keys };
  const whom = { name: 'Logiciel des Essais', jwks: made.jwks, for: { account: bench.desk.account } };
  const client = await registerClient(tools, whom);
  const { key } = await readLocalKey(file);
  connect = async () =>
    startProxy({ signer: await createSigner({ url, client, key }), url, secret, port: 0 });
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await proxy?.stop();
  await bench?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A call of the vendor's software, through `vigie connect`. */
async function send(path: string, body?: unknown, more: Record<string, string> = {}): Promise<Response> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const headers = { authorization: `Bearer ${secret}`, ...json, ...more };
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  proxy ??= await connect();
  return fetch(`${proxy.url}${path}`, { method: 'POST', headers, ...text });
}

async function open(locale: string): Promise<Page> {
  const page = await openPage(browser, {
    ...{ locale, viewport: { width: 1200, height: 800 } },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isExpected = /status of (401|404|422)/.test(message.text());
    if (message.type() === 'error' && !isExpected) complaints.push(message.text());
  });
  return page;
}

walk('a software vendor sees each call and its answer', async () => {
  const page = await open('fr-FR');
  await page.goto(`${url}/sign-in`);
  await page.getByRole('link', { name: 'Brancher un logiciel : le bac à sable' }).click();
  await page.getByRole('heading', { name: 'Bac à sable' }).waitFor();
  const calls = page.getByRole('table', { name: 'Les appels de votre logiciel' });

  await page.getByText('Aucun appel pour l’instant').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  const quote = await send('/v1/quotes', bench.quoted('accepts'));
  const row = calls.locator('tr', { hasText: '/v1/quotes' });
  await row.getByText('201').waitFor();
  await row.getByText(quote.headers.get('vigie-entry') ?? 'none').waitFor();
  await row.getByRole('button', { name: 'Voir POST /v1/quotes' }).click();
  await page.getByRole('region', { name: 'Envoyé' }).getByText('"271019198000181"').waitFor();
  await page.getByRole('region', { name: 'Répondu' }).getByText('"validUntil"').waitFor();
  await page.getByRole('button', { name: 'Copier en curl' }).click();
  await page.getByText('Copié.').waitFor();
  const copied = String(await page.evaluate('navigator.clipboard.readText()'));
  expect(copied).toContain("curl 'http://127.0.0.1:8090/v1/quotes'");
  expect(copied).toContain('"birthDate":"1971-01-01"');
  expect(await faultsOf(page)).toEqual([]);
  await row.getByRole('button').click();

  await send('/v1/claims', bench.body('accepts'));
  await calls.getByText('idempotency-key-needed').waitFor();
  const stranger = { ...bench.quoted('accepts'), nir: '1 85 01 40 932 453 64', birthDate: '1985-01-21' };
  await send('/v1/quotes', stranger);
  await calls.getByText('person-not-found').waitFor();
  await calls
    .locator('tr', { hasText: 'person-not-found' })
    .getByRole('button', { name: 'Voir POST /v1/quotes' })
    .click();
  await page.getByRole('region', { name: 'Envoyé' }).getByText('"nir": "•••"').waitFor();
  expect(await page.locator('main').innerText()).not.toContain('1985-01-21');
});

walk('and sees a quote expire, by moving the clock', async () => {
  const page = await open('en-GB');
  await page.goto(`${url}/sandbox`);
  const people = page.getByRole('table', { name: 'The people, and what becomes of their claims' });
  await people.getByText('Rejects: the prescription is missing').waitFor();
  const { quote } = (await (await send('/v1/quotes', bench.quoted('accepts'))).json()) as { quote: string };
  const before = bench.demoClock.clock.now();
  const daysAhead = () => Math.floor(Number((bench.demoClock.clock.now() - before) / 86_400_000_000n));
  await page.getByRole('button', { name: '+ 14 days' }).click();
  await expect.poll(daysAhead).toBe(14);
  await page.getByRole('button', { name: '+ 1 day' }).click();
  await expect.poll(daysAhead).toBe(15);
  const [year = '', , day] = bench.today.split('-');
  await page.getByText(`It is ${Number(day)} `).waitFor();
  await send(`/v1/quotes/${quote}/engagement`);
  await page.getByText('cannot-be-engaged').waitFor();
  await page.getByRole('button', { name: `To 1 January ${Number(year) + 1}` }).click();
  await expect.poll(() => bench.today).toBe(`${Number(year) + 1}-01-01`);
  expect(await faultsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
