import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createOrganisation, openAccount, registerClient } from '../../src/modules/access/index.ts';
import { allowanceFigures, findProfession } from '../../src/modules/rights/index.ts';
import { newClientKeys } from '../practice-software.ts';
import { chromiumPath } from './chromium.ts';
import { faultsOf } from './faults.ts';
import { Journey } from './journey.ts';

const walk = test.skipIf(chromiumPath === undefined);
const journey = new Journey();

beforeAll(async () => {
  if (chromiumPath !== undefined) await journey.start();
});
afterAll(() => journey.stop());
afterEach(() => {
  expect(journey.complaints.splice(0)).toEqual([]);
});

/** A practice with one optician and software that acts for those who consent. */
async function practice(cap?: number) {
  const organisation = await createOrganisation(journey.tools(), 'Optique des Essais');
  const figures = findProfession('optician')?.figures;
  if (figures === undefined) throw new Error('no optician');
  const holder = { name: 'Jeanne Dupré-Secret' };
  const own = { ...allowanceFigures(figures), ...(cap === undefined ? {} : { cap, openingBalance: 0 }) };
  const asked = { organisation, profession: 'optician', holder, figures: own };
  const account = await openAccount(journey.tools(), asked);
  const { jwks } = await newClientKeys('EdDSA', 'poste-2');
  const house = { organisation, redirects: ['http://127.0.0.1/back'] };
  const client = await registerClient(journey.tools(), { name: 'Logiciel du poste 2', jwks, for: house });
  return { account, client };
}

walk('a security officer revokes software with a reason, and sees it done', async () => {
  const { client } = await practice();
  const page = await journey.open();
  await journey.enterAs(page, 'security-officer');
  await page.getByRole('link', { name: 'Logiciels' }).click();
  const row = page.locator('tr', { hasText: client });
  await row.getByText('poste-2 (EdDSA)').waitFor();
  await row.getByRole('button', { name: 'Révoquer' }).click();
  await page.getByRole('dialog').getByLabel('Motif').fill('Le cabinet a changé de logiciel');
  await page.getByRole('dialog').getByRole('button', { name: 'Révoquer', exact: true }).click();
  await row.getByText('Le cabinet a changé de logiciel').waitFor();
  expect(await row.getByRole('button', { name: 'Révoquer' }).count()).toBe(0);
});

walk('an auditor reads that all is recorded, in sentences and then in numbers', async () => {
  const page = await journey.open('en-GB');
  await journey.enterAs(page, 'auditor');
  await page.getByRole('link', { name: 'Ledger' }).click();
  await page.getByText('Everything that was disclosed is recorded').waitFor();
  await page.getByText('Nothing needs your attention').waitFor();
  await page.getByRole('button', { name: 'Last hour' }).waitFor();
  expect(await page.getByRole('link', { name: 'Accounts' }).count()).toBe(0);
});

walk(
  'accounts are ordered by keyboard; filters stand in the address, who is searched for does not',
  async () => {
    const { account } = await practice();
    const page = await journey.open();
    await journey.enterAs(page, 'security-officer');
    await page.getByRole('link', { name: 'Comptes' }).click();
    const head = page.getByRole('columnheader', { name: 'N°' });
    await head.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/accounts?sort=-number');
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('combobox', { name: 'Profession' }).selectOption('optician');
    await page.waitForURL('**/accounts?sort=-number&profession=optician');
    await page.getByLabel('Numéro, ou adresse').fill(String(account));
    await page.keyboard.press('Enter');
    await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    await page.locator(`a[href="/accounts/${account}"]`).waitFor();
    expect(new URL(page.url()).search).toBe('?sort=-number&profession=optician');
  },
);

walk('the figures of a large account are grouped as the language groups them', async () => {
  const { account } = await practice(12_345);
  for (const [locale, says] of [
    ['fr-FR', /^0 personne non justifiée sur 12\s345$/],
    ['en-GB', /^0 people not explained of 12,345$/],
  ] as const) {
    const page = await journey.open(locale);
    await journey.enterAs(page, 'security-officer');
    await page.goto(`${journey.origin}/accounts/${account}`);
    await page.getByText(says).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  }
});

walk('a holder reads what they will see and why, from the page where they look up', async () => {
  const page = await journey.open();
  const { account } = await practice();
  await journey.enter(page, account);
  await page.getByRole('link', { name: 'Ce que vous verrez' }).click();
  await page.getByRole('row', { name: /Optique.*montrée/ }).waitFor();
  await page.getByRole('row', { name: /^Nom .*jamais/ }).waitFor();
  await page.goto(`${journey.origin}/me`);
  await page.getByText('Optique des Essais').waitFor();
  await page.getByRole('row', { name: /Reviennent chaque nuit.*calculé/ }).waitFor();
});

walk('software sends a browser that is not signed in: it signs in, and comes back to just that', async () => {
  const { account, client } = await practice();
  const page = await journey.open();
  await journey.enter(page, account);
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByText('Votre clé d’accès').waitFor();
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: 'http://127.0.0.1:51004/back',
    state: 'a+b c',
    code_challenge: 'A'.repeat(43),
    code_challenge_method: 'S256',
  });
  await page.goto(`${journey.origin}/oauth/authorize?${asked}`);
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await page.getByText('Un logiciel demande à agir en votre nom').waitFor();
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('heading', { name: '« Logiciel du poste 2 » veut agir en votre nom' }).waitFor();
  const back = new URL(page.url());
  expect([back.pathname, Object.fromEntries(back.searchParams)]).toEqual([
    '/oauth/authorize',
    Object.fromEntries(asked),
  ]);
});

walk('an address that was made to lead elsewhere leads home', async () => {
  const { account } = await practice();
  const page = await journey.open();
  await journey.enter(page, account);
  for (const back of [
    '//evil.example/oauth/authorize?client_id=a',
    '/\\evil.example/oauth/authorize?client_id=a',
    'https:evil.example',
    'javascript:alert(1)',
    '%2F%2Fevil.example',
    '/oauth/authorize/../../accounts?client_id=a',
    '/me',
  ]) {
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByText('Votre clé d’accès').waitFor();
    await page.goto(`${journey.origin}/sign-in?back=${encodeURIComponent(back)}`);
    await page.getByText('Votre clé d’accès').waitFor();
    expect(await page.getByText('Un logiciel demande').count(), back).toBe(0);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByLabel('Numéro de sécurité sociale').waitFor();
    expect(page.url(), back).toBe(`${journey.origin}/lookup`);
  }
});
