import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createBeginnings, createOrganisation, openAccount } from '../../src/modules/access/index.ts';
import { allowanceFigures, findProfession } from '../../src/modules/rights/index.ts';
import { HealthIdentity } from '../health-identity.ts';
import { chromiumPath } from './chromium.ts';
import { faultsOf } from './faults.ts';
import { Journey } from './journey.ts';

const walk = test.skipIf(chromiumPath === undefined);
const journey = new Journey();
/** On 127.0.0.1, while Vigie is on localhost: another port alone would be the same site. */
const identity = new HealthIdentity();
const folder = mkdtempSync(join(tmpdir(), 'vigie-psc-'));

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  await journey.start(async (origin) => {
    await identity.start(origin);
    writeFileSync(join(folder, 'secret'), identity.clientSecret, { mode: 0o600 });
    return {
      VIGIE_PSC_ISSUER: identity.issuer,
      VIGIE_PSC_CLIENT_ID: identity.clientId,
      VIGIE_PSC_CLIENT_SECRET_FILE: join(folder, 'secret'),
    };
  });
});
afterAll(async () => {
  await journey.stop();
  await identity.stop();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  expect(journey.complaints.splice(0)).toEqual([]);
});

async function openAt(rpps: string, place: string): Promise<number> {
  const optician = findProfession('optician');
  if (optician === undefined) throw new Error('no optician');
  return openAccount(journey.tools(), {
    organisation: await createOrganisation(journey.tools(), place),
    profession: 'optician',
    holder: { name: 'Jeanne Dupré-Secret', identifier: rpps },
    figures: allowanceFigures(optician.figures),
  });
}

const button = { name: 'Se connecter avec Pro Santé Connect' };

walk('a professional enters the first time, makes a passkey, signs out here and there', async () => {
  identity.card = '10000000001';
  await openAt(identity.card, 'Optique du Port');
  const page = await journey.open();
  await page.goto(`${journey.origin}/sign-in`);
  await page.getByRole('link', button).click();
  await page.getByLabel('Numéro de sécurité sociale').waitFor();
  await page.goto(`${journey.origin}/me`);
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.getByText('seulement sur l’appareil').first().waitFor();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByRole('button', { name: 'Quitter Pro Santé Connect' }).click();
  await page.waitForURL(`${journey.origin}/sign-in**`);
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  await page.getByLabel('Numéro de sécurité sociale').waitFor();
});

walk('a professional of two places chooses one; what ends there ends here', async () => {
  identity.card = '10000000002';
  const [, clinic] = [
    await openAt(identity.card, 'Cabinet du Marché'),
    await openAt(identity.card, 'Clinique Sud'),
  ];
  const page = await journey.open();
  await page.goto(`${journey.origin}/sign-in`);
  await page.getByRole('link', button).click();
  await page.getByRole('button', { name: 'Clinique Sud' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Clinique Sud' }).click();
  await page.getByLabel('Numéro de sécurité sociale').waitFor();
  const account = () =>
    page.evaluate(`fetch('/v1/session').then((answer) => answer.json()).then((session) => session.account)`);
  expect(await account()).toBe(clinic);
  // In another window of the same browser, the holder leaves the provider itself.
  const provider = await page.context().newPage();
  await provider.goto(`${identity.issuer}/session/end`);
  await provider.getByRole('button', { name: 'Quitter Pro Santé Connect' }).click();
  await expect.poll(account, { timeout: 40_000 }).toBe(undefined);
});

walk('from a blocked network, Pro Santé Connect says what the sign-in page says', async () => {
  const { db, keys } = journey.tools();
  identity.card = '10000000003';
  await openAt(identity.card, 'Optique du Port');
  const page = await journey.open();
  await page.goto(`${journey.origin}/sign-in`);
  const { network } = createBeginnings(keys)({ address: '127.0.0.1', userAgent: undefined });
  const { network: sameHere } = createBeginnings(keys)({ address: '::1', userAgent: undefined });
  await db`
    insert into access.blocked_network
    select network, now() + interval '1 hour' from unnest(array[${network}, ${sameHere}]::int[]) network`;
  const says = 'Un compte volé a servi depuis ce réseau : personne n’y est servi pour l’instant.';
  await page.getByRole('link', button).click();
  await page.getByRole('heading', { name: 'Ce réseau est bloqué' }).waitFor();
  await page.getByText(says).waitFor();
  await page.getByText('The security officer can open this one again').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Revenir à la connexion' }).click();
  await db`delete from access.blocked_network`;
  await page.getByRole('link', button).click();
  await page.getByLabel('Numéro de sécurité sociale').waitFor();
  journey.complaints.splice(0);
});

walk('somebody unknown is told what to do, and may start again', async () => {
  identity.card = '10999999999';
  const page = await journey.open();
  await page.goto(`${journey.origin}/sign-in`);
  await page.getByRole('link', button).click();
  await page.getByText('La connexion n’a pas abouti').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Revenir à la connexion' }).click();
  await page.getByRole('link', button).waitFor();
  journey.complaints.splice(0);
});
