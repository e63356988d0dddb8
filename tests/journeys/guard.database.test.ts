import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { signalBits } from '../../src/modules/ledger/signals.ts';
import { openAs } from '../signing-in.ts';
import { chromiumPath } from './chromium.ts';
import { faultsOf } from './faults.ts';
import { Journey } from './journey.ts';

const walk = test.skipIf(chromiumPath === undefined);
const journey = new Journey();

beforeAll(async () => {
  if (chromiumPath !== undefined) await journey.start(async () => ({ VIGIE_GUARD: 'on' }));
}, 120_000);
afterAll(() => journey.stop());
afterEach(() => {
  expect(journey.complaints.splice(0)).toEqual([]);
});

const walkBits = signalBits.sameRun | signalBits.ascending | signalBits.hasPrevious;

/** A robot at the account: numbers one after the other until nothing comes any more. */
async function rob(account: number, organisation: number, some: { people?: number; honey?: boolean } = {}) {
  const { ledger, db } = journey.tools();
  const asked = { account, session: 5n, organisation, client: 8, network: 9, action: 1, purpose: 1 };
  const rest = { nirKey: null, insurers: [1], fields: 5n, reason: 2, present: false };
  for (let person = 0; person < (some.people ?? 12); person += 1) {
    const subject = `00000000-0000-4000-8000-${String(1000 * account + person).padStart(12, '0')}`;
    const { outcome } = await ledger.record({ ...asked, ...rest, subject, signals: walkBits });
    if (outcome === 'refused') break;
  }
  if (some.honey)
    await ledger.record({ ...asked, ...rest, subject: null, signals: signalBits.honey | walkBits });
  const standing = async () => (await ledger.readAllowance(account))?.standing;
  const isDone = async () =>
    expect(await standing()).toMatch(some.honey ? 'suspended' : /challenged|restricted/);
  await vi.waitFor(isDone, { timeout: 15_000, interval: 20 });
  return { db };
}

walk(
  'a stolen account is stopped; its holder reads why, an officer opens it again in one minute',
  async () => {
    const { account, organisation } = await openAs(journey.tools(), 'professional');
    const desk = await journey.open();
    await journey.enter(desk, account);
    await rob(account, organisation, { people: 3, honey: true });
    // The next thing the page asks for tells that the session has ended.
    await desk.goto(`${journey.origin}/lookup`);
    await desk.getByText('Votre clé d’accès').waitFor();
    await desk.getByRole('button', { name: 'Se connecter' }).click();
    await desk.getByText('Votre compte est suspendu').first().waitFor();
    await desk.getByText('téléphonez au responsable de la sécurité').first().waitFor();

    const officer = await journey.open();
    await journey.enterAs(officer, 'security-officer');
    await officer.getByRole('link', { name: 'Garde' }).click();
    await officer.getByRole('heading', { name: 'À juger maintenant' }).waitFor();
    await officer
      .getByRole('row', { name: new RegExp(`${account}.*Personne leurre`) })
      .getByRole('link', { name: /Ouvrir le dossier/ })
      .click();
    await officer.getByText('Le compte a demandé une personne qui n’existe pas').waitFor();
    await officer.getByRole('button', { name: 'C’est une erreur : rouvrir…' }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByText(`Le compte ${account} travaille de nouveau aussitôt`).waitFor();
    await dialog.getByLabel('Motif').fill('Le titulaire a appelé : une journée de dépistage');
    await dialog.getByRole('button', { name: 'Rouvrir', exact: true }).click();
    await officer.getByText(`Le compte ${account} est rouvert.`).waitFor();
    await officer.getByText('Le titulaire a appelé : une journée de dépistage').waitFor();
    await desk.getByText('Votre compte est suspendu').first().waitFor({ state: 'detached', timeout: 15_000 });
  },
);

walk('a holder who is asked for the passkey shows it, and goes on', async () => {
  const { account } = await openAs(journey.tools(), 'professional');
  const desk = await journey.open('en-GB');
  await journey.enter(desk, account);
  const { ledger, db } = journey.tools();
  await ledger.setStanding({ account, standing: 'challenged', by: 0, reason: 'guard' });
  await db`
    insert into guard.case_file (account, organisation, profession, is_shadow, level, bits, opened_at)
    values (${account}, 1, 'optician', false, 1, 14, now())`;
  await db`
    insert into guard.case_step (case_file, account, at, what, from_standing, to_standing, by, lane, seq)
    select id, account, now(), 'contained', 0, 1, 0, 0, 1 from guard.case_file where account = ${account}`;
  await desk.goto(`${journey.origin}/lookup`);
  await desk.getByText('Show your passkey to go on').waitFor();
  await desk.getByRole('button', { name: 'Show my passkey' }).click();
  await desk.getByText('Show your passkey to go on').waitFor({ state: 'detached', timeout: 15_000 });
  expect((await ledger.readAllowance(account))?.standing).toBe('open');
});

walk('what only watches is set with a reason, and told', async () => {
  const page = await journey.open();
  await journey.enterAs(page, 'security-officer');
  await page.goto(`${journey.origin}/guard/settings`);
  await page.getByText('Promesse : au plus une fausse demande de clé').waitFor();
  const whole = page.getByRole('switch', { name: 'La garde entière observe seulement' });
  await whole.focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Appliquer…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Aucun compte ne sera plus mis sous contrôle').waitFor();
  await dialog.getByLabel('Motif').fill('Première semaine : on regarde');
  await dialog.getByRole('button', { name: 'Appliquer', exact: true }).click();
  await page.getByText('La garde observe seulement').waitFor();
  const { db } = journey.tools();
  await db`
    insert into guard.setting (is_shadow, shadow_detectors, by, reason_sealed) values (false, '{}', 0, '')`;
});

describe.each(['fr-FR', 'en-GB'])('in %s', (locale) => {
  walk(
    'axe finds nothing on the pages of the guard, wide, narrow or dark',
    async () => {
      const found: string[] = [];
      const { account, organisation } = await openAs(journey.tools(), 'professional');
      await rob(account, organisation, { people: 40 });
      const page = await journey.open(locale);
      await journey.enterAs(page, 'security-officer');
      const seen = async (path: string) => {
        await page.goto(`${journey.origin}${path}`);
        await page.locator('.parts, svg.evidence, .sheet').first().waitFor();
        await page.waitForTimeout(500);
        found.push(...(await faultsOf(page)).map((fault) => `${path} ${fault}`));
      };
      await seen('/guard');
      const [row] = await journey.tools().db`select max(id)::text as id from guard.case_file`;
      await seen(`/guard/cases/${row?.id}`);
      await page.getByRole('button', { name: /C’est un vol|It is a theft/ }).click();
      await page.getByRole('dialog').waitFor();
      found.push(...(await faultsOf(page)).map((fault) => `dialog ${fault}`));
      await page.keyboard.press('Escape');
      await seen('/guard/board');
      await seen('/guard/settings');
      expect(found).toEqual([]);
    },
    120_000,
  );
});
