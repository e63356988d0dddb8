import { startServer } from '../../src/compose.ts';
import { createLedger } from '../../src/modules/ledger/index.ts';
import { currentCode, type Keys } from '../../src/modules/vault/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import { connect, type Database } from '../../src/platform/database/connect.ts';
import { createLog } from '../../src/platform/log.ts';
import { deskOrigin } from '../desk.ts';
import { checkDay } from './check-day.ts';
import type { Habits } from './honest-account.ts';
import { instantOf } from './paris-time.ts';
import { planDay } from './plan-day.ts';
import { type PlayedClock, playClock } from './played-clock.ts';
import { type Country, type CountryPlan, settleCountry, staffOf } from './settle-country.ts';
import { type WorkedDay, workDay } from './work-day.ts';

/** A migrated database, as its owner and as the server come to it. */
export type DayDatabase = {
  readonly owner: Database;
  readonly serverUrl: string;
  readonly keysFolder: string;
  readonly keys: Keys;
};

type Said = (line: string) => void;

/** Accounts are opened in the evening before their first working day. */
const eveningMinute = -6 * 60;
/** The played month and the next: a day on the last of a month ends in the next, in UTC. */
const months = 1;
const cardConnections = 4;

/** Fills an empty database with the people and accounts of a plan, in the evening before the day. */
export async function prepareDay(database: DayDatabase, plan: CountryPlan, say: Said): Promise<Country> {
  const { clock } = await playEvening(database.owner, plan);
  const db = connect(database.serverUrl, { max: 8, statementTimeoutSeconds: 60 });
  const ledger = createLedger(db, { lanes: 1, clock });
  try {
    return await settleCountry({ db, keys: database.keys, ledger }, plan, say);
  } finally {
    await ledger.close();
    await db.end({ timeout: 1 });
  }
}

/** Plays the day against a real server on a prepared database, and compares it with the ledger. */
export async function playDay(
  database: DayDatabase,
  country: Country,
  play: { readonly plan: CountryPlan; readonly habits: Habits; readonly say: Said },
): Promise<WorkedDay> {
  const { plan, habits, say } = play;
  const accounts = staffOf(plan, habits);
  const steps = planDay(accounts, plan);
  const played = await playEvening(database.owner, plan);
  const db = connect(database.serverUrl, { max: cardConnections });
  const server = await startServer(partsOf(database, played));
  try {
    const { url } = server;
    const { day } = plan;
    const showCard = (subject: string, instantMs: number) =>
      currentCode(db, database.keys, { subject, now: BigInt(instantMs) * 1000n });
    const onProgress = sayEachSecond(say, steps.flatMap(({ visits }) => visits).length);
    const tools = { url, day, country, accounts, showCard, standAt: played.standAt, onProgress };
    const worked = await workDay(tools, steps);
    const wrong = await checkDay(database.owner, worked.asked);
    if (wrong.length > 0) {
      throw new Error(`The ledger is not the day that was played: ${wrong.length} faults. ${wrong[0]}`);
    }
    return worked;
  } finally {
    await server.stop();
    await db.end({ timeout: 1 });
  }
}

function playEvening(owner: Database, plan: CountryPlan): Promise<PlayedClock> {
  return playClock(owner, { instantMs: instantOf(plan.day, 0) + eveningMinute * 60_000, months });
}

function partsOf(database: DayDatabase, { clock }: PlayedClock) {
  const config = readConfig({
    VIGIE_DATABASE_URL: database.serverUrl,
    VIGIE_KEYS_FOLDER: database.keysFolder,
    VIGIE_PORT: '0',
    VIGIE_PUBLIC_URL: deskOrigin,
    // A played day is the allowance's: what the guard makes of honest days has a bench of its own.
    VIGIE_GUARD: 'off',
    VIGIE_METRICS_PORT: '0',
    VIGIE_LOG_LEVEL: 'error',
    VIGIE_ENV: 'test',
  });
  return { config, clock, keys: database.keys, log: createLog('error') };
}

function sayEachSecond(say: Said, whole: number): (done: number) => void {
  let last = performance.now();
  return (done) => {
    if (performance.now() - last < 1000) return;
    last = performance.now();
    say(`${done} of ${whole} lookups`);
  };
}
