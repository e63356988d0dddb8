import { createAccount, createOrganisation } from '../src/modules/access/index.ts';
import type { Ledger } from '../src/modules/ledger/index.ts';
import { allowanceFigures, findProfession } from '../src/modules/rights/index.ts';
import { findSubjects, type Keys, lookupKey } from '../src/modules/vault/index.ts';
import { parisDay, systemClock } from '../src/platform/clock.ts';
import type { Database } from '../src/platform/database/connect.ts';
import type { DemoAccount } from './demo-account.ts';
import { demoWorld, identitiesOf, loadWorld } from './load-world.ts';
import { type DemoPerson, people } from './people.ts';
import { type DemoProfessional, professionals } from './professionals.ts';
import { Random } from './random.ts';

/** What the demo country is filled with. */
export type DemoTools = { readonly db: Database; readonly keys: Keys; readonly ledger: Ledger };

type Said = (line: string) => void;

const exampleProfession = 'optician';
const exampleDomain = 'OPTI';
/** Past patients are drawn among these: reading a million people for 300 accounts would only take time. */
const relationsAmong = 10_000;
const relationsLeast = 20;
const relationsMost = 60;
const accountsInFlight = 8;

/** Fills an empty database with the demo country; gives the account that the first lookup is shown with. */
export async function fillDemo(tools: DemoTools, count: number, say: Said): Promise<DemoAccount> {
  const { seed } = demoWorld;
  const day = parisDay(systemClock.now());
  const progress = sayEachSecond(say);
  await loadWorld(tools, { seed, count, day, onProgress: (n) => progress(`  ${n} of ${count} people`) });
  const sample = [...people(seed, Math.min(count, relationsAmong), day)];
  const subjects = await readSubjects(tools, sample);
  const staff = [...professionals(seed, demoWorld.professionals)];
  const organisations = await createOrganisations(tools, staff);
  const tokens = new Map<number, { account: number; token: string }>();
  const openOne = async (one: DemoProfessional, index: number) => {
    const organisation = organisations.get(one.organisation.number) ?? 0;
    const opened = await openAccount(tools, one, organisation);
    const random = new Random(seed, 0x72656c, index);
    await tools.ledger.seedRelations(opened.account, drawRelations(random, subjects));
    tokens.set(index, opened);
    progress(`  ${tokens.size} of ${staff.length} professionals`);
  };
  for (let from = 0; from < staff.length; from += accountsInFlight) {
    const some = staff.slice(from, from + accountsInFlight);
    await Promise.all(some.map((one, place) => openOne(one, from + place)));
  }
  return chooseExample(staff, tokens, { sample, day });
}

async function createOrganisations(
  tools: DemoTools,
  staff: readonly DemoProfessional[],
): Promise<ReadonlyMap<number, number>> {
  const known = new Map<number, number>();
  for (const { organisation } of staff) {
    if (known.has(organisation.number)) continue;
    known.set(organisation.number, await createOrganisation(tools, organisation.name));
  }
  return known;
}

function openAccount(tools: DemoTools, one: DemoProfessional, organisation: number) {
  const profession = findProfession(one.profession);
  if (profession === undefined) throw new Error(`no profession ${one.profession}`);
  return createAccount(tools, {
    organisation,
    profession: profession.code,
    holder: { name: `${one.givenName} ${one.familyName}`, email: one.email, identifier: one.rpps },
    figures: allowanceFigures(profession.figures),
  });
}

async function readSubjects(tools: DemoTools, sample: readonly DemoPerson[]): Promise<string[]> {
  const keys = sample.flatMap((person) => {
    const [identity] = identitiesOf(person);
    return identity === undefined ? [] : [lookupKey(tools.keys, identity)];
  });
  const subjects: string[] = [];
  for (let from = 0; from < keys.length; from += 1000) {
    const found = await findSubjects(tools.db, keys.slice(from, from + 1000));
    subjects.push(...found.flatMap((person) => (person === null ? [] : [person.subject])));
  }
  return subjects;
}

function drawRelations(random: Random, subjects: readonly string[]): string[] {
  const drawn = new Set<string>();
  if (subjects.length === 0) return [];
  const wanted = Math.min(random.between(relationsLeast, relationsMost), subjects.length);
  for (let tries = 0; drawn.size < wanted && tries < 2 * wanted; tries += 1) {
    const subject = subjects[random.between(0, subjects.length - 1)];
    if (subject !== undefined) drawn.add(subject);
  }
  return [...drawn];
}

/** An optician and somebody covered for optics: a first answer that shows something. */
function chooseExample(
  staff: readonly DemoProfessional[],
  tokens: ReadonlyMap<number, { account: number; token: string }>,
  among: { sample: readonly DemoPerson[]; day: string },
): DemoAccount {
  const place = Math.max(
    0,
    staff.findIndex(({ profession }) => profession === exampleProfession),
  );
  const opened = tokens.get(place);
  const person = among.sample.find((one) => isCovered(one, among.day)) ?? among.sample[0];
  if (opened === undefined || person === undefined) throw new Error('a demo country needs people');
  const { nir, birthRank } = person;
  const birthDate = person.birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  return { ...opened, profession: staff[place]?.profession ?? '', nir, birthDate, birthRank };
}

function isCovered(person: DemoPerson, day: string): boolean {
  if (person.birthRank !== 1 || person.birthDate.endsWith('00')) return false;
  return person.contracts.some(
    ({ onlineStart, onlineEnd, domains }) =>
      onlineStart <= day && (onlineEnd ?? '9999') > day && domains.some(({ code }) => code === exampleDomain),
  );
}

function sayEachSecond(say: Said): Said {
  let last = performance.now();
  return (line) => {
    if (performance.now() - last < 1000) return;
    last = performance.now();
    say(line);
  };
}
