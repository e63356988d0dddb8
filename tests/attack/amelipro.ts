import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../src/compose.ts';
import { type AccountTools, createOrganisation } from '../../src/modules/access/index.ts';
import { createLedger, prepareLedger } from '../../src/modules/ledger/index.ts';
import { allowanceFigures, findProfession } from '../../src/modules/rights/index.ts';
import { findSubjects, lookupKey, openKeys } from '../../src/modules/vault/index.ts';
import { parisDay } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { connect, type Database } from '../../src/platform/database/connect.ts';
import { startEmbedded } from '../../src/platform/database/embedded.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { createLog } from '../../src/platform/log.ts';
import { deskOrigin, openDesk } from '../../world/desk.ts';
import { identitiesOf, loadWorld } from '../../world/load-world.ts';
import { people } from '../../world/people.ts';
import { playDays } from '../played-days.ts';
import type { AttackPlan, Taken } from './report.ts';
import { type Loot, nameOf, type Stolen, stealForADay, type Target } from './thief.ts';

const seed = 2022;
const ownPatientsEach = 20;
/**
 * The accounts were opened this long before the theft: their opening balances are gone, as an established
 * account's are.
 */
const openedDaysBefore = 31;

/** Plays the attack of 2022 against two real servers on one database; counts what got out. */
export async function attackAmelipro(plan: AttackPlan, say: (line: string) => void): Promise<Taken> {
  const started = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'vigie-attack-'));
  // The database's own user must be able to enter it.
  await chmod(folder, 0o755);
  const keysFolder = join(folder, 'keys');
  say('starting PostgreSQL');
  const embedded = await startEmbedded({ folder: join(folder, 'data'), keysFolder, say, durable: false });
  const owner = connect(embedded.ownerUrl, { max: 4, statementTimeoutSeconds: 60 });
  try {
    await migrate(embedded.ownerUrl, { serverPassword: embedded.serverPassword });
    await prepareLedger(owner, 1);
    const keys = await openKeys(owner, { folder: keysFolder });
    say(`loading ${plan.people} people`);
    await loadWorld({ db: owner, keys }, { seed, count: plan.people });
    const days = await playDays(owner);
    const db = connect(embedded.serverUrl, { max: 4 });
    const ledger = createLedger(db, { lanes: 1, clock: days.clock });
    const config = readConfig({
      VIGIE_DATABASE_URL: embedded.serverUrl,
      VIGIE_KEYS_FOLDER: keysFolder,
      VIGIE_PORT: '0',
      VIGIE_PUBLIC_URL: deskOrigin,
      VIGIE_METRICS_PORT: '0',
      // The bound of the allowance alone: it must hold with nobody watching.
      VIGIE_GUARD: 'off',
      VIGIE_LOG_LEVEL: 'error',
      VIGIE_ENV: 'test',
    });
    const parts = {
      config,
      clock: days.clock,
      log: createLog('error'),
      keys,
      databaseUrl: embedded.serverUrl,
    };
    const servers = [await startServer(parts), await startServer(parts)];
    const urls = servers.map((server) => server.url);
    const today = () => parisDay(days.clock.now());
    const stolen = await stealAccounts({ db, owner, keys, ledger, today }, plan, urls);
    say(`${stolen.length} accounts stolen; ${plan.days} days`);
    const byDay = await playAttack(stolen, plan, (day) => days.goTo(openedDaysBefore + day));
    const unrecorded = await countUnrecorded(owner, byDay.flat());
    const drawn = await countDrawn(owner, stolen);
    await Promise.all(servers.map((server) => server.stop()));
    await ledger.close();
    await db.end();
    return { ...tally(byDay), drawn, unrecorded, seconds: (performance.now() - started) / 1000 };
  } finally {
    await owner.end({ timeout: 1 });
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Tools = AccountTools & { readonly owner: Database; today(): string };

/**
 * Opens the accounts that will be stolen, each with its own patients, and deals the strangers out among
 * them.
 */
async function stealAccounts(tools: Tools, plan: AttackPlan, servers: readonly string[]): Promise<Stolen[]> {
  const profession = findProfession(plan.profession);
  if (profession === undefined) throw new Error(`no profession ${plan.profession}`);
  const organisation = await createOrganisation(tools, 'Cabinet');
  const everyone = targetsOf(plan.people);
  const known = await namesOf(tools, everyone);
  const stolen: Stolen[] = [];
  for (let index = 0; index < plan.accounts; index += 1) {
    const figures = allowanceFigures(profession.figures);
    const holder = { name: `Titulaire ${index + 1}` };
    const { account, headers } = await openDesk(tools, {
      organisation,
      profession: plan.profession,
      holder,
      figures,
    });
    const own = everyone.slice(index * ownPatientsEach, (index + 1) * ownPatientsEach);
    const subjects = [...(await namesOf(tools, own)).keys()];
    await tools.ledger.seedRelations(account, subjects);
    const strangers = everyone
      .slice(plan.accounts * ownPatientsEach)
      .filter((_, at) => at % plan.accounts === index);
    const targets = strangers.map((one) => one.target)[Symbol.iterator]();
    const ownPatients = own.map((one) => one.target);
    const told = new Set(ownPatients.map(nameOf));
    stolen.push({
      ...{ account, headers, servers, targets, ownPatients, known, told, profession: plan.profession },
      ...{ ledger: tools.ledger, owner: tools.owner, today: tools.today },
    });
  }
  return stolen;
}

/** Everybody by the name the ledger has for them. */
async function namesOf(
  { db, keys }: Pick<Tools, 'db' | 'keys'>,
  everyone: ReturnType<typeof targetsOf>,
): Promise<Map<string, Target>> {
  const names = new Map<string, Target>();
  for (let from = 0; from < everyone.length; from += 1_000) {
    const some = everyone.slice(from, from + 1_000);
    const found = await findSubjects(
      db,
      some.map(({ identity }) => lookupKey(keys, identity)),
    );
    for (const [place, one] of found.entries()) {
      if (one !== null) names.set(one.subject, (some[place] as (typeof some)[number]).target);
    }
  }
  return names;
}

function targetsOf(count: number) {
  return [...people(seed, count)].map((person) => {
    const [identity] = identitiesOf(person);
    if (identity === undefined) throw new Error('a person without a number');
    const { nir, birthRank } = person;
    const birthDate = person.birthDate.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
    const target: Target = { nir, birthDate, birthRank };
    return { identity, target };
  });
}

async function playAttack(
  stolen: readonly Stolen[],
  plan: AttackPlan,
  goTo: (day: number) => Promise<void>,
): Promise<Loot[][]> {
  const byDay: Loot[][] = [];
  for (let day = 0; day < plan.days; day += 1) {
    await goTo(day);
    byDay.push(await Promise.all(stolen.map(stealForADay)));
  }
  return byDay;
}

/** Answers whose entry is not in the ledger as a disclosure. */
async function countUnrecorded(owner: Database, loots: readonly Loot[]): Promise<number> {
  const rows =
    await owner`select lane || '/' || seq as entry from ledger.entry where kind = 1 and outcome = 1`;
  const recorded = new Set(rows.map((row) => row.entry as string));
  return loots.flatMap((loot) => loot.entries).filter((entry) => !recorded.has(entry)).length;
}

/** People whom the ledger says the accounts drew: whatever way they took, it is counted there. */
async function countDrawn(owner: Database, stolen: readonly Stolen[]): Promise<number> {
  const rows = await owner`select account, subject from ledger.pair`;
  return stolen
    .map(({ account, ownPatients, known }) => {
      const own = new Set(ownPatients.map(nameOf));
      const drawn = rows.filter((pair) => pair.account === account);
      const isOwn = (target: Target | undefined) => target !== undefined && own.has(nameOf(target));
      return drawn.filter(({ subject }) => !isOwn(known.get(subject))).length;
    })
    .reduce((sum, count) => sum + count, 0);
}

function tally(byDay: readonly Loot[][]): Pick<Taken, 'strangers' | 'ownPatients' | 'requests' | 'byDay'> {
  const sum = (loots: readonly Loot[], of: 'strangers' | 'ownPatients' | 'refused' | 'requests') =>
    loots.reduce((total, loot) => total + loot[of], 0);
  const all = byDay.flat();
  return {
    strangers: sum(all, 'strangers'),
    ownPatients: sum(all, 'ownPatients'),
    requests: sum(all, 'requests'),
    byDay: byDay.map((loots) => ({
      strangers: sum(loots, 'strangers'),
      ownPatients: sum(loots, 'ownPatients'),
      refused: sum(loots, 'refused'),
    })),
  };
}
