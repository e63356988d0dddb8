import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { createOrganisation, openAccount } from '../../src/modules/access/index.ts';
import { publishPlan } from '../../src/modules/claims/index.ts';
import {
  agentFigures,
  agentProfession,
  allowanceFigures,
  findProfession,
  loadPeople,
} from '../../src/modules/rights/index.ts';
import { parisDay, systemClock } from '../../src/platform/clock.ts';
import { insurers } from '../../world/insurers.ts';
import { type Insured, nirAt, personToLoad } from '../claiming.ts';
import type { Journey } from './journey.ts';

/**
 * The plan that the insurer of these journeys has published, under the name that its people's contracts
 * have.
 */
export const published = readFileSync(
  new URL('../../docs/operating/guarantees/aubepine.yaml', import.meta.url),
  'utf8',
).replace('contract: Aubépine Équilibre', 'contract: Équilibre');

const [insurer] = insurers;
const today = parisDay(systemClock.now());

/** Gives the country's first insurer a plan and people under it. */
export async function insureUnderPlan(journey: Journey, people: readonly Insured[]): Promise<void> {
  if (insurer === undefined) throw new Error('a country needs an insurer');
  const { db, keys } = journey.tools();
  await loadPeople({ db, keys }, people.map(personToLoad), { insurers: [insurer] });
  await publishPlan(db, { insurer: insurer.id, document: published, by: 0 });
}

/** An agent of that insurer, signed in. */
export async function workAsAgent(journey: Journey, page: Page): Promise<number> {
  const account = await openAccount(journey.tools(), {
    organisation: await createOrganisation(journey.tools(), insurer?.name ?? ''),
    profession: agentProfession,
    role: 'insurer-agent',
    insurer: insurer?.id ?? 0,
    holder: { name: 'Armelle Joubert-Secret' },
    figures: allowanceFigures(agentFigures),
  });
  await journey.enter(page, account);
  return account;
}

/** A specialist outside OPTAM, signed in, whose page sends claims of today. */
export async function workAsSpecialist(journey: Journey, page: Page): Promise<number> {
  const figures = findProfession('specialist')?.figures;
  if (figures === undefined) throw new Error('no specialist');
  const account = await openAccount(journey.tools(), {
    organisation: await createOrganisation(journey.tools(), 'Cabinet des Essais'),
    profession: 'specialist',
    holder: { name: 'Jeanne Dupré-Secret' },
    figures: allowanceFigures(figures),
  });
  await journey.enter(page, account);
  return account;
}

/** A visit, as the specialist invoices it. */
export const visit = { code: 'CS', kind: 'consultation', priceCents: 6000, baseCents: 2300 } as const;

/** The place of the n-th insured person: no neighbours in the order of numbers, as a thief's walk would have. */
export const placeOf = (n: number): number => 7 * n;

/** Sends a claim from a page and waits for its decision; its number and state. */
export async function sendClaim(
  page: Page,
  n: number,
  acts: readonly unknown[] = [visit],
): Promise<{ claim: string; state: string }> {
  const body = {
    ...{ nir: nirAt(placeOf(n)), birthDate: '1984-05-17', careDate: today, acts },
    practice: { sector: 2, optam: false },
  };
  const key = `journey-${n}-${JSON.stringify(acts).length}`;
  return (await page.evaluate(`(async () => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': ${JSON.stringify(key)} };
    const body = ${JSON.stringify(JSON.stringify(body))};
    const sent = await (await fetch('/v1/claims', { method: 'POST', headers, body })).json();
    for (let tries = 0; tries < 500; tries += 1) {
      const read = await (await fetch('/v1/claims/' + sent.claim)).json();
      if (read.state !== 'received') return read;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('not decided: ' + JSON.stringify(sent));
  })()`)) as { claim: string; state: string };
}
