import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { type PlayedDays, playDays } from '../../../tests/played-days.ts';
import { type Ask, createLedger, type Ledger, readEntriesAfter } from './index.ts';
import { signalBits } from './signals.ts';
import { recordBatch } from './store.ts';

let database: TestDatabase;
let days: PlayedDays;
let ledger: Ledger;

beforeAll(async () => {
  database = await cloneDatabase();
  days = await playDays(database.owner, '2026-03-02', 30);
  ledger = createLedger(database.server, { lanes: 1, clock: days.clock });
});
afterAll(async () => {
  await ledger.close();
  await database.drop();
});

const open = (cap = 5) =>
  ledger.openAccount({
    ...{ organisation: 1, cap, renewalPerDay: 0, usualNewPeoplePerDay: 3, peoplePerDayMax: 50 },
    openingBalance: 0,
  });

function ask(account: number, some: Partial<Ask>): Ask {
  return {
    ...{ account, session: 1n, organisation: 1, client: 1, network: 1, action: 1, purpose: 1 },
    ...{ subject: null, nirKey: null, insurers: [1], fields: 5n, reason: 0, present: false, signals: 0 },
    ...some,
  };
}

/** The signals of the account's lookups, in their order. */
async function signalsOf(account: number): Promise<number[]> {
  const entries = await readEntriesAfter(database.server, { lane: 0, seq: -1, most: 10_000 });
  return entries.filter((each) => each.account === account && each.kind === 1).map(({ signals }) => signals);
}

test('the entry of a first draw says so, whether charged or present, and no other does', async () => {
  const account = await open();
  const [charged, present] = [randomUUID(), randomUUID()];
  await ledger.record(ask(account, { subject: charged, signals: signalBits.ascending }));
  await ledger.record(ask(account, { subject: charged, signals: signalBits.ascending }));
  await ledger.record(ask(account, { subject: present, present: true }));
  await ledger.record(ask(account, { subject: present, present: true }));
  await ledger.record(ask(account, { nirKey: Buffer.alloc(16, 3), signals: signalBits.honey }));
  expect(await signalsOf(account)).toEqual([5, 4, 1, 0, 16]);
});

test('two asks for one person in one batch: the first says so alone', async () => {
  const account = await open();
  const subject = randomUUID();
  await Promise.all([1, 2, 3].map(() => ledger.record(ask(account, { subject }))));
  expect(await signalsOf(account)).toEqual([1, 0, 0]);
});

test('a refusal says nothing; a draw by break-glass does', async () => {
  const account = await open(0);
  const refused = await ledger.record(ask(account, { subject: randomUUID() }));
  const told = await ledger.record(ask(account, { subject: randomUUID(), action: 2 }));
  expect([refused.outcome, told.outcome]).toEqual(['refused', 'disclosed']);
  expect(await signalsOf(account)).toEqual([0, 1]);
});

test('a pair that was forgotten after 13 months is new again', async () => {
  const account = await open();
  const subject = randomUUID();
  await ledger.record(ask(account, { subject, present: true }));
  await days.goTo(390);
  await ledger.record(ask(account, { subject }));
  await days.goTo(390 + 400);
  await ledger.record(ask(account, { subject }));
  expect(await signalsOf(account)).toEqual([1, 0, 1]);
});

test('a repeated batch gets the answers of the first time, and writes nothing', async () => {
  const account = await open();
  const asks = [ask(account, { subject: randomUUID() }), ask(account, { nirKey: Buffer.alloc(16, 9) })];
  const salts = [randomUUID(), randomUUID()];
  const batch = { lane: 0, id: randomUUID(), serverAt: days.clock.now(), asks, salts };
  const first = await recordBatch(database.server, batch);
  expect(await recordBatch(database.server, batch)).toEqual(first);
  expect(await signalsOf(account)).toEqual([1, 0]);
});

test('a challenged account is refused by a reason of its own, and only who is absent', async () => {
  const account = await open();
  await ledger.setStanding({ account, standing: 'challenged', by: 0, reason: 'guard' });
  const refused = await ledger.record(ask(account, { subject: randomUUID() }));
  const present = await ledger.record(ask(account, { subject: randomUUID(), present: true }));
  expect(refused).toMatchObject({ outcome: 'refused', because: 'challenged' });
  expect(present.outcome).toBe('disclosed');
});

test('an answered challenge opens the account, by itself, once; nothing further contained', async () => {
  const account = await open();
  const answer = () => database.server.begin((tx) => ledger.answerChallenge(tx, account));
  expect(await answer()).toBe(false);
  for (const standing of ['restricted', 'suspended', 'challenged'] as const) {
    await ledger.setStanding({ account, standing, by: 0, reason: 'guard' });
    expect([standing, await answer()]).toEqual([standing, standing === 'challenged']);
    const now = (await ledger.readAllowance(account))?.standing;
    expect(now).toBe(standing === 'challenged' ? 'open' : standing);
  }
  expect(await answer()).toBe(false);
  const entries = await readEntriesAfter(database.server, { lane: 0, seq: -1, most: 10_000 });
  const [last] = entries.slice(-1);
  expect(last).toMatchObject({ kind: 3, account, by: account, action: 0, reason: 3 });
  // A lane without holes: an answer that changed nothing took no place.
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, place) => place));
});
