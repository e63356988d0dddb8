import { createOrganisation, openAccount } from '../src/modules/access/index.ts';
import { publishPlan } from '../src/modules/claims/index.ts';
import type { Ledger } from '../src/modules/ledger/index.ts';
import {
  allowanceFigures,
  chooseHoney,
  findProfession,
  honeyMost,
  NumberList,
  placeHoney,
} from '../src/modules/rights/index.ts';
import { findSubjects, type Keys, lookupKey } from '../src/modules/vault/index.ts';
import { parisDay, systemClock } from '../src/platform/clock.ts';
import type { Database } from '../src/platform/database/connect.ts';
import type { DemoAccount } from './demo-account.ts';
import { openDoor } from './demo-door.ts';
import { insurers } from './insurers.ts';
import { demoWorld, identitiesOf, loadWorld } from './load-world.ts';
import { type DemoPerson, households, people } from './people.ts';
import { dashed } from './person-rows.ts';
import { plansOf } from './plans.ts';
import { type DemoProfessional, professionals } from './professionals.ts';
import { Patients } from './relations.ts';
import { fillSandbox } from './sandbox/fill-sandbox.ts';
import { sandboxPeople } from './sandbox/people.ts';

/** What the demo country is filled with. */
export type DemoTools = { readonly db: Database; readonly keys: Keys; readonly ledger: Ledger };

type Said = (line: string) => void;
type Opened = { readonly account: number; readonly organisation: number };
type Place = { readonly seed: number; readonly count: number; readonly day: string };

const exampleProfession = 'optician';
const exampleDomain = 'OPTI';
const alsoAtTheDoor = ['pharmacist', 'general-practitioner'];
/** The accounts that are opened work in the country's first areas: so their patients live there. */
const relationsAmong = 25_000;
const foundAtOnce = 1_000;
const accountsInFlight = 8;

/** Fills an empty database with the demo country; gives what the first lookup is shown with. */
export async function fillDemo(tools: DemoTools, count: number, say: Said): Promise<DemoAccount> {
  const { seed } = demoWorld;
  const day = parisDay(systemClock.now());
  const progress = sayEachSecond(say);
  await loadWorld(tools, { seed, count, day, onProgress: (n) => progress(`  ${n} of ${count} people`) });
  await publishPlans(tools.db);
  await fillSandbox(tools);
  await placeHoney(tools, honeyOf({ seed, count, day }));
  const staff = [...professionals(seed, demoWorld.professionals)];
  const opened = await openAccounts(tools, staff, (n) => progress(`  ${n} of ${staff.length} professionals`));
  const near = { seed, count: Math.min(count, relationsAmong), day };
  await seedPatients(tools, near, opened);
  const example = chooseExample(staff, opened, near);
  const door = exampleDoor(staff, opened, example);
  await openDoor(tools, door);
  return { ...example, account: await openSoftwareAccount(tools, example, door.organisation) };
}

/** Numbers of nobody beside those of the country, which has no people besides. */
function honeyOf({ seed, count, day }: Place): readonly string[] {
  const numbers = new NumberList();
  for (const person of people(seed, count, day))
    for (const { nir13 } of identitiesOf(person)) numbers.add(nir13);
  for (const { nir } of sandboxPeople) numbers.add(nir.slice(0, 13));
  return chooseHoney(numbers.sorted(), { most: honeyMost }).numbers;
}

/** The guarantees of every contract of the country, as its insurers would publish them. */
async function publishPlans(db: Database): Promise<void> {
  for (const insurer of insurers) {
    for (const { document } of plansOf(insurer))
      await publishPlan(db, { insurer: insurer.id, document, by: 0 });
  }
}

/** The practice's software has an account and an allowance of its own: nobody signs in to it. */
function openSoftwareAccount(
  tools: DemoTools,
  { profession: code }: DemoAccount,
  organisation: number,
): Promise<number> {
  const profession = findProfession(code);
  if (profession === undefined) throw new Error(`no profession ${code}`);
  const figures = allowanceFigures(profession.figures);
  const holder = { name: 'Logiciel de démonstration' };
  return openAccount(tools, { organisation, profession: code, holder, figures });
}

function exampleDoor(
  staff: readonly DemoProfessional[],
  opened: ReadonlyMap<string, Opened>,
  { account }: DemoAccount,
): Parameters<typeof openDoor>[1] {
  const others = staff.filter(({ profession }) => alsoAtTheDoor.includes(profession));
  const firsts = alsoAtTheDoor.flatMap((one) => others.find(({ profession }) => profession === one) ?? []);
  const house = [...opened.values()].find((one) => one.account === account);
  return {
    professionals: [account, ...firsts.flatMap(({ rpps }) => opened.get(rpps)?.account ?? [])],
    organisation: house?.organisation ?? 0,
  };
}

/** Opens everybody's account; gives them by RPPS number. */
async function openAccounts(
  tools: DemoTools,
  staff: readonly DemoProfessional[],
  onProgress: (opened: number) => void,
): Promise<ReadonlyMap<string, Opened>> {
  const organisations = new Map<number, number>();
  for (const { organisation } of staff) {
    if (organisations.has(organisation.number)) continue;
    organisations.set(organisation.number, await createOrganisation(tools, organisation.name));
  }
  const opened = new Map<string, Opened>();
  const openOne = async (one: DemoProfessional) => {
    const organisation = organisations.get(one.organisation.number) ?? 0;
    opened.set(one.rpps, await openFor(tools, one, organisation));
    onProgress(opened.size);
  };
  for (let from = 0; from < staff.length; from += accountsInFlight)
    await Promise.all(staff.slice(from, from + accountsInFlight).map(openOne));
  return opened;
}

async function openFor(tools: DemoTools, one: DemoProfessional, organisation: number): Promise<Opened> {
  const profession = findProfession(one.profession);
  if (profession === undefined) throw new Error(`no profession ${one.profession}`);
  const account = await openAccount(tools, {
    organisation,
    profession: profession.code,
    holder: { name: `${one.givenName} ${one.familyName}`, email: one.email, identifier: one.rpps },
    figures: allowanceFigures(profession.figures),
  });
  return { account, organisation };
}

/** The people whom the accounts already serve, as relations.csv of the same country lists them. */
async function seedPatients(
  tools: DemoTools,
  { seed, count, day }: Place,
  opened: ReadonlyMap<string, Opened>,
): Promise<void> {
  const patients = new Patients(seed);
  const year = Number(day.slice(0, 4));
  let waiting: { person: DemoPerson; accounts: readonly number[] }[] = [];
  const flush = async () => {
    const keys = waiting.map(({ person }) => keyOf(tools, person));
    const found = await findSubjects(tools.db, keys);
    const relations = waiting.flatMap(({ accounts }, place) => {
      const subject = found[place]?.subject;
      return subject === undefined ? [] : accounts.map((account) => ({ account, subject }));
    });
    await tools.ledger.seedManyRelations(relations);
    waiting = [];
  };
  let area = -1;
  for (const household of households(seed, count, day)) {
    if (household.area.number !== area) patients.enter(household.area);
    area = household.area.number;
    for (const { person, known } of patients.of(household, year)) {
      const accounts = known.flatMap(({ rpps }) => opened.get(rpps)?.account ?? []);
      if (accounts.length > 0 && person.contracts.length > 0) waiting.push({ person, accounts });
    }
    if (waiting.length >= foundAtOnce) await flush();
  }
  await flush();
}

function keyOf({ keys }: DemoTools, person: DemoPerson): Buffer {
  const [identity] = identitiesOf(person);
  if (identity === undefined) throw new Error('a person without a number');
  return lookupKey(keys, identity);
}

/** An optician and somebody covered for optics: a first answer that shows something. */
function chooseExample(
  staff: readonly DemoProfessional[],
  opened: ReadonlyMap<string, Opened>,
  { seed, count, day }: Place,
): DemoAccount {
  const one = staff.find(({ profession }) => profession === exampleProfession) ?? staff[0];
  const account = opened.get(one?.rpps ?? '');
  const person = findExample(people(seed, count, day), day);
  if (account === undefined || person === undefined) throw new Error('a demo country needs people');
  const { nir, birthRank } = person;
  return {
    account: account.account,
    profession: one?.profession ?? '',
    nir,
    birthDate: dashed(person.birthDate),
    birthRank,
  };
}

/** The first person alive whom a lookup shows something of, or else the first one alive. */
export function findExample(everyone: Iterable<DemoPerson>, day: string): DemoPerson | undefined {
  let first: DemoPerson | undefined;
  for (const person of everyone) {
    if (person.deathDate !== null) continue;
    if (isCovered(person, day)) return person;
    first ??= person;
  }
  return first;
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
