import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { Mailbox } from '../../../../tests/mailbox.ts';
import { Receiver } from '../../../../tests/sending.ts';
import { origin, signedInAs } from '../../../../tests/signing-in.ts';
import { type RunningServer, startServer } from '../../../compose.ts';
import { systemClock } from '../../../platform/clock.ts';
import { readConfig } from '../../../platform/config.ts';
import { createLog } from '../../../platform/log.ts';
import { openAccount } from '../../access/index.ts';
import { signalBits, withHoneyMark } from '../../ledger/signals.ts';
import { Keys } from '../../vault/index.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const soc = 'soc@operateur.example';
const other = 'garde@operateur.example';
const mailbox = new Mailbox();
const receiver = new Receiver();
let database: TestDatabase;
let server: RunningServer;
type SignedIn = Awaited<ReturnType<typeof signedInAs>>;
let officer: SignedIn;

beforeAll(async () => {
  vi.setConfig({ testTimeout: 30_000 });
  database = await cloneDatabase();
  await mailbox.open();
  const env = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_GUARD: 'on' };
  const mail = { VIGIE_SMTP_URL: mailbox.url, VIGIE_MAIL_FROM: 'vigie@operateur.example' };
  server = await startServer({
    config: readConfig({ ...env, ...mail, VIGIE_SOC_MAIL: soc, VIGIE_PUBLIC_URL: origin }),
    ...{ clock: systemClock, databaseUrl: database.serverUrl, keys, log: createLog('silent') },
  });
  officer = await signedInAs(server, keys, 'security-officer');
  const tools = { db: server.db, keys, ledger: server.ledger };
  const figures = {
    cap: 0,
    renewalPerDay: 0,
    usualNewPeoplePerDay: 0,
    openingBalance: 0,
    peoplePerDayMax: 0,
  };
  await openAccount(tools, {
    ...{ organisation: officer.organisation, profession: 'security-officer', role: 'security-officer' },
    ...{ holder: { name: 'Zéphyrine Témoin', email: other }, figures },
  });
});
afterAll(async () => {
  await server?.stop();
  await receiver.stop();
  await mailbox.close();
  await database?.drop();
});

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const endpoints = async () => (await officer.browser.get('/v1/guard/endpoints')).json().endpoints;
const types = () => receiver.heard.map(({ text }) => JSON.parse(text).type);

async function suspended(): Promise<string> {
  const one = await signedInAs(server, keys, 'professional');
  const { account, organisation } = one;
  for (const which of [1, 2])
    await server.ledger.record({
      ...{ account, session: 5n, organisation, client: 8, network: 9, action: 1, purpose: 1, nirKey: null },
      ...{ insurers: [1], fields: 5n, reason: 2, present: false, subject: null },
      signals: withHoneyMark(signalBits.sameRun, Buffer.of(which)),
    });
  await until(async () => expect((await server.ledger.readAllowance(account))?.standing).toBe('suspended'));
  const { cases } = (await officer.browser.get('/v1/guard/cases')).json();
  return cases.find((each: { account: number }) => each.account === account).id;
}

test('an officer registers a webhook, which is tried at once; every officer is told who did', async () => {
  const answer = await officer.browser.post('/v1/guard/endpoints', { url: await receiver.listen() });
  expect(answer.statusCode).toBe(201);
  expect(answer.json().secret).toMatch(/^whsec_/);
  await until(() => expect(types()).toEqual(['endpoint.test']));
  await until(async () =>
    expect(await endpoints()).toMatchObject([
      { kind: 'mail', url: null, madeBy: 0 },
      { kind: 'webhook', madeBy: officer.account, waiting: 0, lastOutcome: '204', endedAt: null },
    ]),
  );
  await until(() => expect(mailbox.mailsTo(other)).toHaveLength(1));
  expect(mailbox.mailsTo(other)[0]?.text).toContain(`Set by account ${officer.account}`);
  expect((await officer.browser.get('/v1/guard/endpoints')).body).not.toContain('whsec_');
});

test('a suspension reaches the webhook and the mailbox of the SOC; the letter names nobody', async () => {
  const id = await suspended();
  await until(() => expect(types()).toContain('guard.account.suspended'));
  await until(() => expect(mailbox.mailsTo(soc).at(-1)?.text).toContain('guard.account.suspended'));
  const letter = mailbox.mailsTo(soc).at(-1);
  expect(letter?.subject).toMatch(/^Vigie : Compte suspendu compte \d+.* \/ Vigie: Account suspended/);
  expect(letter?.text).toContain(`case ${id}`);
  expect(letter?.text).not.toMatch(/Dupré|Témoin|Cabinet/);
});

test('what fired in a case is given as Sigma', async () => {
  const id = await suspended();
  const answer = await officer.browser.get(`/v1/guard/cases/${id}/sigma`);
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/yaml']);
  expect(answer.body).toContain(`name: vigie_case_${id}_honey`);
  expect((await officer.browser.get('/v1/guard/cases/999/sigma')).statusCode).toBe(404);
});

test('what was is told again when asked for, under the same numbers; removed, it hears nothing', async () => {
  const webhook = (await endpoints()).find(({ kind }: { kind: string }) => kind === 'webhook');
  await until(async () => expect((await endpoints())[1].waiting).toBe(0));
  const ids = () => new Set(receiver.heard.map(({ headers }) => headers['webhook-id']));
  const [before, known] = [receiver.heard.length, ids().size];
  const path = `/v1/guard/endpoints/${webhook.id}`;
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const replayed = await officer.browser.post(`${path}/replay`, { since });
  expect([replayed.statusCode, replayed.json().events]).toEqual([202, known - 1]);
  await until(() => expect(receiver.heard.length).toBe(before + known - 1));
  expect(ids().size).toBe(known);
  expect((await officer.browser.post(`${path}/replay`, { since: 'now' })).statusCode).toBe(422);
  expect((await officer.browser.post(`${path}/end`)).statusCode).toBe(200);
  expect((await officer.browser.post(`${path}/end`)).statusCode).toBe(404);
  expect((await officer.browser.post(`${path}/replay`, { since })).statusCode).toBe(404);
  const heard = receiver.heard.length;
  await suspended();
  await until(async () => {
    const [row] = await database.owner`
      select count(*)::int as waiting from guard.delivery where delivered_at is null and given_up_at is null
         and endpoint = ${webhook.id}::uuid`;
    expect(row?.waiting).toBe(0);
  });
  expect(receiver.heard.length).toBe(heard);
  await until(() => expect(mailbox.mailsTo(other).at(-1)?.text).toContain('is no longer told'));
});

test('nobody else registers one, and not without the passkey', async () => {
  const one = await signedInAs(server, keys, 'professional');
  const url = 'https://soc.example/vigie';
  expect((await one.browser.get('/v1/guard/endpoints')).statusCode).toBe(403);
  expect((await one.browser.post('/v1/guard/endpoints', { url })).statusCode).toBe(403);
  const made = async (asked: string) =>
    (await officer.browser.post('/v1/guard/endpoints', { url: asked })).statusCode;
  expect(await made('http://soc.example/vigie')).toBe(422);
  expect(await made('https://user:word@soc.example/')).toBe(422);
  await database.owner`update access.session set created_at = now() - interval '6 minutes'`;
  expect((await officer.browser.post('/v1/guard/endpoints', { url })).json().code).toBe('passkey-needed');
});
