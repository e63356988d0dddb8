import { setImmediate as breathe } from 'node:timers/promises';
import {
  countPeople,
  findSubjects,
  type Identity,
  type Keys,
  lookupKey,
} from '../../src/modules/vault/index.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import { demoWorld, identitiesOf } from '../load-world.ts';
import { type DemoPerson, people } from '../people.ts';
import { dashed } from '../person-rows.ts';

/** Somebody of the demo whom a thief asks for. */
export type Target = {
  /** The ledger's name of the person. */
  readonly subject: string;
  /** What is sent to look them up. */
  readonly body: { readonly nir: string; readonly birthDate: string; readonly birthRank: number };
  readonly departement: string;
};

/** Patients of the demo's professionals live among its first people; of the others every tenth is enough. */
const everyoneAmong = 25_000;
const oneIn = 10;
const atOnce = 500;

/** People of the demo as they are in its database, with the numbers that lead to them. Seconds of work. */
export async function readTargets(tools: { db: Database; keys: Keys }): Promise<Target[]> {
  const targets: Target[] = [];
  let waiting: { person: DemoPerson; identity: Identity }[] = [];
  const flush = async () => {
    const found = await findSubjects(
      tools.db,
      waiting.map(({ identity }) => lookupKey(tools.keys, identity)),
    );
    for (const [place, { person }] of waiting.entries()) {
      const subject = found[place]?.subject;
      if (subject !== undefined) targets.push(targetOf(person, subject));
    }
    waiting = [];
    // A server plays this beside its own work.
    await breathe();
  };
  let place = 0;
  for (const person of people(demoWorld.seed, await countPeople(tools.db))) {
    place += 1;
    const [identity] = identitiesOf(person);
    const isWanted = place <= everyoneAmong || place % oneIn === 0;
    if (isWanted && person.deathDate === null && identity !== undefined) waiting.push({ person, identity });
    if (place % (atOnce * 2) === 0 || waiting.length === atOnce) await flush();
  }
  await flush();
  return targets;
}

function targetOf(person: DemoPerson, subject: string): Target {
  const { nir, birthDate, birthRank, departement } = person;
  return { subject, body: { nir, birthDate: dashed(birthDate), birthRank }, departement };
}
