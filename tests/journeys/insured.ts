import type { Page } from 'playwright-core';
import { createOrganisation, openAccount } from '../../src/modules/access/index.ts';
import { publishPlan } from '../../src/modules/claims/index.ts';
import { allowanceFigures, findProfession, loadPeople } from '../../src/modules/rights/index.ts';
import { equilibre, type Insured, nirAt, personToLoad } from '../claiming.ts';
import type { TestDatabase } from '../database.ts';
import { fileOf, ImportBench } from '../importing.ts';
import type { Journey } from './journey.ts';

/** An insurer that the invented country does not have, with one published plan. */
export const ponant = { id: 901, amcCode: '0099500901', name: 'Prévoyance du Ponant' };

/** Adds people who are under its plan; the day their rights began may be given. */
export async function insure(journey: Journey, people: readonly Insured[]): Promise<void> {
  const { db, keys } = journey.tools();
  const theirs = people.map(({ contracts = [{}], ...one }) =>
    personToLoad({ ...one, contracts: contracts.map((each) => ({ ...each, insurer: ponant.id })) }),
  );
  await loadPeople({ db, keys }, theirs, { insurers: [ponant] });
  await publishPlan(db, { insurer: ponant.id, document: equilibre, by: 0 });
}

/** A professional of a practice of their own, signed in. */
export async function workAs(
  journey: Journey,
  page: Page,
  profession: string,
  name: string,
): Promise<number> {
  const found = findProfession(profession);
  if (found === undefined) throw new Error(`no profession ${profession}`);
  const account = await openAccount(journey.tools(), {
    organisation: await createOrganisation(journey.tools(), name),
    profession,
    holder: { name: 'Jeanne Dupré-Secret' },
    figures: allowanceFigures(found.figures),
  });
  await journey.enter(page, account);
  return account;
}

/** Looks somebody up, in whichever language the page speaks. */
export async function lookUp(
  page: Page,
  place: number,
  told = /Contrat responsable|Responsible contract/,
): Promise<void> {
  await page.getByLabel(/Numéro de sécurité sociale|Social security number/).fill(nirAt(place));
  await page.getByLabel(/Date de naissance|Birth date|Date of birth/).fill('17/05/1984');
  await page.keyboard.press('Enter');
  await page.getByText(told).first().waitFor();
}

/** The insurer corrects what it said of somebody: their rights go on. */
export async function correctRights(journey: Journey, place: number): Promise<void> {
  const { db, keys } = journey.tools();
  const insurer = Object.assign(new ImportBench({ server: db } as TestDatabase), { keys });
  const line = {
    ...{ nir: nirAt(place), contractNumber: `C${place}-${ponant.id}-Équilibre`, memberNumber: `M${place}` },
    ...{ endsOn: '2027-12-31', domain: 'PHAR', level: '100/100/85', plan: 'Équilibre' },
  };
  const { bad } = await insurer.import(fileOf([line]), { insurer: ponant });
  if (bad.length > 0) throw new Error(JSON.stringify(bad));
}
