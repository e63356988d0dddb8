import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parisDay, systemClock } from '../../src/platform/clock.ts';
import { nirAt } from '../claiming.ts';
import { chromiumPath } from './chromium.ts';
import { faultsOf } from './faults.ts';
import { correctRights, insure, lookUp, workAs } from './insured.ts';
import { Journey } from './journey.ts';

const walk = test.skipIf(chromiumPath === undefined);
const journey = new Journey();
const today = parisDay(systemClock.now());
const daysAgo = (days: number) =>
  new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  await journey.start();
  await insure(journey, [
    ...Array.from({ length: 12 }, (_none, place) => ({ place })),
    // Rights that began ten days ago, and rights that ended.
    { place: 20, contracts: [{ start: daysAgo(10) }] },
    ...[21, 22].map((place) => ({ place, contracts: [{ onlineEnd: daysAgo(2) }] })),
  ]);
});
afterAll(() => journey.stop());
afterEach(() => {
  expect(journey.complaints.splice(0)).toEqual([]);
});

/** Types an act and its price as somebody does who has no hand for a mouse. */
async function typeAct(page: Page, words: string, down: number, price: string): Promise<void> {
  await page.keyboard.type(words);
  for (let step = 0; step < down; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type(price);
}

const quoted = (page: Page) => page.locator('[role=status]').getByText(/^(Enregistré|Recorded)/);

async function prescribe(page: Page, day: string): Promise<void> {
  await page.getByLabel('N° RPPS du prescripteur').fill('1010101 0105');
  await page.getByLabel('Prescrit le').fill(day);
}

/** Quotes a frame and a lens for somebody, as an optician. */
async function quoteGlasses(page: Page, place: number): Promise<void> {
  await lookUp(page, place);
  await page.getByRole('button', { name: 'Faire un devis' }).click();
  await page.getByLabel('Chercher un acte').waitFor();
  await typeAct(page, 'monture', 1, '150');
  await page.keyboard.press('Enter');
  await typeAct(page, 'ver s', 1, '140,50');
  await quoted(page).waitFor();
}

walk('an optician quotes glasses, has a promise, and invoices it', async () => {
  const page = await journey.open();
  const asked: string[] = [];
  const addresses = new Set<string>();
  page.on('request', (request) => {
    if (request.method() === 'POST') asked.push(new URL(request.url()).pathname);
  });
  page.on('framenavigated', () => addresses.add(page.url()));
  await workAs(journey, page, 'optician', 'Optique des Essais');
  await quoteGlasses(page, 0);
  // Recorded once for each content that was complete, however many keys were pressed.
  expect(asked.filter((path) => path === '/v1/quotes').length).toBeLessThan(4);
  const shares = page.locator('section', { has: page.getByRole('heading', { name: 'Qui paie' }) });
  expect(await shares.getByRole('img').getAttribute('aria-label')).toMatch(
    /obligatoire 0,06\s€, complémentaire 240,44\s€, reste à payer 50,00\s€/,
  );
  await page.getByRole('button', { name: 'Pourquoi : Monture' }).click();
  await page.getByText('99.97').or(page.getByText('99,97')).first().waitFor();

  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('header.band').isVisible()).toBe(false);
  const paper = await page.locator('.printed').innerText();
  for (const said of ['Optique des Essais', 'Opticien', '290,50', '240,44', 'ne promet pas le paiement']) {
    expect(paper).toContain(said);
  }
  const pages = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g);
  expect(pages).toHaveLength(1);
  await page.emulateMedia({ media: 'screen' });

  await page.getByRole('button', { name: 'Promettre le paiement' }).click();
  const number = await page.locator('section .promise-number').innerText();
  expect(number).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  await page.getByRole('button', { name: 'Facturer ces actes' }).click();
  await page.getByRole('button', { name: 'Envoyer la facture' }).click();
  await page.getByRole('alert').getByText('N° RPPS du prescripteur').waitFor();
  await prescribe(page, today);
  await page.getByRole('button', { name: 'Envoyer la facture' }).click();
  await page.getByText('✓ Acceptée').waitFor();
  expect(asked.filter((path) => path === '/v1/claims')).toHaveLength(1);
  await page.getByRole('link', { name: 'Voir la facture' }).click();
  await page.getByText(number).waitFor();

  await page.getByRole('link', { name: 'Engagements' }).click();
  await page.getByText('Une facture l’a utilisé.').waitFor();
  expect(await page.getByRole('button', { name: `Facturer ${number}` }).isDisabled()).toBe(true);
  await holdsNobody(page, addresses, 0);
});

walk('a pharmacist sees why a claim was rejected, corrects and sends it again', async () => {
  const page = await journey.open();
  const addresses = new Set<string>();
  page.on('framenavigated', () => addresses.add(page.url()));
  await workAs(journey, page, 'pharmacist', 'Pharmacie des Essais');
  await lookUp(page, 20);
  await page.getByRole('button', { name: 'Facturer' }).click();
  await page.getByLabel('Chercher un acte').waitFor();
  // The code on a box, which no catalogue has.
  await typeAct(page, '3400930000001', 0, '4,205');
  await page.getByText('Deux décimales au plus.').waitFor();
  await page.keyboard.press('Backspace');
  await page.getByLabel('Base (BR)').fill('4.20');
  await page.getByLabel('Taux').selectOption('65');
  await page.getByLabel('Votre référence').fill('F-2026-77');
  await prescribe(page, daysAgo(30));
  // A slip of the finger: the month before.
  await page.locator('#care').getByLabel('Jour des soins').fill(daysAgo(20));
  await page.getByRole('button', { name: 'Envoyer la facture' }).click();
  await page.getByText('✕ Rejetée').waitFor();
  await page.getByText('Aucun droit ouvert ce jour-là').waitFor();
  await page.getByText('Consultez les droits à la date de soins').waitFor();

  // From the list, days later: the lines are there, and the person is not.
  await page.getByRole('link', { name: 'Factures', exact: true }).click();
  await page.getByLabel('État').selectOption('rejected');
  await page.waitForURL('**/claims?state=rejected');
  await page.locator('table').getByText('Aucun droit ouvert ce jour-là').waitFor();
  expect(await page.locator('main').innerText()).not.toContain(nirAt(20).slice(0, 13));
  await page.locator('tbody a').first().click();
  await page.getByRole('button', { name: 'Corriger et renvoyer' }).click();
  expect(await page.getByLabel('Numéro de sécurité sociale').inputValue()).toBe('');
  expect(await page.getByLabel('N° RPPS du prescripteur').inputValue()).toBe('10101010105');
  await page.locator('#care').getByLabel('Jour des soins').fill(today);
  await page.getByRole('button', { name: 'Envoyer la facture' }).click();
  await page.getByRole('alert').getByText('Complétez le numéro').waitFor();
  await page.getByLabel('Numéro de sécurité sociale').fill(nirAt(20));
  await page.getByLabel('Date de naissance').fill('17/05/1984');
  await page.getByRole('button', { name: 'Envoyer la facture' }).click();
  await page.getByText('✓ Acceptée').waitFor();
  await page.getByRole('link', { name: 'Voir la facture' }).click();
  await page.getByText('Corrige la facture').waitFor();

  await page.getByRole('button', { name: 'Annuler la facture' }).click();
  await page.getByRole('dialog').getByText('la personne pèse de nouveau sur votre crédit').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler la facture' }).click();
  await page.getByText('La facture est annulée.').waitFor();
  await page.getByText('– Annulée').first().waitFor();
  await holdsNobody(page, addresses, 20);
});

walk('a promise is invoiced from the list of all, for a person who is typed again', async () => {
  const page = await journey.open();
  await workAs(journey, page, 'optician', 'Optique du Quai');
  await quoteGlasses(page, 1);
  await page.getByRole('button', { name: 'Promettre le paiement' }).click();
  await page.locator('section .promise-number').waitFor();
  await page.getByRole('link', { name: 'Engagements' }).click();
  await page.getByRole('button', { name: /^Facturer/ }).click();
  expect(await page.getByLabel('Numéro de sécurité sociale').inputValue()).toBe('');
  await page.getByLabel('Numéro de sécurité sociale').fill(nirAt(1));
  await page.getByLabel('Date de naissance').fill('17051984');
  await prescribe(page, today);
  await page.getByRole('button', { name: 'Envoyer la facture' }).click();
  await page.getByText('✓ Acceptée').waitFor();
});

walk('a promise that is cancelled can be made again, by another quote', async () => {
  const page = await journey.open();
  await workAs(journey, page, 'optician', 'Optique du Port');
  await quoteGlasses(page, 2);
  const promise = page.locator('section .promise-number');
  await page.getByRole('button', { name: 'Promettre le paiement' }).click();
  const first = await promise.innerText();
  await page.getByRole('button', { name: 'Annuler l’engagement' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler l’engagement' }).click();
  await page.getByRole('button', { name: 'Promettre le paiement' }).click();
  await promise.waitFor();
  expect(await promise.innerText()).not.toBe(first);
});

walk('rejected claims are sent again together once their insurer corrected the rights', async () => {
  const page = await journey.open();
  await workAs(journey, page, 'pharmacist', 'Pharmacie du Port');
  for (const place of [21, 22]) {
    await page.goto(`${journey.origin}/lookup`);
    await lookUp(page, place, /Contrat responsable|droits terminés/);
    await page.getByRole('button', { name: 'Facturer' }).click();
    await page.getByLabel('Chercher un acte').waitFor();
    await typeAct(page, 'ph7', 0, '10');
    await page.getByLabel('Base (BR)').fill('10');
    await page.getByLabel('Votre référence').fill(`F-${place}`);
    await prescribe(page, daysAgo(1));
    await page.getByRole('button', { name: 'Envoyer la facture' }).click();
    await page.getByText('✕ Rejetée').waitFor();
  }
  for (const place of [21, 22]) await correctRights(journey, place);
  await page.goto(`${journey.origin}/claims`);
  await page.getByLabel('Choisir la facture F-21').check();
  await page.getByLabel('Choisir la facture F-22').check();
  await page.getByRole('button', { name: 'Renvoyer 2 factures' }).click();
  await page.getByText('2 factures sont renvoyées.').waitFor();
  await page.getByRole('button', { name: 'Relire' }).click();
  await page.locator('tbody').getByText('✓ Acceptée').nth(1).waitFor();
  expect(await page.getByLabel('Choisir la facture F-21').isDisabled()).toBe(true);
});

walk('a claim whose answer was lost on the way is sent again as the same one', async () => {
  const page = await journey.open();
  const names: (string | undefined)[] = [];
  await page.route('**/v1/claims', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    names.push(route.request().headers()['idempotency-key']);
    // It arrives, and nobody hears of it.
    await route.fetch();
    return names.length === 1 ? route.abort() : route.continue();
  });
  await workAs(journey, page, 'pharmacist', 'Pharmacie du Phare');
  await lookUp(page, 6);
  await page.getByRole('button', { name: 'Facturer' }).click();
  await page.getByLabel('Chercher un acte').waitFor();
  await typeAct(page, 'ph7', 0, '10');
  await page.getByLabel('Base (BR)').fill('10');
  await prescribe(page, today);
  await page.getByRole('button', { name: 'Envoyer la facture' }).click();
  await page.getByText('Vigie ne répond pas').waitFor();
  await page.getByRole('button', { name: 'Recommencer' }).click();
  await page.getByText('✓ Acceptée').waitFor();
  expect(new Set(names).size).toBe(1);
  await page.getByRole('link', { name: 'Factures', exact: true }).click();
  await page.locator('tbody a').first().waitFor();
  expect(await page.locator('tbody a').count()).toBe(1);
  expect(journey.complaints.splice(0).join()).toMatch(/^Failed to load resource[^,]*$/);
});

walk('what was told goes when nobody touches the page', async () => {
  const page = await journey.open();
  await workAs(journey, page, 'optician', 'Optique du Phare');
  await quoteGlasses(page, 3);
  await page.clock.install();
  await page.mouse.move(10, 10);
  await page.clock.fastForward(5 * 60_000 + 1_000);
  await page.getByText('La réponse a été effacée de l’écran').waitFor();
  expect(await page.getByText('Ligne par ligne').count()).toBe(0);
  expect(await page.locator('.printed').count()).toBe(0);
  expect(await page.getByLabel('Numéro de sécurité sociale').inputValue()).toBe('');
  await page.getByRole('link', { name: 'Factures', exact: true }).click();
  await page.getByText('Aucune facture.').waitFor();
  await page.clock.fastForward(5 * 60_000 + 1_000);
  await page.getByText('La page a été effacée').waitFor();
  expect(await page.getByText('Aucune facture.').count()).toBe(0);
});

describe.each([
  ['fr-FR', /^Faire un devis/, /^Promettre/, /^Facturer ces/, /^Envoyer/, /^Pourquoi/, /^Annuler la/],
  ['en-GB', /^Make a quote/, /^Promise/, /^Invoice these/, /^Send the/, /^Why/, /^Cancel the claim/],
])('in %s', (locale, quote, promise, invoice, send, why, cancel) => {
  const inFrench = locale === 'fr-FR';

  walk(
    'axe finds nothing where care is typed, wide, narrow or dark',
    async () => {
      const { page, button, found, look } = await begin(locale, inFrench ? 4 : 5, quote);
      await page.keyboard.type('ver s');
      await look('the search');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.keyboard.type('100');
      await quoted(page).waitFor();
      await button(why).click();
      await look('a quote');
      await button(promise).click();
      await page.locator('section .promise-number').waitFor();
      await look('a promise');
      await button(invoice).click();
      await button(send).click();
      await page.getByRole('alert').waitFor();
      await look('a claim with mistakes');
      expect(found).toEqual([]);
    },
    120_000,
  );

  walk(
    'axe finds nothing where claims are followed, wide, narrow or dark',
    async () => {
      const { page, button, found, look } = await begin(locale, inFrench ? 7 : 8, quote);
      await typeAct(page, 'ver s', 1, '100');
      await quoted(page).waitFor();
      await button(promise).click();
      await page.locator('section .promise-number').waitFor();
      await button(invoice).click();
      await page.getByLabel(/RPPS/).fill('10101010105');
      await page.getByLabel(/^(Prescrit le|Prescribed on)/).fill(today);
      await button(send).click();
      await page.getByText(/✓ (Acceptée|Accepted)/).waitFor();
      await look('what became of it');
      await page.getByRole('link', { name: /^(Voir la|See the) / }).click();
      await page.getByText(/^(En bref|In short)/).waitFor();
      await look('a claim');
      await button(cancel).click();
      await page.getByRole('dialog').waitFor();
      await look('cancelling');
      for (const path of ['/claims', '/engagements']) {
        await page.goto(`${journey.origin}${path}`);
        await page.locator('table').waitFor();
        await look(path);
      }
      expect(found).toEqual([]);
    },
    120_000,
  );
});

walk('nothing of a person, of their care or of who prescribed it is in the log of all this', () => {
  const text = journey.log.join('\n');
  expect(text.length).toBeGreaterThan(1000);
  const secrets = [0, 1, 20, 21].flatMap((place) => [nirAt(place), nirAt(place).slice(0, 13)]);
  for (const secret of [...secrets, '1984-05-17', '10101010105', 'F-2026-77', '3400930000001']) {
    expect(text).not.toContain(secret);
  }
});

/** A desk that is open for somebody, and what axe finds there from then on. */
async function begin(locale: string, place: number, quote: RegExp) {
  const page = await journey.open(locale);
  const button = (name: RegExp) => page.getByRole('button', { name }).first();
  await workAs(journey, page, 'optician', 'Optique des Lices');
  await lookUp(page, place);
  await button(quote).click();
  await page.getByRole('combobox').first().waitFor();
  const found: string[] = [];
  const look = async (name: string) => {
    await page.locator('h1:visible').waitFor();
    found.push(...(await faultsOf(page)).map((fault) => `${name} ${fault}`));
  };
  return { page, button, found, look };
}

/** The address bar, the history and what the browser keeps name nobody, and nothing of their care. */
async function holdsNobody(page: Page, addresses: ReadonlySet<string>, place: number): Promise<void> {
  const kept = await page.evaluate(
    'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])',
  );
  const text = [...addresses, page.url(), String(kept)].join('\n');
  for (const secret of [nirAt(place), nirAt(place).slice(0, 13), '1984', '17/05', 'longIllness', 'F-2026']) {
    expect(text).not.toContain(secret);
  }
  // The language, and the public keys that verify cards.
  expect(Object.keys(JSON.parse(String(kept))[0]).sort()).toEqual(['vigie-card-keys', 'vigie-language']);
}
