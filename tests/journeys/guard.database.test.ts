import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { signalBits } from '../../src/modules/ledger/signals.ts';
import { cutEveryList } from '../guard-crowd.ts';
import { openAs } from '../signing-in.ts';
import { chromiumPath } from './chromium.ts';
import { faultsOf } from './faults.ts';
import { campaignOf, challenge, rob, sweptCase } from './guard-rows.ts';
import { Journey, someone } from './journey.ts';

const walk = test.skipIf(chromiumPath === undefined);
const journey = new Journey();

beforeAll(async () => {
  if (chromiumPath !== undefined) await journey.start(async () => ({ VIGIE_GUARD: 'on' }));
}, 120_000);
afterAll(() => journey.stop());
afterEach(() => {
  expect(journey.complaints.splice(0)).toEqual([]);
});

walk(
  'a stolen account is stopped; its holder reads why, an officer opens it again in one minute',
  async () => {
    const { account, organisation } = await openAs(journey.tools(), 'professional');
    const desk = await journey.open();
    await journey.enter(desk, account);
    await rob(journey.tools(), { account, organisation }, { people: 3, honey: true });
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
    const { left } = (await journey.tools().ledger.readAllowance(account)) ?? {};
    await dialog.getByText(`Il peut encore consulter ${left} personnes nouvelles`).waitFor();
    await dialog.getByLabel('Motif').fill('Le titulaire a appelé : une journée de dépistage');
    await dialog.getByRole('button', { name: 'Rouvrir', exact: true }).click();
    await officer.getByText(`Le compte ${account} est rouvert.`).waitFor();
    await officer.getByText('Le titulaire a appelé : une journée de dépistage').waitFor();
    await desk.getByText('Votre compte est suspendu').first().waitFor({ state: 'detached', timeout: 40_000 });
    // Afterwards the holder reads what happened, and the officer finds it with the account.
    await desk.goto(`${journey.origin}/me`);
    await desk.getByText('votre compte a été suspendu').waitFor();
    await desk.getByText('une personne l’a rouvert : c’était une fausse alerte').waitFor();
    await officer.getByRole('link', { name: `Compte ${account}` }).click();
    await officer.getByRole('heading', { name: 'Ce que la garde lui a fait' }).waitFor();
    await officer.getByRole('link', { name: /^Dossier \d+$/ }).waitFor();
  },
);

walk(
  'behind each bit stands a lookup: when, what it was, where its number was given; nobody is named',
  async () => {
    const { account, organisation } = await openAs(journey.tools(), 'professional');
    await rob(
      journey.tools(),
      { account, organisation },
      { people: 30, signals: signalBits.impossibleTravel },
    );
    const officer = await journey.open();
    await journey.enterAs(officer, 'security-officer');
    const [row] = await journey.tools().db`
    select max(id)::text as id from guard.case_file where account = ${account}`;
    await officer.goto(`${journey.origin}/guard/cases/${row?.id}`);
    const card = officer.locator('.lookup');
    const [place = '', all = ''] =
      (await card.getByText(/^Consultation \d+ sur \d+$/).textContent())?.match(/\d+/g) ?? [];
    expect(Number(all)).toBeGreaterThan(2);
    await card.getByText('jamais consultée avant').waitFor();
    await card.getByText('numéro voisin d’un autre').waitFor();
    await card.getByText('aucune facture à ce jour').waitFor();
    await card.getByText('connexion de trop loin pour un trajet').waitFor();
    await card
      .getByText(/^\+\d+(,\d)?\sbits$/)
      .first()
      .waitFor();
    // By keyboard: the chart is a range of lookups.
    await officer.getByRole('slider', { name: 'Choisir une consultation' }).press('Home');
    await card.getByText(`Consultation 1 sur ${all}`).waitFor();
    expect(place).not.toBe('1');
    await officer.getByRole('button', { name: 'des numéros qui se suivent' }).click();
    const spoken = officer.getByRole('table', { name: /Où ce signal a parlé : des numéros qui se suivent/ });
    expect(await spoken.getByRole('row').count()).toBeGreaterThan(1);
    await officer.getByRole('heading', { name: 'Où les numéros ont été donnés' }).waitFor();
    await officer.getByText('Ce qui est habituel n’est pas encore connu').waitFor();
    await officer.getByText('Les départements en tableau').click();
    await officer.getByRole('row', { name: /75 Paris.*pas encore connu/ }).waitFor();
    await officer.getByRole('button', { name: /C’est un vol/ }).click();
    const { people } = await behind(officer, `cases/${row?.id}/effect`);
    await officer
      .getByRole('dialog')
      .getByText(`${people} personnes dont les droits lui ont été dits`)
      .waitFor();
  },
);

/** What the page's own session is told of the guard. */
async function behind(page: Page, path: string): Promise<{ people: number }> {
  const read = (url: string) => fetch(url).then((answer) => answer.json());
  return (await page.evaluate(read, `/v1/guard/${path}`)) as { people: number };
}

walk(
  'accounts in one hand are seen together; two are confirmed at once, and the past is read again',
  async () => {
    const opened = [];
    for (let each = 0; each < 3; each += 1) opened.push(await openAs(journey.tools(), 'professional'));
    const accounts = opened.map(({ account }) => account);
    const id = await campaignOf(journey.tools().db, accounts);
    const officer = await journey.open();
    await journey.enterAs(officer, 'security-officer');
    await officer.goto(`${journey.origin}/guard`);
    await officer.getByRole('link', { name: 'Campagnes' }).click();
    await officer.getByRole('link', { name: `Campagne ${id}` }).click();
    await officer
      .getByRole('img', { name: '3 comptes et 2 liens' })
      .getByText('réseau, connexion')
      .first()
      .waitFor();
    await officer.getByText('Les liens en tableau (2)').click();
    await officer
      .getByRole('row', { name: /un réseau rare, des connexions ensemble/ })
      .first()
      .waitFor();
    const confirm = officer.getByRole('button', { name: /C’est un vol : suspendre/ });
    expect(await confirm.isDisabled()).toBe(true);
    for (const account of accounts.slice(0, 2))
      await officer.getByRole('checkbox', { name: `Choisir le compte ${account}`, exact: true }).check();
    await journey.enter(await journey.open(), accounts[0] ?? 0);
    await confirm.click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByText('1 session se ferme').waitFor();
    await dialog.getByText('2 comptes seront suspendus').waitFor();
    await dialog.getByText('9 personnes qu’ils ne connaissaient pas').waitFor();
    await dialog.getByLabel('Motif').fill('Les deux titulaires ont été appelés');
    await dialog.getByRole('button', { name: 'Suspendre', exact: true }).click();
    await officer.getByText('2 comptes sont suspendus ; la recherche commence.').waitFor();
    const standings = accounts.map(
      async (account) => (await journey.tools().ledger.readAllowance(account))?.standing,
    );
    expect(await Promise.all(standings)).toEqual(['suspended', 'suspended', 'open']);
    await officer.getByRole('heading', { name: 'Ce qui a été relu' }).waitFor();
    await officer.goto(`${journey.origin}/guard/sweeps`);
    await officer
      .getByRole('link', { name: `Campagne ${id}` })
      .first()
      .waitFor();
    await officer
      .getByRole('link', { name: /^Dossier \d+$/ })
      .first()
      .click();
    await officer.getByRole('heading', { name: 'Ce qui a été relu' }).waitFor();
    await officer.getByText('2 autres comptes se servent des mêmes choses rares').waitFor();
    // The third, as the sweep finds it: in words, for it has no evidence of its own.
    const { caseFile, sweep } = await sweptCase(journey.tools().db, accounts[2] ?? 0);
    await officer.goto(`${journey.origin}/guard`);
    const row = officer.getByRole('row', { name: new RegExp(`Ouvrir le dossier ${caseFile} `) });
    await row.getByRole('link', { name: 'trouvé par une recherche' }).waitFor();
    expect(await row.getByText('0 bits').count()).toBe(0);
    await row.getByRole('link', { name: /Ouvrir le dossier/ }).click();
    await officer.getByText('Une recherche dans le passé l’a trouvé').waitFor();
    await officer.getByRole('link', { name: `Recherche ${sweep}`, exact: true }).click();
    await officer.getByRole('heading', { name: 'Recherches dans le passé' }).waitFor();
  },
);

walk('a blocked network is seen beside its sweep, and opened again with a reason', async () => {
  const { account } = await openAs(journey.tools(), 'professional');
  const { db } = journey.tools();
  // As a sweep leaves it.
  await db`
    with asked as (
      insert into guard.sweep (case_file, account, started_at, ended_at, from_at, to_at, sought)
      values (4321, ${account}, now(), now(), now(), now(), '{"networks":[4321],"clients":[]}') returning id)
    insert into guard.blocked_network (network, sweep, account, entry_seq, blocked_at, until)
    select 4321, id, ${account}, 3, now(), now() + interval '30 days' from asked`;
  await db`insert into access.blocked_network values (4321, now() + interval '30 days')`;
  const officer = await journey.open();
  await journey.enterAs(officer, 'security-officer');
  await officer.goto(`${journey.origin}/guard/sweeps`);
  await officer.getByText('Réseau 4321 : aucun autre compte ne s’en est servi ; il a été bloqué.').waitFor();
  await officer.getByRole('button', { name: 'Rouvrir…' }).click();
  const dialog = officer.getByRole('dialog');
  await dialog.getByText(`Rien ne change pour le compte ${account}.`).waitFor();
  expect(await faultsOf(officer)).toEqual([]);
  await dialog.getByLabel('Motif').fill('Un cabinet vient de s’y installer');
  await dialog.getByRole('button', { name: 'Rouvrir le réseau' }).click();
  await officer.getByText(/^Rouvert le .* par le compte \d+\.$/).waitFor();
  await officer.getByText('il a été bloqué, puis rouvert.').waitFor();
  expect(await db`select from access.blocked_network`).toHaveLength(0);
});

walk('a network that a sweep left is blocked by hand, unless somebody else uses it', async () => {
  const { account } = await openAs(journey.tools(), 'professional');
  const { account: neighbour } = await openAs(journey.tools(), 'professional');
  const { db } = journey.tools();
  // As a sweep leaves them: the stolen account had no network of its own.
  await db`
    with asked as (
      insert into guard.sweep (case_file, account, started_at, ended_at, from_at, to_at, sought)
      values (5432, ${account}, now(), now(), now(), now(), '{"networks":[5431,5432],"clients":[]}')
      returning id)
    insert into guard.sweep_network select id, 5431, ${neighbour} from asked`;
  const officer = await journey.open();
  const own = await journey.enterAs(officer, 'security-officer');
  await officer.goto(`${journey.origin}/guard/sweeps`);
  const dialog = officer.getByRole('dialog');
  await officer.getByRole('button', { name: 'Bloquer le réseau 5431…' }).click();
  await dialog.getByText('Ce réseau reste ouvert : 1 compte (1 structure) s’en sert').waitFor();
  expect(await dialog.getByLabel('Motif').count()).toBe(0);
  expect(await faultsOf(officer)).toEqual([]);
  await dialog.getByRole('button', { name: 'Fermer' }).last().click();
  await officer.getByRole('button', { name: 'Bloquer le réseau 5432…' }).click();
  await dialog.getByText('Pendant 30 jours, personne n’est servi depuis ce réseau').waitFor();
  expect(await faultsOf(officer)).toEqual([]);
  await dialog.getByLabel('Motif').fill('La police donne cette adresse');
  await dialog.getByRole('button', { name: 'Bloquer le réseau' }).click();
  await officer.getByText('Réseau 5432 : aucun autre compte ne s’en est servi ; il a été bloqué.').waitFor();
  const said = new RegExp(`^5432 .*compte ${own} ?La police donne cette adresse$`);
  await officer.getByRole('row', { name: said }).waitFor();
  expect(await db`select from access.blocked_network where network = 5432`).toHaveLength(1);
  await db`delete from access.blocked_network`;
});

walk('who works from a blocked network reads why, and what to do', async () => {
  const { account } = await openAs(journey.tools(), 'professional');
  const { db } = journey.tools();
  const desk = await journey.open();
  await journey.enter(desk, account);
  await desk.goto(`${journey.origin}/lookup`);
  await desk.getByLabel('Numéro de sécurité sociale').waitFor();
  await db`
    insert into access.blocked_network
    select network, now() + interval '1 hour' from access.session where account = ${account}`;
  try {
    await desk.reload();
    await desk.getByText('Un compte volé a servi depuis ce réseau').first().waitFor();
  } finally {
    await db`delete from access.blocked_network`;
  }
});

/** Looks somebody up. */
async function ask(desk: Page): Promise<void> {
  const { nir, birthDate } = someone(2);
  await desk.getByLabel('Numéro de sécurité sociale').fill(nir);
  const [year, month, day] = [birthDate.slice(0, 4), birthDate.slice(4, 6), birthDate.slice(6)];
  await desk.getByLabel('Date de naissance').fill(`${day}/${month}/${year}`);
  await desk.getByRole('button', { name: 'Consulter' }).click();
}

walk('a holder who is asked for the passkey shows it, and goes on', async () => {
  const { account } = await openAs(journey.tools(), 'professional');
  const desk = await journey.open('en-GB');
  await journey.enter(desk, account);
  await challenge(journey.tools(), account);
  await desk.goto(`${journey.origin}/lookup`);
  await desk.getByText('Show your passkey to go on').waitFor();
  await desk.getByRole('button', { name: 'Show my passkey' }).click();
  await desk.getByText('Show your passkey to go on').waitFor({ state: 'detached', timeout: 40_000 });
  await desk.goto(`${journey.origin}/me`);
  await desk.getByText('you were asked for your passkey').waitFor();
  expect((await journey.tools().ledger.readAllowance(account))?.standing).toBe('open');
});

walk(
  'in the middle of work one touch of the passkey is enough, and the lookup goes on by itself',
  async () => {
    const { account } = await openAs(journey.tools(), 'professional');
    const desk = await journey.open();
    await journey.enter(desk, account);
    await desk.goto(`${journey.origin}/lookup`);
    await challenge(journey.tools(), account);
    await ask(desk);
    await desk.getByText('Quelque chose d’inhabituel a été remarqué').waitFor();
    // One notice, one button, also once the page has heard of the case.
    await desk.waitForLoadState('networkidle');
    expect(await desk.getByRole('alert').count()).toBe(1);
    await desk.getByRole('button', { name: 'Utiliser ma clé d’accès' }).click();
    await desk.getByText('Contrat responsable').waitFor({ timeout: 20_000 });
  },
);

walk('restricted in the middle of work, the counter says so once, and how to get back to work', async () => {
  const { account } = await openAs(journey.tools(), 'professional');
  const desk = await journey.open();
  await journey.enter(desk, account);
  await desk.goto(`${journey.origin}/lookup`);
  await challenge(journey.tools(), account, 2);
  await ask(desk);
  await desk.getByText('Seules les personnes présentes peuvent être consultées').waitFor();
  await desk.getByText('téléphonez au responsable de la sécurité').waitFor();
  await desk.waitForLoadState('networkidle');
  expect(await desk.getByRole('alert').count()).toBe(1);
  // Beside the button that was pressed, and still one where the page is opened anew.
  await desk.reload();
  await desk.getByText('Seules les personnes présentes peuvent être consultées').waitFor();
  expect(await desk.getByRole('alert').count()).toBe(1);
});

walk('an auditor reads how often the guard was wrong, and nothing else of it', async () => {
  const { account, organisation } = await openAs(journey.tools(), 'professional');
  await rob(journey.tools(), { account, organisation }, { people: 3, honey: true });
  const page = await journey.open();
  await journey.enterAs(page, 'auditor');
  await page.getByRole('link', { name: 'Fausses alertes' }).click();
  await page.getByRole('heading', { name: 'Fausses alertes : promis, arrivé' }).waitFor();
  const row = page
    .getByRole('table')
    .first()
    .getByRole('row', { name: /Suspendu/ });
  expect(await row.getByRole('cell').first().innerText()).toBe('1 pour 100\u202f000');
  expect(await page.getByRole('link', { name: 'Campagnes' }).count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
});

walk('what only watches is set with a reason, and told', async () => {
  const page = await journey.open();
  await journey.enterAs(page, 'security-officer');
  await page.goto(`${journey.origin}/guard/settings`);
  await page.getByText('au plus une fausse demande de clé en 1 000 jours de travail').waitFor();
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
  /** An officer's window, and what axe found in it, page by page. */
  async function inspect() {
    const found: string[] = [];
    const page = await journey.open(locale);
    await journey.enterAs(page, 'security-officer');
    const look = async (name: string) =>
      found.push(...(await faultsOf(page)).map((fault) => `${name} ${fault}`));
    const seen = async (path: string) => {
      await page.goto(`${journey.origin}${path}`);
      await page.locator('.parts, svg.evidence, .sheet').first().waitFor();
      await page.waitForTimeout(500);
      for (const summary of await page.locator('summary').all()) await summary.click();
      await look(path);
    };
    const ask = async (name: string) => {
      await page.getByRole('button', { name: /C’est un vol|It is a theft/ }).click();
      await page.getByRole('dialog').getByRole('list').waitFor();
      await look(name);
      await page.keyboard.press('Escape');
    };
    return { found, page, seen, ask };
  }

  walk(
    'axe finds nothing on cases and what surrounds them, wide, narrow or dark',
    async () => {
      const { account, organisation } = await openAs(journey.tools(), 'professional');
      await rob(journey.tools(), { account, organisation }, { people: 40 });
      const { found, seen, ask } = await inspect();
      await seen('/guard');
      const [row] = await journey.tools().db`select max(id)::text as id from guard.case_file`;
      await seen(`/guard/cases/${row?.id}`);
      await ask('dialog of a case');
      await seen(`/accounts/${account}`);
      await seen('/guard/board');
      await seen('/guard/settings');
      expect(found).toEqual([]);
    },
    180_000,
  );

  walk(
    'nor on campaigns and sweeps',
    async () => {
      const open = async () => (await openAs(journey.tools(), 'professional')).account;
      const campaign = await campaignOf(journey.tools().db, [await open(), await open()]);
      const { found, page, seen, ask } = await inspect();
      await seen('/guard/campaigns');
      await seen(`/guard/campaigns/${campaign}`);
      await page.getByRole('checkbox').first().check();
      await ask('dialog of a campaign');
      await seen('/guard/sweeps');
      expect(found).toEqual([]);
    },
    180_000,
  );
});

walk('where a theft met a crowd, the list says how many it does not show, and shows more', async () => {
  // As the guard leaves them, of accounts that nobody else here has. The last of all: they stay.
  const crowd = (from: number, to: number) =>
    journey.tools().db`
      insert into guard.case_file (account, organisation, profession, is_shadow, level, bits, opened_at)
      select 500000 + n, 1, 'optician', false, 2, 20 + n % 700 / 1000.0, now()
        from generate_series(${from}::int, ${to}::int) n`;
  await crowd(1, 1234);
  for (const [locale, title, shown] of [
    ['en-GB', 'To judge now', /^200 of 1,\d{3} are shown: the strictest steps first/],
    ['fr-FR', 'À juger maintenant', /^200 sur 1\s\d{3} sont affichés\s: les mesures les plus strictes/],
  ] as const) {
    const officer = await journey.open(locale);
    await journey.enterAs(officer, 'security-officer');
    await officer.goto(`${journey.origin}/guard`);
    await officer.getByText(shown).waitFor();
    expect(await officer.getByRole('table', { name: title }).getByRole('row').count()).toBe(201);
    if (locale === 'fr-FR') await showMore(officer, () => crowd(1235, 1240));
  }
});

/** Page after page of what is to be judged while more cases come; from one of them back to where one was. */
async function showMore(officer: Page, more: () => Promise<unknown>): Promise<void> {
  const table = officer.getByRole('table', { name: 'À juger maintenant' });
  const button = officer.getByRole('button', { name: 'Voir la suite : À juger maintenant' });
  // Eight rows tell axe as much as two hundred, which take it eight seconds.
  await officer.evaluate(`for (const row of document.querySelectorAll('tbody tr:nth-child(n + 9)'))
    row.hidden = true`);
  expect(await faultsOf(officer)).toEqual([]);
  await more();
  // A page that does not come costs itself: those before stay, with what is the matter.
  await officer.route(/after=/, (route) =>
    route.fulfill({ status: 429, json: { code: 'too-many-requests' } }),
  );
  await button.click();
  await officer.getByRole('alert').waitFor();
  expect(await table.locator('tbody tr').count()).toBe(200);
  await officer.unroute(/after=/);
  for (const shown of [600, 800]) {
    await button.click();
    await officer.getByText(new RegExp(`^${shown} sur 1\\s\\d{3} sont affichés`)).waitFor();
    const numbers = await table.locator('tbody tr td:first-child').allInnerTexts();
    expect([numbers.length, new Set(numbers).size]).toEqual([shown, shown]);
  }
  const last = table.getByRole('link', { name: /Ouvrir le dossier/ }).last();
  const number = await last.innerText();
  await last.click();
  await officer.getByRole('heading', { name: `Dossier ${number}` }).waitFor();
  await officer.goBack();
  await officer.getByText(/^800 sur 1\s\d{3} sont affichés/).waitFor();
}

walk(
  'campaigns, sweeps and blocked networks say as well how many they do not show',
  async () => {
    await cutEveryList(journey.tools().db);
    const officer = await journey.open();
    await journey.enterAs(officer, 'security-officer');
    // Two tables of a thousand rows: 1.5 s when nothing else runs.
    officer.setDefaultTimeout(60_000);
    await officer.goto(`${journey.origin}/guard/campaigns`);
    await officer.getByText(/^200 sur 2\d{2} sont affichées\s: ce qui est ouvert d’abord/).waitFor();
    await officer.goto(`${journey.origin}/guard/sweeps`);
    await officer.getByText(/^Les 50 plus récentes sont affichées, sur 5\d\.$/).waitFor();
    await officer.getByText(/^Les 1\s000 plus récents sont affichés, sur 1\s00\d\.$/).waitFor();
    await officer
      .getByText(/^1\s004 autres comptes trouvés\s; 2\s008 personnes leur ont été dites/)
      .waitFor();
    await officer.getByText(/^1\s000 comptes sur 1\s004 sont affichés/).waitFor();
  },
  120_000,
);
