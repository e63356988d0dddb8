import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../src/compose.ts';
import { Keys } from '../../src/modules/vault/index.ts';
import { holdLocks } from '../../src/platform/database/locks.ts';
import { cloneDatabase, type TestDatabase } from '../database.ts';
import { fillSmallDemo, startDemo } from '../replaying.ts';
import { chromiumPath, openPage, startChromium } from './chromium.ts';
import { faultsOf } from './faults.ts';

const walk = test.skipIf(chromiumPath === undefined);
const keys = new Keys(Buffer.alloc(32, 7));
const complaints: string[] = [];
const opened: Page[] = [];
let database: TestDatabase;
let demo: { server: RunningServer; origin: string };
let browser: Browser;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  database = await cloneDatabase();
  await fillSmallDemo(database, keys);
  demo = await startDemo(database, keys);
  browser = await startChromium();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.server.stop();
  await database?.drop();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((page) => page.close()));
  expect(complaints.splice(0)).toEqual([]);
});

/** A security officer of the demo, let in by its door. */
async function enter(locale: string, width = 1200): Promise<Page> {
  const page = await openPage(browser, { locale, viewport: { width, height: 800 } });
  opened.push(page);
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isExpected = /status of (401|404|409|429)/.test(message.text());
    if (message.type() === 'error' && !isExpected) complaints.push(message.text());
  });
  await page.goto(`${demo.origin}/sign-in`);
  await page.getByRole('button', { name: /Idris Vallon/ }).click();
  await page.locator('nav').first().waitFor();
  return page;
}

walk(
  'an officer of a demo replays a theft, leaves, and finds it over, each account contained',
  async () => {
    const page = await enter('fr-FR');
    await page.getByRole('link', { name: 'Garde' }).click();
    await page.getByRole('link', { name: 'Rejouer un vol' }).click();
    await page.getByRole('radio', { name: 'tiers-payant-2024' }).check();
    await page.getByLabel('Comptes volés').fill('2');
    await page.getByRole('button', { name: 'Lancer' }).click();
    await page.getByText('Un vol est en cours : un seul à la fois.').waitFor();
    // It goes on without anybody who looks.
    await page.close();
    const again = await enter('fr-FR');
    await again.goto(`${demo.origin}/guard/replay`);
    await again.getByText('Terminé : plus aucun voleur n’obtient rien').waitFor({ timeout: 60_000 });
    await again.getByText('2 / 2').waitFor();
    await again.getByText('plus de 33 millions').waitFor();
    expect(await again.getByRole('row', { name: /après \d+ personnes/ }).count()).toBe(2);
    await again
      .getByRole('link', { name: /^dossier \d+$/ })
      .first()
      .click();
    await again.getByRole('heading', { name: /^Dossier \d+$/ }).waitFor();
  },
  120_000,
);

walk(
  'one that goes on is stopped, and another may begin',
  async () => {
    const page = await enter('en-GB');
    await page.goto(`${demo.origin}/guard/replay`);
    await page.getByRole('radio', { name: 'one-a-minute-local' }).check();
    await page.getByLabel('Accounts stolen').fill('1');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('Theft under way').first().waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Begin' }).isEnabled()).toBe(true);
  },
  60_000,
);

walk(
  'what another process plays is not played twice, and one that died is no hindrance',
  async () => {
    const page = await enter('en-GB');
    await page.goto(`${demo.origin}/guard/replay`);
    await page.getByRole('radio', { name: 'tiers-payant-2024' }).check();
    await page.getByLabel('Accounts stolen').fill('1');
    const held = await holdLocks(database.server, [{ name: 'vigie replay' }]);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('No theft can be replayed now').waitFor();
    // As when its process is killed: the connection goes, and the lock with it.
    await database.owner`
    select pg_terminate_backend(pid) from pg_locks
     where locktype = 'advisory' and objid = (hashtextextended('vigie replay', 0) & 4294967295)::oid`;
    await held?.lost;
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('Over: no thief gets anything any more').waitFor({ timeout: 60_000 });
  },
  120_000,
);

walk(
  'one that breaks off says why in the language of the page',
  async () => {
    const page = await enter('fr-FR');
    await page.goto(`${demo.origin}/guard/replay`);
    await page.getByRole('radio', { name: 'tiers-payant-2024' }).check();
    await page.getByLabel('Comptes volés').fill('2');
    await page.getByRole('button', { name: 'Lancer' }).click();
    const broken = page.getByText('Le serveur n’a pas accepté les sessions des titulaires');
    // The holders' sessions end as soon as they begin.
    while ((await broken.count()) === 0) {
      await database.owner`
        update access.session s set ended_at = now() from access.account a
         where a.id = s.account and a.role = 'professional' and s.ended_at is null`;
      // The server under test needs the database too, between two such statements.
      await page.waitForTimeout(10);
    }
    await page.getByText('Ce que le programme en dit').click();
    await page.getByText('does not take sessions of this database').waitFor();
  },
  60_000,
);

describe.each(['fr-FR', 'en-GB'])('in %s', (locale) => {
  walk(
    'axe finds nothing on the page, wide, narrow or dark',
    async () => {
      const page = await enter(locale);
      await page.goto(`${demo.origin}/guard/replay`);
      await page.locator('.bar').first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
    },
    60_000,
  );
});

walk(
  'without a guard nothing begins, and the page says how to switch it on',
  async () => {
    await demo.server.stop();
    demo = await startDemo(database, keys, { VIGIE_GUARD: 'off' });
    await database.owner`update guard.position set seen_at = now() - interval '1 minute'`;
    const page = await enter('fr-FR');
    await page.goto(`${demo.origin}/guard/replay`);
    await page.getByText('La garde est éteinte').waitFor();
    expect(await page.getByRole('button', { name: 'Lancer' }).isDisabled()).toBe(true);
  },
  60_000,
);
