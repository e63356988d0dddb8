import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { Mailbox } from '../../../tests/mailbox.ts';
import { Browser, origin } from '../../../tests/signing-in.ts';
import { SoftwarePasskey } from '../../../tests/software-passkey.ts';
import { type RunningServer, startServer } from '../../compose.ts';
import { systemClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { createLog } from '../../platform/log.ts';
import { createSendMail } from '../../platform/mail/send-mail.ts';
import {
  changeStanding,
  createOrganisation,
  inviteHolder,
  noteFigures,
  openAccount,
  type Role,
} from '../access/index.ts';
import { Keys } from '../vault/index.ts';
import { listUnsent, openMessage, readMailState, tellOfficers } from './index.ts';
import { followChanges } from './keep-messages.ts';
import { sendNext } from './run-messages.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const from = 'vigie@operateur.example';
const holder = { name: 'Zéphyrine Témoin', email: 'zephyrine.temoin@cabinet.example' };
let database: TestDatabase;
let mailbox: Mailbox;
const servers: RunningServer[] = [];
const logged: string[] = [];

beforeAll(() => vi.setConfig({ testTimeout: 30_000 }));
beforeEach(async () => {
  database = await cloneDatabase();
  mailbox = new Mailbox();
  await mailbox.reserve();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await mailbox.close();
  await database.drop();
});
afterAll(() => {
  // Whatever happened above, no log names whom we write to.
  expect(logged.join('')).not.toMatch(/zephyrine|Témoin/i);
});

async function start(withMail = true): Promise<RunningServer> {
  const mail = withMail ? { VIGIE_SMTP_URL: mailbox.url, VIGIE_MAIL_FROM: from } : {};
  const ports = { VIGIE_PORT: '0', VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test', VIGIE_PUBLIC_URL: origin };
  const server = await startServer({
    config: readConfig({ ...ports, ...mail }),
    clock: systemClock,
    databaseUrl: database.serverUrl,
    keys,
    log: createLog('trace', { write: (line) => void logged.push(line) }),
  });
  servers.push(server);
  return server;
}

const tools = ({ db, ledger }: RunningServer) => ({ db, keys, ledger });
const writing = { keys, site: origin };
const figures = {
  cap: 40,
  renewalPerDay: 4,
  usualNewPeoplePerDay: 3,
  peoplePerDayMax: 100,
  openingBalance: 0,
};

async function open(server: RunningServer, one = holder, role: Role = 'professional'): Promise<number> {
  const organisation = await createOrganisation(tools(server), 'Cabinet des Essais');
  return openAccount(tools(server), { organisation, profession: 'optician', role, holder: one, figures });
}

/** Every message is due at once, as after the wait. */
async function waitIsOver(): Promise<void> {
  await database.owner`update messages.outbox set next_at = now() where sent_at is null`;
}

const state = () => readMailState(database.server);
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 50 });

test('each change is told to its holder: what, when, by whom, what to do; no code, no link', async () => {
  await mailbox.open();
  const server = await start();
  const account = await open(server);
  const officer = await open(server, { name: 'Odile', email: 'odile@securite.example' }, 'security-officer');
  const invitation = await inviteHolder(tools(server), { account, by: officer, why: 'a test' });
  const browser = new Browser(server);
  const first = await browser.enrol(invitation);
  const options = (await browser.post('/v1/passkey-options', {})).json();
  const second = new SoftwarePasskey(origin);
  await browser.post('/v1/passkeys', second.create(options));
  await browser.post(`/v1/passkeys/${second.id.toString('base64url')}/remove`);
  const again = await inviteHolder(tools(server), { account, by: 0, why: 'lost it' });
  await new Browser(server).enrol(again);
  await noteFigures(tools(server), { account, cap: 37, why: 'A second shop', by: officer });
  const signed = new Browser(server);
  await signed.enrol(await inviteHolder(tools(server), { account: officer, by: 0, why: 'a test' }));
  expect((await signed.post(`/v1/accounts/${account}/sessions/end`, {})).statusCode).toBe(200);
  await changeStanding(tools(server), { account, standing: 'suspended', why: 'stolen', by: officer });
  await changeStanding(tools(server), { account, standing: 'open', why: 'found', by: 0 });

  await until(() => expect(mailbox.mailsTo(holder.email)).toHaveLength(10));
  const mails = mailbox.mailsTo(holder.email);
  const told = mails.map(({ subject }) => subject).sort();
  expect(told).toEqual(
    [
      'Vigie : Invitation remise / invitation given',
      'Vigie : Votre première clé d’accès / your first passkey',
      'Vigie : Clé d’accès ajoutée / passkey added',
      'Vigie : Clé d’accès retirée / passkey removed',
      'Vigie : Invitation remise / invitation given',
      'Vigie : Compte récupéré / account recovered',
      'Vigie : Crédit modifié / allowance changed',
      'Vigie : Sessions fermées / sessions ended',
      'Vigie : Compte suspendu / account suspended',
      'Vigie : Compte rétabli / account reinstated',
    ].sort(),
  );
  const secrets = [invitation.link, invitation.code, again.link, again.code, first.id.toString('base64url')];
  for (const { raw, text } of mails) {
    expect(text).toContain(`Compte n° ${account}`);
    expect(text).toContain('téléphonez tout de suite au responsable de la sécurité');
    expect(text).not.toMatch(/https?:|href|src=/i);
    for (const secret of secrets) expect(raw + text).not.toContain(secret);
  }
  const suspended = mails.find(({ subject }) => subject.includes('suspendu'));
  expect(suspended?.text).toContain('par un responsable de la sécurité');
  expect(mails.find(({ subject }) => subject.includes('Crédit'))?.text).toContain('37 personnes');
  await until(async () => expect(await state()).toEqual({ waiting: 0, late: 0, givenUp: 0 }));
  const [row] = await database.owner`
    select count(*)::int as kept from messages.outbox where sealed is not null`;
  expect(row).toEqual({ kept: 0 });
});

test('a change that did not happen is told to nobody', async () => {
  const server = await start(false);
  const account = await open(server);
  const browser = new Browser(server);
  await browser.enrol(await inviteHolder(tools(server), { account, by: 0, why: 'a test' }));
  const before = (await listUnsentSoon(2)).length;
  await database.owner`update access.passkey set created_at = now() - interval '1 hour'`;
  const options = (await browser.post('/v1/passkey-options', {})).json();
  // The ledger cannot be written: the passkey is not kept, and nothing is told of it.
  await database.owner.unsafe(
    `create or replace function ledger.now() returns timestamptz language sql volatile
       as $$ select clock_timestamp() - interval '1 hour' $$`,
  );
  const refused = await browser.post('/v1/passkeys', new SoftwarePasskey(origin).create(options));
  expect(refused.statusCode).toBe(503);
  const rows = await database.owner`select from access.passkey where account = ${account}`;
  expect(rows).toHaveLength(1);
  const [waiting] = await database.owner`select count(*)::int as count from access.to_tell`;
  expect([waiting?.count, (await listUnsent(database.server, 50)).length]).toEqual([0, before]);
});

async function listUnsentSoon(count: number) {
  return until(async () => {
    const kept = await listUnsent(database.server, 50);
    expect(kept).toHaveLength(count);
    return kept;
  }) as Promise<Awaited<ReturnType<typeof listUnsent>>>;
}

test('without a mail server messages wait and can be read; one that comes back gets them', async () => {
  const quiet = await start(false);
  const account = await open(quiet);
  await changeStanding(tools(quiet), { account, standing: 'suspended', why: 'stolen', by: 0 });
  const [kept] = await listUnsentSoon(1);
  if (kept === undefined) throw new Error('nothing is kept');
  expect(openMessage(keys, kept)).toMatchObject({ to: holder.email });
  expect(logged.join('')).toContain('VIGIE_SMTP_URL is not set');
  await quiet.stop();
  // A mail server that is away.
  const server = await start();
  await until(async () => {
    const [row] = await database.owner`select tries, outcome from messages.outbox`;
    expect(row).toMatchObject({ tries: 1, outcome: 'ESOCKET' });
  });
  await mailbox.open();
  await waitIsOver();
  await until(() => expect(mailbox.mailsTo(holder.email)).toHaveLength(1));
  await server.stop();
});

test('two servers send a message once; one that died between is the same message again', async () => {
  await mailbox.open();
  const server = await start(false);
  for (let one = 0; one < 5; one += 1) {
    const account = await open(server, { ...holder, email: `holder${one}@cabinet.example` });
    await changeStanding(tools(server), { account, standing: 'suspended', why: 'stolen', by: 0 });
  }
  const kept = await listUnsentSoon(5);
  const use = { db: server.db, keys, log: createLog('silent') };
  const send = createSendMail({ smtpUrl: mailbox.url, from, isProduction: false });
  const drain = async () => {
    while (await sendNext(use, send));
  };
  await Promise.all([drain(), drain(), drain()]);
  expect(mailbox.received.map(({ to }) => to[0]).sort()).toEqual(
    [0, 1, 2, 3, 4].map((one) => `holder${one}@cabinet.example`),
  );
  // Killed after the mail server took it, before it was noted; the next server sends the same Message-ID.
  await database.owner`
    update messages.outbox set sent_at = null, next_at = now(), sealed = ${kept[0]?.sealed ?? null}
     where id = ${kept[0]?.id ?? ''}::uuid`;
  await drain();
  const ids = mailbox.received.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);
  expect([ids.length, new Set(ids).size]).toEqual([6, 5]);
  expect(ids).toContain(`<${kept[0]?.id}@operateur.example>`);
});

test('killed while it writes messages, none is lost or told twice', async () => {
  const server = await start(false);
  await server.stop();
  const account = await open(await reopened());
  await database.owner`insert into access.to_tell (account, what, by) values (${account}, 'suspended', 0)`;
  // Stopped in the middle of the transaction: the second change cannot be read.
  await database.owner`update access.account set holder_sealed = '\\x00' where id = ${account}`;
  await expect(followChanges(database.server, writing)).rejects.toThrow();
  const [row] = await database.owner`
    select (select count(*)::int from access.to_tell) as changes,
      (select count(*)::int from messages.outbox) as messages`;
  expect(row).toEqual({ changes: 1, messages: 0 });
});

/** Tools without a running server beside. */
async function reopened(): Promise<RunningServer> {
  const server = await start(false);
  await server.stop();
  const { createLedger } = await import('../ledger/index.ts');
  return {
    ...server,
    db: database.server,
    ledger: createLedger(database.server, { lanes: 1, clock: systemClock }),
  };
}

test('names and addresses that carry headers write none', async () => {
  await mailbox.open();
  const server = await start();
  const evil = [
    { name: 'Eve\r\nBcc: all@thief.example', email: 'eve@cabinet.example' },
    { name: 'Eve', email: 'eve@cabinet.example\r\nBcc: all@thief.example' },
    { name: 'Eve', email: 'eve@cabinet.example, all@thief.example' },
    { name: '<img src=x>', email: '"x" <all@thief.example>' },
  ];
  for (const one of evil) {
    const account = await open(server, one);
    await changeStanding(tools(server), { account, standing: 'suspended', why: 'stolen', by: 0 });
  }
  await until(() => expect(mailbox.received).toHaveLength(1));
  await until(async () => expect((await state()).waiting).toBe(0));
  const [{ to, raw } = { to: [], raw: '' }] = mailbox.received;
  expect(to).toEqual(['eve@cabinet.example']);
  expect(raw).not.toMatch(/^Bcc:/im);
});

test('at rest nothing says whom we write to or what', async () => {
  const server = await start(false);
  const account = await open(server);
  await changeStanding(tools(server), { account, standing: 'suspended', why: 'stolen', by: 0 });
  await listUnsentSoon(1);
  const rows = await database.owner`select o.* from messages.outbox o`;
  const bytes = rows
    .flatMap((row) => Object.values(row))
    .map((value) => {
      return Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
    });
  expect(bytes.join(' ')).not.toMatch(/zephyrine|cabinet\.example|Compte|suspendu\b/i);
});

test('security officers with an address are told together, in the transaction that is given', async () => {
  const server = await start(false);
  await open(server, { name: 'Odile', email: 'odile@securite.example' }, 'security-officer');
  await open(server, { name: 'Omar', email: 'omar@securite.example' }, 'security-officer');
  await open(server);
  const letter = {
    fr: { subject: 'Vigie : accès d’urgence', lines: ['Le compte 12 l’a demandé.'] },
    en: { subject: 'break-glass', lines: ['Account 12 asked for it.'] },
  };
  const told = { what: 'break-glass', letter };
  await server.db
    .begin(async (tx) => {
      expect(await tellOfficers(tx, writing, told)).toBe(2);
      throw new Error('it did not happen');
    })
    .catch(() => {});
  expect(await state()).toMatchObject({ waiting: 0 });
  expect(await tellOfficers(server.db, writing, told)).toBe(2);
  const kept = await listUnsent(server.db, 9);
  expect(kept.map((one) => openMessage(keys, one).to).sort()).toEqual([
    'odile@securite.example',
    'omar@securite.example',
  ]);
});

test('in production a mail server that does not encrypt gets nothing', async () => {
  await mailbox.open();
  const send = createSendMail({ smtpUrl: mailbox.url, from, isProduction: true });
  const mail = { id: '1', to: holder.email, subject: 's', text: 't', html: '<p>t</p>' };
  expect(await send(mail)).toMatchObject({ isSent: false });
  expect(mailbox.received).toEqual([]);
});
