import { type RunningServer, startServer } from '../src/compose.ts';
import { markDemo } from '../src/modules/access/index.ts';
import { createLedger } from '../src/modules/ledger/index.ts';
import type { Keys } from '../src/modules/vault/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { createLog } from '../src/platform/log.ts';
import { fillDemo } from '../world/fill-demo.ts';
import type { TestDatabase } from './database.ts';
import { freePort } from './free-port.ts';

const people = 3_000;

/** Makes a database the demo that `npm start` fills, with fewer people. */
export async function fillSmallDemo(database: TestDatabase, keys: Keys): Promise<void> {
  const { server: db } = database;
  const ledger = createLedger(db, { lanes: 1, clock: systemClock });
  await markDemo(db);
  await fillDemo({ db, keys, ledger }, people, () => {});
  await ledger.close();
}

/** A server of a demo, as `npm start` runs it, at `localhost` and a free port. */
export async function startDemo(
  database: TestDatabase,
  keys: Keys,
  more: Readonly<Record<string, string>> = {},
): Promise<{ server: RunningServer; origin: string }> {
  const port = await freePort();
  const settings = { VIGIE_PORT: String(port), VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test' };
  const server = await startServer({
    config: readConfig({ ...settings, VIGIE_GUARD: 'on', ...more }),
    ...{ clock: systemClock, keys, log: createLog('silent'), databaseUrl: database.serverUrl },
  });
  return { server, origin: `http://localhost:${port}` };
}
