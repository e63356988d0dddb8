import { createOrganisation } from '../../src/modules/access/index.ts';
import { publishPlan } from '../../src/modules/claims/index.ts';
import { createLedger } from '../../src/modules/ledger/index.ts';
import { loadPeople } from '../../src/modules/rights/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { type Desk, openDesk } from '../../world/desk.ts';
import { equilibre, type Insured, levant, nirAt, personToLoad, ponant } from '../claiming.ts';
import { listenToAll } from './claims-audit.ts';
import type { OwnDatabase } from './own-database.ts';

/** A house with two software: what one sends, the other may send too. */
export type House = { readonly profession: string; readonly desks: readonly Desk[] };

/** People in families of four, who share what families share; a plan; houses that claim for all of them. */
export type Town = { readonly people: number; readonly houses: readonly House[] };

const familySize = 4;
const roomy = {
  cap: 5_000,
  renewalPerDay: 4,
  usualNewPeoplePerDay: 5_000,
  peoplePerDayMax: 100_000,
  openingBalance: 0,
};
/** Whose claims give back three people a day, and no more. */
const narrow = { ...roomy, cap: 15, usualNewPeoplePerDay: 3 };

/** Settles a town in a database of one's own. */
export async function settleTown({ owner, keys }: OwnDatabase, people: number): Promise<Town> {
  const insured: Insured[] = Array.from({ length: people }, (_none, place) => ({
    place,
    contracts: [{ memberNumber: `FAMILLE-${Math.floor(place / familySize)}` }],
  }));
  await loadPeople({ db: owner, keys }, insured.map(personToLoad), { insurers: [ponant, levant] });
  await publishPlan(owner, { insurer: ponant.id, document: equilibre, by: 0 });
  const tools = { db: owner, keys, ledger: createLedger(owner, { lanes: 1, clock: systemClock }) };
  const open = async (profession: string, figures: typeof roomy): Promise<House> => {
    const organisation = await createOrganisation(tools, 'Maison');
    const holder = { name: 'Titulaire' };
    const desk = () => openDesk(tools, { organisation, profession, holder, figures });
    return { profession, desks: [await desk(), await desk()] };
  };
  const houses = [
    await open('pharmacist', roomy),
    await open('medical-supplier', roomy),
    await open('optician', roomy),
    await open('general-practitioner', roomy),
    await open('pharmacist', narrow),
  ];
  await listenToAll(owner);
  return { people, houses };
}

/** The care of a body: somebody of the town, today. */
export function bodyOf(place: number, acts: readonly object[], more: object = {}): Record<string, unknown> {
  const careDate = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date());
  return { nir: nirAt(place), birthDate: '1984-05-17', careDate, acts, ...more };
}
