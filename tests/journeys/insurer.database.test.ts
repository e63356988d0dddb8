import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { nirAt } from '../claiming.ts';
import { chromiumPath } from './chromium.ts';
import { faultsOf } from './faults.ts';
import {
  insureUnderPlan,
  placeOf,
  sendClaim,
  visit,
  workAsAgent,
  workAsSpecialist,
} from './insurer-month.ts';
import { Journey } from './journey.ts';

const walk = test.skipIf(chromiumPath === undefined);
const journey = new Journey();

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  await journey.start();
  await insureUnderPlan(
    journey,
    Array.from({ length: 20 }, (_none, n) => ({ place: placeOf(n) })),
  );
  const page = await journey.open();
  await workAsSpecialist(journey, page);
  for (let n = 0; n < 12; n += 1) {
    const { state } = await sendClaim(page, n);
    if (state !== 'accepted') throw new Error(state);
  }
  // Three visits of one person on one day: a reason to look.
  await sendClaim(page, 15, [{ ...visit, quantity: 3, priceCents: 18_000, baseCents: 6900 }]);
  await sendClaim(page, 16, [{ ...visit, quantity: 4, priceCents: 24_000, baseCents: 9200 }]);
}, 120_000);
afterAll(() => journey.stop());
afterEach(() => {
  expect(journey.complaints.splice(0)).toEqual([]);
});

walk('an insurer changes a plan and sees what it would have done last month', async () => {
  const page = await journey.open();
  await workAsAgent(journey, page);
  await page.getByRole('link', { name: /^Ouvrir Équilibre/ }).click();
  const editor = page.getByRole('textbox', { name: 'Document' });
  await page.getByText('« Équilibre », pour les soins').waitFor();
  const document = await editor.inputValue();
  // A slip of the keyboard: its line is told as one types.
  await editor.fill(document.replace('pays: 130 % BR', 'pays: 200 BR'));
  await page.getByRole('button', { name: 'Aller à la ligne 12' }).click();
  expect(await page.getByRole('button', { name: 'Publier…' }).isDisabled()).toBe(true);
  await editor.fill(document.replace('pays: 130 % BR', 'pays: 200 % BR'));
  const specialist = page.getByRole('row', { name: /Spécialiste hors OPTAM/ });
  // 200 % of 23.00 less 16.10; 130 % of it was 13.80.
  await specialist.getByText('29,90').waitFor();
  await specialist.getByText('avant : 13,80').waitFor();
  await page.getByRole('button', { name: 'Compter le mois dernier' }).click();
  await page.getByText('14 factures et 14 actes').waitFor();
  // Twelve visits, and two claims of three and four.
  const month = page.getByRole('definition');
  await month.getByText('262,20').waitFor();
  await month.getByText('568,10').waitFor();
  await month.getByText('+305,90').waitFor();
  await page.getByRole('button', { name: 'Publier…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('soins donnés à partir du 1 janvier 2026').waitFor();
  await dialog.getByText('Des soins déjà donnés').waitFor();
  await dialog.getByText('Spécialiste hors OPTAM').waitFor();
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
  await dialog.getByRole('button', { name: 'Publier', exact: true }).click();
  await page.getByText('« Équilibre » est publiée').waitFor();
  await page.getByRole('row', { name: /Remplacée/ }).waitFor();
});

walk('an insurer looks at a claim with a reason and contests it for the person', async () => {
  const page = await journey.open();
  await workAsAgent(journey, page);
  await page.getByRole('link', { name: 'Factures à regarder' }).click();
  await page
    .getByRole('row', { name: /Combinaison impossible/ })
    .first()
    .waitFor();
  await page
    .getByRole('link', { name: /^Ouvrir la facture/ })
    .first()
    .click();
  await page.getByText('ne vont pas ensemble').waitFor();
  await page.getByText(/Cette consultation est enregistrée : inscription \d+\/\d+/).waitFor();
  const shown = (await page.locator('main').textContent()) ?? '';
  for (const hidden of [nirAt(15).slice(0, 13), nirAt(16).slice(0, 13), 'Kerbrat', 'Anaïs', '1984']) {
    expect([hidden, shown.includes(hidden)]).toEqual([hidden, false]);
  }
  await page.getByRole('button', { name: 'Contester pour la personne…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Ce que dit la personne').fill('Elle n’a eu qu’une consultation ce jour-là');
  await dialog.getByRole('button', { name: 'Contester', exact: true }).click();
  await page.getByText('La facture est contestée').waitFor();
  await page.getByText('Elle n’a eu qu’une consultation ce jour-là').waitFor();
  await page.getByRole('button', { name: 'Marquer vue' }).click();
  await page.getByText('La personne est rendue à votre crédit').waitFor();
  await page.getByRole('link', { name: 'Factures à regarder' }).first().click();
  await page.getByRole('row', { name: /Contestée/ }).waitFor();
});

walk('what is written is not lost by a link: leaving asks first', async () => {
  const page = await journey.open('en-GB');
  await workAsAgent(journey, page);
  await page.getByRole('link', { name: 'Write a plan' }).click();
  await page.getByRole('textbox', { name: 'Document' }).fill('contract: Mine');
  await page.getByRole('link', { name: 'Files sent' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  expect(await page.getByRole('textbox', { name: 'Document' }).inputValue()).toBe('contract: Mine');
  await page.getByRole('link', { name: 'Files sent' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await page.getByText('No file has come').waitFor();
});

describe.each(['fr-FR', 'en-GB'])('in %s', (locale) => {
  walk(
    'axe finds nothing on the pages of an insurer, wide, narrow or dark',
    async () => {
      const found: string[] = [];
      const page = await journey.open(locale);
      const look = async (name: string) => {
        found.push(...(await faultsOf(page)).map((fault) => `${name} ${fault}`));
      };
      await workAsAgent(journey, page);
      await page.locator('table').first().waitFor();
      await look('/plans');
      await page.goto(`${journey.origin}/plans/edit?plan=${encodeURIComponent('Équilibre')}`);
      await page.locator('table').first().waitFor();
      await page.getByRole('row').nth(1).getByRole('button').click();
      await page.getByRole('button', { name: /Compter le mois dernier|Count last month/ }).click();
      await page.locator('figure').waitFor();
      await look('/plans/edit');
      await page.getByRole('textbox', { name: 'Document' }).fill('contract: x');
      await page.getByRole('alert').waitFor();
      await look('/plans/edit with problems');
      const head = 'contract: Neuf\nfrom: 2026-01-01\nresponsible: yes\nguarantees:\n';
      await page
        .getByRole('textbox', { name: 'Document' })
        .fill(`${head}  - { name: A, kinds: [drug], pays: 100 % BR }\n`);
      await page.getByText(/« Neuf »|“Neuf”/).waitFor();
      await page.getByRole('button', { name: /Publier…|Publish…/ }).click();
      await page.getByRole('dialog').waitFor();
      await look('the dialog of /plans/edit');
      await page.keyboard.press('Escape');
      await page.getByRole('textbox', { name: 'Document' }).fill('');
      page.once('dialog', (dialog) => void dialog.accept());
      await page.goto(`${journey.origin}/flagged-claims`);
      await page.locator('table').waitFor();
      await look('/flagged-claims');
      await page.locator('tbody a').first().click();
      await page.locator('h1').waitFor();
      await look('/flagged-claims/…');
      await page.goto(`${journey.origin}/insurer-imports`);
      await page.locator('h1').waitFor();
      await look('/insurer-imports');
      expect(found).toEqual([]);
    },
    120_000,
  );
});

walk('nothing of a person, and no reason that was given, is in the log of all this', () => {
  const text = journey.log.join('\n');
  expect(text.length).toBeGreaterThan(1000);
  expect(text).not.toMatch(/18405772|Kerbrat|Joubert|qu’une consultation|__Host-/);
});
