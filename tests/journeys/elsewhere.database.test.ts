import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from './chromium.ts';
import { Journey, someone } from './journey.ts';

async function lookUp(page: Page, place: number): Promise<void> {
  const { nir, birthDate } = someone(place);
  await page.getByLabel('Numéro de sécurité sociale').fill(nir);
  const day = birthDate.replace(/^(\d{4})(\d\d)(\d\d)$/, '$3/$2/$1');
  await page.getByLabel('Date de naissance').fill(day);
  await page.keyboard.press('Enter');
}

describe.skipIf(chromiumPath === undefined)('in Chromium', { timeout: 60_000 }, () => {
  const journey = new Journey();
  beforeAll(() => journey.start());
  afterAll(() => journey.stop());

  test('work that goes on in another browser asks for the passkey, in its middle, and goes on', async () => {
    const page = await journey.open();
    await journey.enterAs(page, 'professional');
    await page.goto(`${journey.origin}/lookup`);
    await lookUp(page, 1);
    await page.getByText('Contrat responsable').waitFor();
    await page.context().setExtraHTTPHeaders({ 'user-agent': 'Another browser' });
    await lookUp(page, 2);
    await page.getByRole('alert').getByText('Votre clé d’accès est redemandée').waitFor();
    expect(await page.getByText('Contrat responsable').count()).toBe(0);
    await page.getByRole('button', { name: 'Utiliser ma clé d’accès' }).click();
    await page.getByText('Contrat responsable').waitFor();
    expect(journey.complaints).toEqual([]);
  });

  test('a lost passkey: an officer invites the holder anew, and what was lost signs in no more', async () => {
    const lost = await journey.open();
    const account = await journey.enterAs(lost, 'professional');
    const officer = await journey.open();
    await journey.enterAs(officer, 'security-officer');
    await officer.goto(`${journey.origin}/accounts/${account}`);
    await officer.getByRole('button', { name: 'Inviter le titulaire' }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByLabel('Motif').fill('Téléphone perdu ; reconnue au cabinet');
    await dialog.getByRole('button', { name: 'Inviter le titulaire' }).click();
    await dialog.locator('pre').first().waitFor();
    const [address, code] = await dialog.locator('pre').allTextContents();
    // Both halves, by two channels, to a telephone that has no key yet.
    const found = await journey.open();
    await found.goto(address ?? '');
    await found.locator('input').first().focus();
    await found.keyboard.type(code ?? '');
    await found.keyboard.press('Enter');
    await found.locator('nav').waitFor();
    await found.goto(`${journey.origin}/lookup`);
    await found.getByText('Vos clés d’accès viennent de changer').waitFor();
    await lost.goto(`${journey.origin}/lookup`);
    await lost.getByRole('button', { name: 'Se connecter' }).click();
    await lost.getByText('Cette clé d’accès n’ouvre rien ici').waitFor();
    expect(journey.complaints).toEqual([]);
  });

  test('what the server wrote to its log names nobody, and holds no link or code', () => {
    const log = journey.log.join('\n');
    for (const place of [1, 2]) expect(log).not.toContain(someone(place).nir);
    expect(log).not.toMatch(/enrol#|Téléphone perdu|__Host-vigie=/);
  });
});
