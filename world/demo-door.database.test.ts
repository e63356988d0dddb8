import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../src/compose.ts';
import { createOrganisation, markDemo } from '../src/modules/access/index.ts';
import { publishPlan } from '../src/modules/claims/index.ts';
import { createLedger } from '../src/modules/ledger/index.ts';
import { Keys } from '../src/modules/vault/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { createLog } from '../src/platform/log.ts';
import { cloneDatabase, type TestDatabase } from '../tests/database.ts';
import { Browser, origin } from '../tests/signing-in.ts';
import { openDoor } from './demo-door.ts';
import { insurers } from './insurers.ts';

const keys = new Keys(Buffer.alloc(32, 5));
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await cloneDatabase();
  const db = database.server;
  await markDemo(db);
  const tools = { db, keys, ledger: createLedger(db, { lanes: 1, clock: systemClock }) };
  const organisation = await createOrganisation(tools, 'Optique du Port');
  await openDoor(tools, { professionals: [], organisation });
  const config = readConfig({
    ...{ VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin },
  });
  const { serverUrl: databaseUrl } = database;
  server = await startServer({ config, clock: systemClock, databaseUrl, keys, log: createLog('silent') });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

type Person = { readonly account: number; readonly role: string };

test('anybody at the demo enters as an agent of its first insurer, and finds its plans and claims', async () => {
  const document = `contract: Essai
from: 2026-01-01
responsible: no
guarantees:
  - { name: Soins, kinds: [consultation], pays: 100 % BR }
`;
  await publishPlan(server.db, { insurer: insurers[0]?.id ?? 0, document, by: 0 });
  const browser = new Browser(server);
  const { people } = (await browser.get('/v1/demo-door')).json() as { people: Person[] };
  expect(new Set(people.map(({ role }) => role))).toEqual(
    new Set([
      ...['insurer-agent', 'organisation-administrator', 'security-officer'],
      ...['data-protection-officer', 'auditor'],
    ]),
  );
  const agent = people.find(({ role }) => role === 'insurer-agent');
  expect((await browser.post('/v1/demo-sessions', { account: agent?.account })).statusCode).toBe(200);
  const { plans } = (await browser.get('/v1/plans')).json();
  expect(plans.map(({ name }: { name: string }) => name)).toEqual(['Essai']);
  expect((await browser.get('/v1/flagged-claims')).json()).toEqual({ claims: [], next: null, left: null });
  expect((await browser.get('/v1/insurer-imports')).json()).toEqual({ imports: [] });
  const [row] = await database.owner`
    select cap, opening from ledger.account where account = ${agent?.account ?? 0}`;
  expect(row).toEqual({ cap: 40, opening: 0 });
});
