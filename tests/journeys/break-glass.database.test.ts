import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createOrganisation, openAccount } from '../../src/modules/access/index.ts';
import { allowanceFigures, findProfession } from '../../src/modules/rights/index.ts';
import type { DemoPerson } from '../../world/people.ts';
import { chromiumPath } from './chromium.ts';
import { faultsOf } from './faults.ts';
import { Journey, someone } from './journey.ts';

const walk = test.skipIf(chromiumPath === undefined);
const journey = new Journey();

beforeAll(async () => {
  if (chromiumPath !== undefined) await journey.start();
});
afterAll(() => journey.stop());
afterEach(() => {
  expect(journey.complaints.splice(0)).toEqual([]);
});

async function ask(page: Page, { nir, birthDate }: DemoPerson): Promise<void> {
  await page.getByLabel('Numéro de sécurité sociale').fill(nir);
  const day = birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$3/$2/$1');
  await page.getByLabel('Date de naissance').fill(day);
  await page.keyboard.press('Enter');
}

walk('an emergency is answered with its reason, and a security officer does not accept it', async () => {
  const optician = findProfession('optician');
  if (optician === undefined) throw new Error('no optician');
  const account = await openAccount(journey.tools(), {
    organisation: await createOrganisation(journey.tools(), 'Optique des Essais'),
    profession: 'optician',
    holder: { name: 'Jeanne Dupré-Secret' },
    figures: { ...allowanceFigures(optician.figures), cap: 0, openingBalance: 0 },
  });
  const [holder, officer] = [await journey.open(), await journey.open()];
  await journey.enter(holder, account);
  await ask(holder, someone(0));
  await holder.getByText('C’est une urgence ?').waitFor();
  await holder.getByText('Il vous en reste 5 cette semaine').waitFor();
  await holder.getByRole('button', { name: 'Consulter en urgence' }).click();
  await holder.getByText('Choisissez un motif.').waitFor();
  expect(await faultsOf(holder)).toEqual([]);
  await holder.getByLabel('Personne inconsciente').check();
  await holder.getByRole('button', { name: 'Consulter en urgence' }).click();
  await holder.getByText('Consultée en urgence').waitFor();
  await holder.getByText('Contrat responsable').waitFor();
  expect(await faultsOf(holder)).toEqual([]);

  await journey.enterAs(officer, 'security-officer');
  await officer.getByRole('link', { name: 'À revoir' }).click();
  await officer.getByRole('cell', { name: 'Personne inconsciente' }).waitFor();
  expect(await faultsOf(officer)).toEqual([]);
  expect(await officer.locator('main').innerText()).not.toContain(someone(0).nir);
  await officer.getByRole('button', { name: 'Décider' }).click();
  await officer.getByRole('menuitem', { name: 'Motif non fondé' }).click();
  await officer.getByText('la personne compte de nouveau').waitFor();
  await officer.getByText('Rien n’attend d’être relu.').waitFor();
  expect((await journey.tools().ledger.readAllowance(account))?.charged).toBe(1);
  const log = journey.log.join('\n');
  expect(log).toContain('waits for review');
  expect(log).not.toContain(someone(0).nir);
});
