import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { encodeQR } from 'qr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReadInsurers, showCards, signCard, writeCardText } from '../../src/modules/rights/index.ts';
import { Keys } from '../../src/modules/vault/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { identitiesOf } from '../../world/load-world.ts';
import type { DemoPerson } from '../../world/people.ts';
import { chromiumPath, startChromium } from './chromium.ts';
import { faultsOf } from './faults.ts';
import { covered, Journey } from './journey.ts';

const walk = test.skipIf(chromiumPath === undefined);
const journey = new Journey();
const holds = ({ contracts }: DemoPerson) => {
  const today = new Date().toISOString().slice(0, 10);
  const [contract, ...more] = contracts;
  const isOpen = contract !== undefined && contract.onlineStart <= today && contract.printedEnd > today;
  return isOpen && more.length === 0;
};
let folder: string;
let camera: string;
let withCamera: Browser | undefined;
let shown: Awaited<ReturnType<typeof showCards>>;
let text = '';
let member = '';

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  await journey.start();
  const [identity] = identitiesOf(covered.find(holds) as DemoPerson);
  const tools = journey.tools();
  const readInsurers = createReadInsurers(tools.db);
  shown = await showCards({ ...tools, clock: systemClock, readInsurers }, identity as never);
  const [{ signed, card } = { signed: '', card: null }] = shown?.cards ?? [];
  text = writeCardText({ signed, code: null }, journey.origin);
  member = card?.memberNumber ?? '';
  folder = mkdtempSync(join(tmpdir(), 'vigie-card-'));
  camera = join(folder, 'camera.y4m');
  film(writeCardText({ signed, code: shown?.code ?? null }, journey.origin), camera);
  withCamera = await startChromium([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${camera}`,
  ]);
});
afterAll(async () => {
  await withCamera?.close();
  await journey.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** A film of one picture, as the camera would give it: the QR in the middle of a grey table. */
function film(content: string, path: string): void {
  const [width, height] = [1280, 720];
  const modules = encodeQR(content, 'raw', { ecc: 'low', border: 4 });
  const scale = Math.floor(height / modules.length);
  const [left, top] = [(width - modules.length * scale) >> 1, (height - modules.length * scale) >> 1];
  const light = Buffer.alloc(width * height, 150);
  for (const [row, line] of modules.entries()) {
    for (const [column, isDark] of line.entries()) {
      for (let y = 0; y < scale; y += 1) {
        const start = (top + row * scale + y) * width + left + column * scale;
        light.fill(isDark ? 20 : 235, start, start + scale);
      }
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([header, frame, frame]));
}

async function verify(page: Page, what: string): Promise<void> {
  await page.locator('textarea').first().fill(what);
  await page.locator('form button[type=submit]').click();
}

/** The payload with another member number, under the signature of before. */
function changed(signed: string): string {
  const [head, content = '', signature] = signed.split('.');
  const payload = Buffer.from(content, 'base64url').toString('utf8').replace(member, '99999999');
  return `${head}.${Buffer.from(payload).toString('base64url')}.${signature}`;
}

walk('a card in the address is verified, does not stay there, and is sent nowhere', async () => {
  const page = await journey.open('fr-FR', 375);
  const before = journey.log.length;
  await page.goto(text);
  await page.getByText('Carte authentique').waitFor();
  await page.getByText(member).waitFor();
  expect(page.url()).toBe(`${journey.origin}/card`);
  // On a telephone the verdict is what the eye meets, and what a reader of screens says.
  const { y } = (await page.getByText('Carte authentique').boundingBox()) ?? { y: -1 };
  expect(y > 0 && y < 400).toBe(true);
  expect(await page.evaluate('document.activeElement.className')).toContain('verdict');
  const [, , signature = ''] = (shown?.cards[0]?.signed ?? '').split('.');
  expect(journey.log.slice(before).join()).not.toContain(signature);
  const kept = await page.evaluate('JSON.stringify({ ...localStorage })');
  expect(kept).not.toContain(member);
  await page.context().close();
});

walk('the camera reads a card, and fills the presence code of a lookup', async () => {
  const context = await withCamera?.newContext({ locale: 'fr-FR' });
  const page = (await context?.newPage()) as Page;
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  await page.goto(`${journey.origin}/card`);
  await page.getByRole('button', { name: 'Scanner le QR' }).click();
  await page.getByText('Carte authentique').waitFor();
  await page.locator('strong', { hasText: shown?.code ?? 'no code' }).waitFor();
  expect(await page.locator('video').count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.close();

  const lookup = await journey.open('fr-FR', 1200, withCamera);
  await journey.enterAs(lookup, 'professional');
  await lookup.getByRole('button', { name: 'Scanner le QR' }).click();
  await lookup.locator('video').waitFor({ state: 'detached' });
  expect(await lookup.getByLabel('Code de la carte').inputValue()).toBe(shown?.code);
  await lookup.context().close();
  await context?.close();
});

walk.each(['fr-FR', 'en-GB'])('in %s axe finds nothing, from 320 points to dark', async (locale) => {
  const page = await journey.open(locale);
  await page.goto(`${journey.origin}/card`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const found: string[] = [];
  for (const what of ['', text, 'hello']) {
    if (what !== '') await verify(page, what);
    if (what !== '') await page.locator('.verdict').waitFor();
    found.push(...(await faultsOf(page)).map((fault) => `“${what.slice(0, 6)}” ${fault}`));
  }
  expect(found).toEqual([]);
  await page.context().close();
});

// Last: after it there is no service.
walk('with the server stopped the page opens again, verifies a card and refuses a forged one', async () => {
  const page = await journey.open();
  await page.goto(`${journey.origin}/card`);
  await page.getByText('s’ouvrira aussi sans réseau').waitFor();
  await page.getByText('Clés de vérification reçues').waitFor();
  const foreign = await signCard(new Keys(Buffer.alloc(32, 9)), shown?.cards[0]?.card as never);

  await journey.stopServer();
  await expect(fetch(`${journey.origin}/healthz`)).rejects.toThrow();
  await page.reload();
  await page.getByText('Vigie ne répond pas.').waitFor();
  await page.getByText('Clés de vérification reçues').waitFor();
  await verify(page, text);
  await page.getByText('Carte authentique').waitFor();
  await page.getByText(member).waitFor();
  await verify(page, changed(shown?.cards[0]?.signed ?? ''));
  await page.getByText('La signature est fausse').waitFor();
  expect(await page.locator('main').innerText()).not.toContain('99999999');
  await verify(page, foreign);
  await page.getByText('Sa clé n’est pas parmi celles').waitFor();
  // The language and the camera's reader are kept with the page.
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Verify a card' }).waitFor();
  const reader = await page.evaluate(
    `caches.keys().then((names) => caches.open(names[0])).then((kept) => kept.keys())
      .then((requests) => requests.some(({ url }) => url.includes('decode')))`,
  );
  expect(reader).toBe(true);
  // Only being away is complained of, and never a file or a rule of the page.
  const other = journey.complaints.splice(0).filter((line) => !line.includes('ERR_CONNECTION_REFUSED'));
  expect(other).toEqual([]);
});
