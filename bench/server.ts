/**
 * One variant of the server in its own process: `server.ts KIND`, its parts as JSON on the command line.
 * Prints its address. SIGUSR2 starts the guard in it, and stops it again.
 */

import { createRoutes, originOf } from '../src/compose.ts';
import { createMetrics } from '../src/http/metrics.ts';
import { createHttpServer } from '../src/http/server.ts';
import { createIdentifyCaller } from '../src/modules/access/index.ts';
import { startGuard } from '../src/modules/guard/index.ts';
import { openKeys } from '../src/modules/vault/index.ts';
import { systemClock as clock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { connect } from '../src/platform/database/connect.ts';
import { createLog } from '../src/platform/log.ts';
import { deskOrigin } from '../world/desk.ts';
import { type LedgerKind, ledgerOf } from './baselines/ledgers.ts';

const [kind, databaseUrl, keysFolder] = process.argv.slice(2) as [LedgerKind, string, string];
const config = readConfig({
  VIGIE_DATABASE_URL: databaseUrl,
  VIGIE_KEYS_FOLDER: keysFolder,
  VIGIE_PUBLIC_URL: deskOrigin,
  // Started and stopped by a signal, so that both are measured on one server.
  VIGIE_GUARD: 'off',
});
const db = connect(databaseUrl, { max: 8, applicationName: `bench ${kind}` });
const keys = await openKeys(db, { folder: keysFolder });
const ledger = ledgerOf(kind, db, clock);
const parts = { config, clock, keys, databaseUrl, db, ledger };
const http = createHttpServer({
  routes: createRoutes(parts),
  identify: createIdentifyCaller({ db, keys, clock, origin: originOf(config) }),
  isOpen: async () => true,
  origin: deskOrigin,
  log: createLog('warn'),
  metrics: createMetrics(),
});
const url = await http.listen({ host: '127.0.0.1', port: 0 });
let guard: ReturnType<typeof startGuard> | undefined;
process.on('SIGUSR2', () => {
  if (guard === undefined) guard = startGuard({ ...parts, site: deskOrigin, log: createLog('warn') });
  else guard = void guard.stop();
});
process.stdout.write(`${url}\n`);
