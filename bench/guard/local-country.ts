import { createOrganisation } from '../../src/modules/access/index.ts';
import { findSubjects, lookupKey } from '../../src/modules/vault/index.ts';
import { openDesk } from '../../world/desk.ts';
import { identitiesOf, loadWorld } from '../../world/load-world.ts';
import { type DemoPerson, people } from '../../world/people.ts';
import { Random } from '../../world/random.ts';
import type { Country, Tools } from '../country.ts';

const seed = 7;
/** So many that none of them asks for more in the whole run than a pharmacy does in half a day. */
const accounts = 6000;
const patientsEach = 60;
const raised = 100_000_000;
/** A pharmacy's own mix: one in five was never seen (assumed), one in fifty is nobody. */
const mix = { fresh: 0.2, unknown: 0.02 };

/** With a way to ask once from every desk: whom the guard saw since it started, it need not take back. */
export type LocalCountry = Country & { nextDesk(): ReturnType<Country['nextLookup']> };

type Busy = Awaited<ReturnType<typeof openDesk>> & {
  readonly patients: readonly string[];
  readonly neighbours: readonly string[];
  drawn: number;
};

/** Pharmacies with patients and neighbours of their own département: honest work, which no guard contains. */
export async function settleLocalCountry(
  tools: Tools,
  count: number,
  say: (line: string) => void,
): Promise<LocalCountry> {
  await loadWorld(tools, { seed, count });
  const local = new Map<string, DemoPerson[]>();
  for (const person of people(seed, count)) {
    const departement = person.nir.slice(5, 7);
    local.set(departement, [...(local.get(departement) ?? []), person]);
  }
  const large = [...local.values()].filter((some) => some.length >= 10 * patientsEach);
  const organisation = await createOrganisation(tools, 'Bench');
  const desks: Busy[] = [];
  for (let index = 0; index < accounts; index += 1)
    desks.push(await openPharmacy(tools, organisation, { all: large[index % large.length] ?? [], index }));
  await tools.owner`vacuum analyze`;
  say(`${count} people, ${desks.length} pharmacies in ${large.length} départements`);
  return mixOf(desks);
}

async function openPharmacy(
  tools: Tools,
  organisation: number,
  { all, index }: { all: readonly DemoPerson[]; index: number },
): Promise<Busy> {
  const figures = {
    ...{ cap: raised, renewalPerDay: 4, usualNewPeoplePerDay: 30, peoplePerDayMax: raised },
    openingBalance: 0,
  };
  const holder = { name: `Desk ${index}` };
  const desk = await openDesk(tools, { organisation, profession: 'pharmacist', holder, figures });
  const first = (index * patientsEach) % (all.length - patientsEach);
  const own = all.slice(first, first + patientsEach);
  const identities = own.flatMap((person) => identitiesOf(person).slice(0, 1));
  const found = await findSubjects(
    tools.db,
    identities.map((identity) => lookupKey(tools.keys, identity)),
  );
  await tools.ledger.seedRelations(
    desk.account,
    found.flatMap((one) => (one === null ? [] : [one.subject])),
  );
  const neighbours = [...all.slice(first + patientsEach), ...all.slice(0, first)];
  return { ...desk, patients: own.map(bodyOf), neighbours: neighbours.map(bodyOf), drawn: index };
}

function mixOf(desks: readonly Busy[]): LocalCountry {
  const random = new Random(seed, 2);
  const one = <T>(items: readonly T[]): T => items[random.between(0, items.length - 1)] as T;
  let turn = 0;
  return {
    desks,
    nextDesk() {
      const desk = desks[turn % desks.length] as Busy;
      turn += 1;
      return { desk, body: one(desk.patients) };
    },
    nextLookup() {
      const kind = random.between(0, 999_999) / 1_000_000;
      const desk = one(desks);
      if (kind < mix.unknown) {
        return { desk, body: one(desk.patients).replace(/"birthRank":\d/, '"birthRank":9') };
      }
      if (kind >= mix.unknown + mix.fresh) return { desk, body: one(desk.patients) };
      desk.drawn += 1;
      return { desk, body: desk.neighbours[(desk.drawn * 7919) % desk.neighbours.length] ?? '' };
    },
  };
}

function bodyOf({ nir, birthDate, birthRank }: DemoPerson): string {
  const dashed = birthDate.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return JSON.stringify({ nir, birthDate: dashed, birthRank, careDate: '2026-06-15', purpose: 'TREAT' });
}
