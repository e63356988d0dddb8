import type { Page } from 'playwright-core';
import { createOrganisation, openAccount } from '../../src/modules/access/index.ts';
import { publishPlan } from '../../src/modules/claims/index.ts';
import { allowanceFigures, findProfession, loadPeople } from '../../src/modules/rights/index.ts';
import { equilibre, type Insured, nirAt, personToLoad } from '../claiming.ts';
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
export async function lookUp(page: Page, place: number): Promise<void> {
  await page.getByLabel(/Numéro de sécurité sociale|Social security number/).fill(nirAt(place));
  await page.getByLabel(/Date de naissance|Birth date|Date of birth/).fill('17/05/1984');
  await page.keyboard.press('Enter');
  await page.getByText(/Contrat responsable|Responsible contract/).waitFor();
}
