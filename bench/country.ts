import { createOrganisation } from '../src/modules/access/index.ts';
import type { Ledger } from '../src/modules/ledger/index.ts';
import { findSubjects, type Keys, lookupKey } from '../src/modules/vault/index.ts';
import type { Database } from '../src/platform/database/connect.ts';
import { type Desk, openDesk } from '../world/desk.ts';
import { identitiesOf, loadWorld } from '../world/load-world.ts';
import { people } from '../world/people.ts';
import { Random } from '../world/random.ts';

/** Where lookups come from: each call gives the next of the mix. */
export type Country = {
  readonly desks: readonly Desk[];
  nextLookup(): { desk: Desk; body: string };
};

/** What benches settle their people with. */
export type Tools = {
  readonly owner: Database;
  readonly db: Database;
  readonly keys: Keys;
  readonly ledger: Ledger;
};
type Busy = Desk & {
  readonly patients: readonly string[];
  readonly suspended: boolean;
  drawn: number;
};

const seed = 7;
const accounts = 3000;
const patientsEach = 100;
const suspendedAccounts = 60;
const raised = 100_000_000;
const day = '2026-06-15';
// The mix of the issue: already served, new, unknown; the rest is asked by suspended accounts and refused.
const mix = { served: 0.7, fresh: 0.25, unknown: 0.03 };

/** Loads the people and opens the accounts, each with patients it already serves. */
export async function settleCountry(
  tools: Tools,
  count: number,
  say: (line: string) => void,
): Promise<Country> {
  const started = performance.now();
  await loadWorld(tools, {
    seed,
    count,
    onProgress: (loaded) => loaded % 200_000 === 0 && say(`  ${loaded} people`),
  });
  say(`${count} people loaded in ${Math.round((performance.now() - started) / 1000)} s`);
  const patientCount = Math.min(Math.floor(count / 2), accounts * patientsEach);
  const bodies: string[] = [];
  const subjects: string[] = [];
  let waiting: Buffer[] = [];
  const flush = async () => {
    const found = await findSubjects(tools.db, waiting);
    subjects.push(...found.map((one) => one?.subject ?? ''));
    waiting = [];
  };
  for (const person of people(seed, count)) {
    const [identity] = identitiesOf(person);
    if (identity === undefined) continue;
    bodies.push(bodyOf(person.nir, person.birthDate, person.birthRank));
    if (bodies.length > patientCount) continue;
    waiting.push(lookupKey(tools.keys, identity));
    if (waiting.length === 256) await flush();
  }
  await flush();
  const desks = await openDesks(tools, { bodies, subjects });
  say(`${desks.length} accounts opened, ${suspendedAccounts} of them suspended`);
  await tools.owner`vacuum analyze`;
  return mixOf(desks, bodies, patientCount);
}

async function openDesks(tools: Tools, known: { bodies: string[]; subjects: string[] }): Promise<Busy[]> {
  const organisation = await createOrganisation(tools, 'Bench');
  const figures = {
    cap: raised,
    renewalPerDay: 4,
    usualNewPeoplePerDay: 30,
    peoplePerDayMax: raised,
    openingBalance: 0,
  };
  const desks: Busy[] = [];
  const each = Math.floor(known.subjects.length / accounts);
  for (let index = 0; index < accounts; index += 1) {
    const holder = { name: `Desk ${index}` };
    const { account, headers } = await openDesk(tools, {
      organisation,
      profession: 'pharmacist',
      holder,
      figures,
    });
    const from = index * each;
    await tools.ledger.seedRelations(account, known.subjects.slice(from, from + each));
    const suspended = index < suspendedAccounts;
    if (suspended)
      await tools.ledger.setStanding({ account, standing: 'suspended', by: 0, reason: 'operator' });
    desks.push({ account, headers, patients: known.bodies.slice(from, from + each), suspended, drawn: 0 });
  }
  return desks;
}

function mixOf(desks: readonly Busy[], bodies: readonly string[], patientCount: number): Country {
  const random = new Random(seed, 1);
  const strangers = bodies.length - patientCount;
  const open = desks.filter((desk) => !desk.suspended);
  const closed = desks.filter((desk) => desk.suspended);
  const one = <T>(items: readonly T[]): T => items[random.between(0, items.length - 1)] as T;
  return {
    desks: open,
    nextLookup() {
      const kind = random.between(0, 999_999) / 1_000_000;
      const desk = one(open);
      if (kind < mix.served) return { desk, body: one(desk.patients) };
      if (kind < mix.served + mix.fresh) {
        // Each account walks the strangers from a place of its own, so that a pair is new once.
        const at = (desk.drawn * 7919 + open.indexOf(desk) * 31) % strangers;
        desk.drawn += 1;
        return { desk, body: bodies[patientCount + at] ?? '' };
      }
      if (kind < mix.served + mix.fresh + mix.unknown) {
        // Nobody of this country is a ninth twin.
        const body = one(desk.patients).replace(/"birthRank":\d/, '"birthRank":9');
        return { desk, body };
      }
      return { desk: one(closed), body: one(bodies) };
    },
  };
}

function bodyOf(nir: string, birthDate: string, birthRank: number): string {
  const dashed = birthDate.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return JSON.stringify({ nir, birthDate: dashed, birthRank, careDate: day, purpose: 'TREAT' });
}
