import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { Receiver } from '../../../../tests/sending.ts';
import { verifyHeard } from '../../../../tests/standard-webhooks.ts';
import { SyslogReceiver } from '../../../../tests/syslog-receiver.ts';
import { systemClock } from '../../../platform/clock.ts';
import { confirmCase, undoCase } from '../acting/end-cases.ts';
import { createWebhook, listEndpoints, sendAgain } from './endpoints/manage-endpoints.ts';
import { type SocSettings, sendTaken, startTelling } from './run-telling.ts';
import { forgetOldEvents, insertEvent, readTelling, takeDelivery } from './store.ts';

let bench: GuardBench;
const receivers: { stop(): Promise<void> }[] = [];
const telling: { stop(): Promise<void> }[] = [];
beforeEach(async () => {
  bench = new GuardBench();
  await bench.begin();
});
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.stop();
  await Promise.all(telling.splice(0).map((one) => one.stop()));
  await bench.end();
});

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const tools = (soc: SocSettings = {}) => {
  return { ...bench.tools, clock: systemClock, isProduction: false, soc, version: '1.2.3' };
};
const tell = (soc?: SocSettings) => {
  telling.push(startTelling(tools(soc)));
};
async function listen() {
  const receiver = new Receiver();
  receivers.push(receiver);
  return { receiver, ...(await createWebhook(tools(), { url: await receiver.listen(), by: 0 })) };
}
async function listenSyslog(how: 'tcp' | 'udp' = 'tcp') {
  const receiver = new SyslogReceiver();
  receivers.push(receiver);
  return { receiver, url: await (how === 'udp' ? receiver.listenUdp() : receiver.listenTcp()) };
}
const bodies = ({ heard }: Receiver) => heard.map(({ text }) => JSON.parse(text));
const types = (receiver: Receiver) => bodies(receiver).map(({ type }) => type);
const alarm = (entries: number) => ({
  ...{ type: 'guard.alarm.raised', alarm: '1', kind: 'claims-silent', detector: null, entries },
  since: '2026-11-24T08:30:00.000Z',
});
const write = (entries: number) => {
  const { type: _, ...data } = alarm(entries);
  return bench.database.server.begin((tx) => insertEvent(tx, { type: 'guard.alarm.raised', data }));
};
async function openCase() {
  const [row] = await bench.database.owner`select id::text as id from guard.case_file where state = 'open'`;
  return String(row?.id);
}
async function suspend() {
  const opened = await bench.open();
  await bench.draw(opened.account, 0);
  await bench.walkIntoHoney(opened.account);
  await until(async () => expect(await bench.standingOf(opened.account)).toBe(3));
  return opened;
}

test('a suspension is heard by webhook and syslog under one number, and names nobody', async () => {
  const { receiver, secret } = await listen();
  const syslog = await listenSyslog();
  bench.startGuard();
  tell({ syslogUrl: syslog.url });
  await until(() => expect(types(receiver)).toEqual(['endpoint.test']));
  const { account, organisation } = await suspend();
  await until(() => expect(receiver.heard).toHaveLength(4));
  const [opened, suspended] = ['guard.case.opened', 'guard.account.suspended'].map((type) =>
    bodies(receiver).find((each) => each.type === type),
  );
  expect(opened.data).toEqual({ case: '1', account, organisation, shadow: false, profession: 'optician' });
  expect(suspended.data).toEqual({
    ...{ case: '1', account, organisation, shadow: false, from: 'restricted', to: 'suspended', honey: true },
    ...{ bits: expect.any(Number), entry: expect.stringMatching(/^0\/\d+$/) },
    detectors: expect.arrayContaining([{ name: 'honey', bits: expect.any(Number) }]),
  });
  const ids: string[] = [];
  for (const heard of receiver.heard) {
    const { id, holds } = await verifyHeard(secret, heard);
    expect(holds).toEqual([true]);
    ids.push(id);
  }
  await until(() => expect(syslog.receiver.messages).toHaveLength(3));
  for (const message of syslog.receiver.messages) {
    expect(message).toMatch(
      /^<3[456]>1 \S+Z vigie.example vigie - guard\.\S+ - CEF:0\|Vigie\|guard\|1\.2\.3\|/,
    );
    expect(ids).toContain(/externalId=(\S+)/.exec(message)?.[1]);
  }
  const said = [...receiver.heard.map(({ text }) => text), ...syslog.receiver.messages].join('\n');
  expect(said).not.toMatch(/Zéphyrine|Témoin|Cabinet/);
  const people = await bench.database.owner`
    select subject::text as subject from ledger.entry where subject is not null`;
  expect(people.length).toBeGreaterThan(0);
  for (const { subject } of people) expect(said).not.toContain(subject);
});

test('every end of a case is heard, and a case that only watches as what it is', async () => {
  const { receiver } = await listen();
  bench.startGuard();
  tell();
  const undone = await suspend();
  await undoCase(bench.tools, { caseFile: '1', by: 0, why: 'a screening day' });
  const confirmed = await suspend();
  await confirmCase(bench.tools, { caseFile: await openCase(), by: 0, why: 'told by telephone' });
  await bench.setShadow(true);
  await bench.stopGuards();
  bench.startGuard();
  const watched = await bench.open();
  await bench.walkIntoHoney(watched.account);
  await until(() => expect(types(receiver)).toContain('guard.account.marked'));
  await bench.database.owner`
    update guard.case_step set at = at - interval '25 hours' where account = ${watched.account}`;
  await bench.stopGuards();
  bench.startGuard();
  await until(() => expect(types(receiver)).toContain('guard.case.expired'));
  const of = (account: number) =>
    bodies(receiver)
      // What a sweep for the confirmed one marks besides is another test's.
      .filter(({ data }) => data.account === account && data.shadow === (account === watched.account))
      .map(({ type, data }) => `${type} ${data.shadow}`)
      .sort();
  const contained = ['guard.account.restricted false', 'guard.account.suspended false'];
  await until(() =>
    expect([undone, confirmed, watched].map(({ account }) => of(account))).toEqual([
      [...contained, 'guard.case.opened false', 'guard.case.undone false'],
      [...contained, 'guard.case.confirmed false', 'guard.case.opened false'],
      [...Array(2).fill('guard.account.marked true'), 'guard.case.expired true', 'guard.case.opened true'],
    ]),
  );
  expect(await bench.standingOf(watched.account)).toBe(0);
});

test('what did not happen is not told', async () => {
  const { receiver } = await listen();
  tell();
  const failing = bench.database.server.begin(async (tx) => {
    const { type: _, ...data } = alarm(1);
    await insertEvent(tx, { type: 'guard.alarm.raised', data });
    throw new Error('it did not happen');
  });
  await expect(failing).rejects.toThrow('it did not happen');
  await write(2);
  await until(() => expect(types(receiver)).toContain('guard.alarm.raised'));
  expect(bodies(receiver).map(({ data }) => data.entries)).toEqual([undefined, 2]);
});

test('receivers that hang delay neither the guard nor another receiver', async () => {
  const [silent, other] = [await listen(), await listen()];
  silent.receiver.silent = Number.POSITIVE_INFINITY;
  const syslog = await listenSyslog();
  syslog.receiver.isDeaf = true;
  bench.startGuard();
  tell({ syslogUrl: syslog.url });
  await until(() => expect(silent.receiver.heard.length).toBeGreaterThan(0));
  const began = performance.now();
  await suspend();
  await until(() => expect(types(other.receiver)).toContain('guard.account.suspended'));
  expect(performance.now() - began).toBeLessThan(5_000);
  await until(async () =>
    expect(await readTelling(bench.database.server)).toMatchObject([
      { kind: 'syslog', waiting: 3, givenUp: 0 },
      { kind: 'webhook', waiting: 4 },
    ]),
  );
});

test('killed after the receiver took it, another server tells it again under the same number', async () => {
  const { receiver } = await listen();
  const taken = await takeDelivery(bench.database.server, { mayBeSlow: true, targets: [] });
  if (taken === undefined) throw new Error('nothing was due');
  expect(await sendTaken(tools(), taken)).toMatchObject({ isTold: true, outcome: '204' });
  expect(await takeDelivery(bench.database.server, { mayBeSlow: true, targets: [] })).toBeUndefined();
  await bench.database.owner`update guard.endpoint set taken_until = now()`;
  tell();
  await until(() => expect(receiver.heard).toHaveLength(2));
  expect(receiver.heard.map(({ headers }) => headers['webhook-id'])).toEqual(Array(2).fill(taken.event.id));
});

test('syslog that is away is told when it is back; what waits meanwhile is said', async () => {
  const syslog = await listenSyslog();
  await syslog.receiver.stop();
  tell({ syslogUrl: syslog.url });
  await until(async () => expect(await listEndpoints(tools())).toMatchObject([{ kind: 'syslog' }]));
  await write(1);
  await until(async () =>
    expect(await listEndpoints(tools())).toMatchObject([{ waiting: 1, lastOutcome: 'unreachable' }]),
  );
  await syslog.receiver.listenTcp();
  await bench.database.owner`update guard.delivery set next_at = now()`;
  await until(() => expect(syslog.receiver.messages).toHaveLength(1));
  expect(syslog.receiver.messages[0]).toContain('|guard.alarm.raised|Alarm of the guard|8|');
  expect(syslog.receiver.messages[0]).toContain('cs5Label=alarmKind cs5=claims-silent cs1Label=alarm cs1=1');
  await until(async () => expect(await listEndpoints(tools())).toMatchObject([{ waiting: 0 }]));
});

test('servers with different settings end nothing of each other, and each place hears all', async () => {
  const [one, other] = [await listenSyslog('udp'), await listenSyslog('udp')];
  for (let round = 1; round <= 3; round += 1) {
    // Three servers, started again and again; one of them has no setting.
    await Promise.all(telling.splice(0).map((each) => each.stop()));
    for (const soc of [{ syslogUrl: one.url }, { syslogUrl: other.url }, {}]) tell(soc);
    await until(async () =>
      expect(await readTelling(bench.database.server)).toMatchObject([{ kind: 'syslog', endpoints: 2 }]),
    );
    await write(round);
    for (const { receiver } of [one, other]) await until(() => expect(receiver.messages).toHaveLength(round));
  }
  // Heard is noted a moment later.
  const heard = { kind: 'syslog', endedAt: null, waiting: 0, givenUp: 0, lastOutcome: 'sent' };
  await until(async () => expect(await listEndpoints(tools())).toMatchObject([heard, heard]));
  const [row] = await bench.database.owner`select max(tries)::int as tries from guard.delivery`;
  expect(row?.tries).toBe(1);
});

test('a setting that no server has any more ends its endpoint; nothing waits for it', async () => {
  const syslog = await listenSyslog('udp');
  tell({ syslogUrl: syslog.url });
  await until(async () => expect(await readTelling(bench.database.server)).toHaveLength(1));
  await write(1);
  await until(() => expect(syslog.receiver.messages).toHaveLength(1));
  await telling.pop()?.stop();
  // A quarter of an hour, in which the server may only have been started again.
  await bench.database.owner`update guard.endpoint set named_at = now() - interval '16 minutes'`;
  tell();
  await until(async () => expect(await readTelling(bench.database.server)).toEqual([]));
  await write(2);
  expect(await listEndpoints(tools())).toMatchObject([{ endReason: 'setting', waiting: 0 }]);
});

test('what waits is bounded; what was given up, or came before, is told when it is asked for', async () => {
  await write(0);
  const { receiver, endpoint } = await listen();
  for (let entry = 1; entry <= 8; entry += 1) await write(entry);
  await forgetOldEvents(bench.database.server, 3);
  const heard = () => bodies(receiver).map(({ data }) => data.entries);
  expect(await readTelling(bench.database.server)).toEqual([
    { kind: 'webhook', endpoints: 1, waiting: 3, late: 0, givenUp: 6 },
  ]);
  tell();
  await until(() => expect(heard().sort()).toEqual([6, 7, 8]));
  expect(await sendAgain(tools(), { endpoint, since: new Date(0).toISOString() })).toBe(9);
  await until(() => expect(new Set(heard())).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8])));
  const ids = new Map(receiver.heard.map(({ headers, text }) => [headers['webhook-id'], text]));
  expect(ids.size).toBe(9);
  await expect(sendAgain(tools(), { endpoint, since: 'yesterday' })).rejects.toThrow(/field/i);
});

test('thirty events are one letter, not thirty', async () => {
  tell({ socMail: 'soc@operateur.example' });
  await until(async () => expect(await readTelling(bench.database.server)).toHaveLength(1));
  await bench.database.owner`update guard.endpoint set rests_until = now() + interval '1 hour'`;
  for (let entry = 1; entry <= 30; entry += 1) await write(entry);
  await bench.database.owner`update guard.endpoint set rests_until = null`;
  await until(async () => {
    const [row] = await bench.database.owner`
      select count(*)::int as told from guard.delivery where delivered_at is not null`;
    expect(row?.told).toBe(30);
  });
  const rows = await bench.database.owner`select what, account from messages.outbox`;
  expect(rows.map((row) => ({ ...row }))).toEqual([{ what: 'guard', account: 0 }]);
  await write(31);
  const [rests] = await bench.database.owner`select rests_until > now() as is_so from guard.endpoint`;
  expect(rests?.is_so).toBe(true);
});
