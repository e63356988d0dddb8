import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrganisation } from '../../src/modules/access/index.ts';
import { createLedger, prepareLedger } from '../../src/modules/ledger/index.ts';
import { findSubjects, type Keys, lookupKey, openKeys } from '../../src/modules/vault/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { connect, type Database } from '../../src/platform/database/connect.ts';
import { type Embedded, startEmbedded } from '../../src/platform/database/embedded.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { type Desk, openDesk } from '../../world/desk.ts';
import { identitiesOf, loadWorld } from '../../world/load-world.ts';
import { type DemoPerson, people } from '../../world/people.ts';

/** A durable PostgreSQL of one test's own, migrated: what breaks it breaks no other test. */
export type OwnDatabase = {
  readonly folder: string;
  readonly keysFolder: string;
  readonly keys: Keys;
  readonly embedded: Embedded;
  readonly owner: Database;
  close(): Promise<void>;
};

/** A person the tests ask for, by what a card shows. */
export type Asked = { readonly subject: string; readonly body: Readonly<Record<string, unknown>> };

/** Starts PostgreSQL with real flushes on a folder, a new one unless told. */
export async function startOwnDatabase(options: {
  readonly folder?: string;
  readonly settings?: Readonly<Record<string, string>>;
}): Promise<OwnDatabase> {
  const temporary = mkdtempSync(join(tmpdir(), 'vigie-simulation-'));
  // The database's own user must be able to enter it.
  chmodSync(temporary, 0o755);
  const folder = options.folder ?? join(temporary, 'data');
  const keysFolder = join(temporary, 'keys');
  const settings = { shared_buffers: '32MB', ...options.settings };
  const embedded = await startEmbedded({ folder, keysFolder, say: () => {}, settings, durable: true });
  const { ownerUrl, serverPassword } = embedded;
  await migrate(ownerUrl, { serverPassword });
  const owner = connect(ownerUrl, { max: 2, statementTimeoutSeconds: 60 });
  await prepareLedger(owner, 1);
  const keys = await openKeys(owner, { folder: keysFolder });
  const close = async () => {
    await owner.end({ timeout: 1 });
    await embedded.stop();
    rmSync(temporary, { recursive: true, force: true });
  };
  return { folder, keysFolder, keys, embedded, owner, close };
}

/** Loads invented people; gives each with the subject the ledger knows them by. */
export async function settlePeople(
  { owner, keys }: Pick<OwnDatabase, 'owner' | 'keys'>,
  world: { readonly seed: number; readonly count: number; readonly day: string },
): Promise<{ readonly asked: Asked[]; readonly everyone: DemoPerson[] }> {
  await loadWorld({ db: owner, keys }, world);
  const everyone = [...people(world.seed, world.count, world.day)];
  const lookups = everyone.map((person) => {
    const [identity] = identitiesOf(person);
    if (identity === undefined) throw new Error('a person without a number');
    return lookupKey(keys, identity);
  });
  const found = await findSubjects(owner, lookups);
  const asked = everyone.map((person, place) => {
    const { nir, birthDate, birthRank } = person;
    const dashed = birthDate.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
    const body = { nir, birthDate: dashed, birthRank, careDate: world.day, purpose: 'TREAT' };
    return { subject: found[place]?.subject ?? '', body };
  });
  return { asked, everyone };
}

/** Opens accounts that may draw `cap` people each and explain nobody. */
export async function openDesks(
  { owner, keys }: Pick<OwnDatabase, 'owner' | 'keys'>,
  want: { readonly count: number; readonly cap: number },
): Promise<Desk[]> {
  const tools = { db: owner, keys, ledger: createLedger(owner, { lanes: 1, clock: systemClock }) };
  const organisation = await createOrganisation(tools, 'Simulation');
  const figures = {
    cap: want.cap,
    renewalPerDay: 4,
    usualNewPeoplePerDay: 3,
    peoplePerDayMax: 100_000,
    openingBalance: 0,
  };
  const desks: Desk[] = [];
  while (desks.length < want.count) {
    const holder = { name: `Bureau ${desks.length}` };
    desks.push(await openDesk(tools, { organisation, profession: 'pharmacist', holder, figures }));
  }
  return desks;
}
