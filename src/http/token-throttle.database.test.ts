import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../tests/database.ts';
import { serviceOf } from '../../tests/practice-software.ts';
import { openAs, origin } from '../../tests/signing-in.ts';
import { type RunningServer, startServer } from '../compose.ts';
import { throttleLimits } from '../modules/access/sign-in/throttle/throttle.ts';
import { Keys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';

const keys = new Keys(Buffer.alloc(32, 7));
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  server = await startServer({
    config: readConfig({
      ...{ VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin },
    }),
    clock: systemClock,
    databaseUrl: database.serverUrl,
    keys,
    log: createLog('silent'),
  });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

async function open() {
  const { account } = await openAs({ db: server.db, keys, ledger: server.ledger }, 'professional');
  return (await serviceOf(server, keys, account)).software;
}

async function guess(): Promise<number> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `e30.${Buffer.from('{"iss":"somebody"}').toString('base64url')}.AA`,
  });
  const answer = await fetch(`${server.url}/oauth/token`, { method: 'POST', body });
  await answer.text();
  return answer.status;
}

test('a house that floods the token endpoint waits, and its software at work goes on', async () => {
  const [atWork, fresh] = [await open(), await open()];
  await atWork.token();
  for (let time = 0; time < throttleLimits.network; time += 1) expect(await guess()).toBe(401);
  expect(await guess()).toBe(429);
  await expect(fresh.token()).rejects.toMatchObject({ cause: { status: 429 } });
  expect(await atWork.token()).toMatchObject({ token_type: 'dpop' });
});
