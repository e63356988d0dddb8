import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createOrganisation, openAccount, registerClient } from '../../src/modules/access/index.ts';
import { allowanceFigures, findProfession } from '../../src/modules/rights/index.ts';
import { currentCode, findSubjects, lookupKey } from '../../src/modules/vault/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { identitiesOf } from '../../world/load-world.ts';
import type { DemoPerson } from '../../world/people.ts';
import { newClientKeys } from '../practice-software.ts';
import { chromiumPath } from './chromium.ts';
import { axeTimeoutMs, faultsOf } from './faults.ts';
import { covered, Journey, someone } from './journey.ts';

const walk = test.skipIf(chromiumPath === undefined);
const journey = new Journey();

beforeAll(async () => {
  if (chromiumPath !== undefined) await journey.start();
});
afterAll(() => journey.stop());
afterEach(() => {
  expect(journey.complaints.splice(0)).toEqual([]);
});

async function ask(page: Page, { nir, birthDate }: DemoPerson, code = ''): Promise<void> {
  await page.getByLabel('Numéro de sécurité sociale').fill(nir);
  const day = birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$3/$2/$1');
  await page.getByLabel('Date de naissance').fill(day);
  await page.getByLabel('Code de la carte').fill(code);
  await page.keyboard.press('Enter');
}

walk('an invited holder makes a passkey, looks somebody up, signs out and in again', async () => {
  const page = await journey.open();
  await journey.enterAs(page, 'professional');
  await ask(page, someone(0));
  await page.getByText('Contrat responsable').waitFor();
  expect(await page.getByText('✓ Couvert').count()).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Voir ce qui a été enregistré' }).click();
  await page.getByText('Répondu').waitFor();
  expect(await page.locator('main').innerText()).not.toContain(someone(0).nir);
  await page.getByRole('button', { name: 'Justifier' }).click();
  await page.getByRole('menuitem', { name: 'Visite à domicile' }).click();
  await page.getByText('rendue à votre crédit').waitFor();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByText('Votre clé d’accès').waitFor();
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByLabel('Numéro de sécurité sociale').waitFor();
});

walk('the day of care stands in words, in the language chosen, whatever the browser writes', async () => {
  // This browser writes the third of April as 04/03.
  const page = await journey.open('en-US');
  await journey.enterAs(page, 'professional');
  await page.getByLabel('Day of care').fill('2026-04-03');
  const read = page.locator(`#${await page.getByLabel('Day of care').getAttribute('aria-describedby')}`);
  expect(await read.innerText()).toMatch(/^Friday,? 3 April 2026$/);
  await page.getByRole('button', { name: 'Français' }).click();
  expect(await read.innerText()).toBe('vendredi 3 avril 2026');
  await page.getByLabel('Jour des soins').fill('');
  expect((await read.innerText()).trim()).toBe('');
});

walk('what is mistyped is said before anything is sent', async () => {
  const page = await journey.open('en-GB');
  await journey.enterAs(page, 'professional');
  const before = journey.log.length;
  await page.getByLabel('Social security number').fill('1 85 01 40 932 453 65');
  await page.keyboard.press('Enter');
  await page.getByText('The key does not match').first().waitFor();
  await page.getByText('Write the date like').first().waitFor();
  expect(journey.log.slice(before).join()).not.toContain('coverage-lookups');
});

walk('an allowance that is used up says what gives some back, and the card does', async () => {
  const optician = findProfession('optician');
  if (optician === undefined) throw new Error('no optician');
  const account = await openAccount(journey.tools(), {
    organisation: await createOrganisation(journey.tools(), 'Optique des Essais'),
    profession: 'optician',
    holder: { name: 'Jeanne Dupré-Secret' },
    figures: { ...allowanceFigures(optician.figures), cap: 1, openingBalance: 0 },
  });
  const page = await journey.open();
  await journey.enter(page, account);
  await ask(page, someone(1));
  await page.getByText('Contrat responsable').waitFor();
  await ask(page, someone(2));
  await page.getByRole('alert').getByText('une facture acceptée').waitFor();
  const [identity] = identitiesOf(someone(2));
  if (identity === undefined) throw new Error('a person without a number');
  const [found] = await findSubjects(journey.tools().db, [lookupKey(journey.keys, identity)]);
  const subject = found?.subject ?? '';
  const code = await currentCode(journey.tools().db, journey.keys, { subject, now: systemClock.now() });
  await ask(page, someone(2), code ?? '');
  await page.getByText('Présence prouvée par la carte').waitFor();
});

walk('a challenged account is asked for its passkey, and the lookup goes on in place', async () => {
  const page = await journey.open();
  const account = await journey.enterAs(page, 'professional');
  const { ledger } = journey.tools();
  await ledger.setStanding({ account, standing: 'challenged', by: 0, reason: 'guard' });
  await ask(page, someone(3));
  await page.getByRole('alert').getByText('Quelque chose d’inhabituel').waitFor();
  await page.getByRole('button', { name: 'Utiliser ma clé d’accès' }).click();
  await page.getByText('Contrat responsable').waitFor();
  expect((await ledger.readAllowance(account))?.standing).toBe('open');
});

walk('a security officer suspends an account in the middle of its work, and sees it done', async () => {
  const [holder, officer] = [await journey.open(), await journey.open()];
  const account = await journey.enterAs(holder, 'professional');
  await journey.enterAs(officer, 'security-officer');
  await officer.getByRole('link', { name: 'Comptes' }).click();
  await officer.getByLabel('Numéro, ou adresse').fill(String(account));
  await officer.keyboard.press('Enter');
  await officer.locator(`a[href="/accounts/${account}"]`).click();
  await officer.getByRole('button', { name: 'Suspendre' }).click();
  await officer.getByRole('dialog').getByLabel('Motif').fill('Elle a téléphoné : compte volé');
  await officer.getByRole('dialog').getByRole('button', { name: 'Suspendre' }).click();
  await officer.locator('li', { hasText: 'compte volé' }).waitFor();
  await officer.getByRole('button', { name: 'Rétablir' }).waitFor();
  await ask(holder, someone(3));
  await holder.getByText('La session est terminée').waitFor();
  expect(await holder.getByText('Contrat responsable').count()).toBe(0);
});

walk('a lookup needs no mouse', async () => {
  const page = await journey.open();
  await journey.enterAs(page, 'professional');
  await page.locator('h1').waitFor();
  const { nir, birthDate } = someone(4);
  await page.evaluate('document.activeElement.blur()');
  await page.keyboard.press('/');
  await page.keyboard.type(nir);
  await page.keyboard.press('Tab');
  await page.keyboard.type(birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$3$2$1'));
  await page.keyboard.press('Enter');
  await page.getByText('Contrat responsable').waitFor();
});

describe.each(['fr-FR', 'en-GB'])('in %s', (locale) => {
  walk('axe finds nothing on any page, wide, narrow or dark', { timeout: axeTimeoutMs }, async () => {
    const found: string[] = [];
    const look = async (page: Page, name: string) => {
      await page.locator('h1').waitFor();
      // 320 points wide is 1,280 at 400 %: only a table may need to be moved sideways.
      found.push(...(await faultsOf(page)).map((fault) => `${name} ${fault}`));
    };
    const [stranger, holder, officer] = [
      await journey.open(locale),
      await journey.open(locale),
      await journey.open(locale),
    ];
    for (const path of ['/sign-in', '/enrol', `/enrol#${'a'.repeat(43)}`]) {
      await stranger.goto(`${journey.origin}${path}`);
      await stranger.reload();
      await look(stranger, path);
    }
    const account = await journey.enterAs(holder, 'professional');
    for (const path of ['/lookup', '/what-you-see', '/own-lookups', '/permissions', '/me']) {
      await holder.goto(`${journey.origin}${path}`);
      await look(holder, path);
    }
    await journey.enterAs(officer, 'security-officer');
    const { jwks } = await newClientKeys('EdDSA', 'a-key-with-a-long-name-of-its-own');
    const house = await createOrganisation(journey.tools(), 'Optique des Essais');
    const redirects = ['http://127.0.0.1/back'];
    await registerClient(journey.tools(), { name: 'Poste 2', jwks, for: { organisation: house, redirects } });
    for (const path of ['/accounts', `/accounts/${account}`, '/software', '/ledger-health']) {
      await officer.goto(`${journey.origin}${path}`);
      await officer.locator('table').first().waitFor();
      await look(officer, path);
    }
    await officer.goto(`${journey.origin}/reviews`);
    await officer.getByRole('heading', { level: 1 }).waitFor();
    await look(officer, '/reviews');
    await officer.goto(`${journey.origin}/software`);
    await officer.locator('tbody button').first().click();
    await officer.getByRole('dialog').waitFor();
    await look(officer, 'the dialog of /software');
    expect(found).toEqual([]);
  });
});

walk('nothing of a person, no code and no key is in the log of all this', () => {
  const text = journey.log.join('\n');
  expect(text.length).toBeGreaterThan(1000);
  for (const { nir, familyName, birthDate } of covered.slice(0, 5)) {
    for (const secret of [nir, nir.slice(0, 13), familyName, birthDate]) expect(text).not.toContain(secret);
  }
  expect(text).not.toMatch(/__Host-|presenceCode|Dupré|Elle a téléphoné/);
});
