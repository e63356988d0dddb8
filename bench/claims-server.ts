/**
 * One variant of a server that takes claims in, in its own process: `claims-server.ts KIND DATABASE KEYS`.
 * Prints its address. `batched` is the product as it starts; `steps` is the baseline.
 */
import { originOf, startServer } from '../src/compose.ts';
import { createMetrics } from '../src/http/metrics.ts';
import { createHttpServer } from '../src/http/server.ts';
import { createIdentifyCaller } from '../src/modules/access/index.ts';
import type { ClaimTools } from '../src/modules/claims/claim-tools.ts';
import { openPlanBook } from '../src/modules/claims/plans/plan-book.ts';
import { createDrawPerson, createReadInsurers } from '../src/modules/rights/index.ts';
import { openKeys } from '../src/modules/vault/index.ts';
import { systemClock as clock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { connect } from '../src/platform/database/connect.ts';
import { createLog } from '../src/platform/log.ts';
import { deskOrigin } from '../world/desk.ts';
import { runSteps, stepRoutes } from './baselines/claims-steps.ts';
import { ledgerOf } from './baselines/ledgers.ts';

const [kind, databaseUrl = '', keysFolder = ''] = process.argv.slice(2);
const config = readConfig({
  ...{ VIGIE_DATABASE_URL: databaseUrl, VIGIE_KEYS_FOLDER: keysFolder, VIGIE_PUBLIC_URL: deskOrigin },
  ...{ VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_GUARD: 'off', VIGIE_LOG_LEVEL: 'warn' },
});
const log = createLog('error');
const url =
  kind === 'batched' ? (await startServer({ config, clock, databaseUrl, log })).url : await startSteps();
process.stdout.write(`${url}\n`);

async function startSteps(): Promise<string> {
  const db = connect(databaseUrl, { max: 8, applicationName: 'bench steps' });
  const keys = await openKeys(db, { folder: keysFolder });
  const ledger = ledgerOf('one-by-one', db, clock);
  const draw = createDrawPerson({ db, keys, ledger, clock, lenient: true });
  const readInsurers = createReadInsurers(db);
  const tools: ClaimTools = { db, keys, ledger, clock, draw, plans: openPlanBook(db), readInsurers };
  const http = createHttpServer({
    routes: stepRoutes(tools),
    identify: createIdentifyCaller({ db, keys, clock, origin: originOf(config) }),
    ...{ isOpen: async () => true, origin: deskOrigin, log, metrics: createMetrics() },
  });
  void runSteps(tools);
  return http.listen({ host: '127.0.0.1', port: 0 });
}
