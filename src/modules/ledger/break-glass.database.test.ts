import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { type PlayedDays, playDays } from '../../../tests/played-days.ts';
import { connect, type Database } from '../../platform/database/connect.ts';
import { type Ask, createLedger, emergencies, type Ledger, type Recorded } from './index.ts';

let database: TestDatabase;
let days: PlayedDays;
let other: Database;
let servers: [Ledger, Ledger];
let today = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  days = await playDays(database.owner, '2026-03-02', 60);
  other = connect(database.serverUrl, { max: 4 });
  const { clock } = days;
  servers = [createLedger(database.server, { lanes: 1, clock }), createLedger(other, { lanes: 1, clock })];
});
afterAll(async () => {
  await Promise.all(servers.map((ledger) => ledger.close()));
  await other.end();
  await database.drop();
});

const openAccount = (cap: number) =>
  servers[0].openAccount({
    ...{ organisation: 1, cap, renewalPerDay: 1, usualNewPeoplePerDay: 2, peoplePerDayMax: 40 },
    openingBalance: 0,
  });

const inEmergency = (account: number, some: Partial<Ask> = {}): Ask => ({
  ...{ account, session: 1n, organisation: 1, client: 1, network: 1, purpose: 1, reason: 1, signals: 0 },
  ...{ action: emergencies['unconscious-person'], subject: randomUUID(), nirKey: null, insurers: [1] },
  ...{ fields: 5n, present: false },
  ...some,
});

const word = (said: Recorded) => (said.outcome === 'refused' ? said.because : said.outcome);
const isBeyond = (said: Recorded) => said.outcome === 'disclosed' && said.breakGlass;

async function entriesOf(account: number) {
  const rows = await database.owner`
    select action, outcome, reason from ledger.entry
     where account = ${account} and kind = 1 order by actor_seq`;
  return rows.map(({ action, outcome, reason }) => [action, outcome, reason]);
}

test('asked for where it is not needed, it is a lookup like another and costs one', async () => {
  const account = await openAccount(1);
  expect(isBeyond(await servers[0].record(inEmergency(account)))).toBe(false);
  const [first] = await entriesOf(account);
  expect(first).toEqual([1, 1, 1]);
  expect(await servers[0].readAllowance(account)).toMatchObject({ left: 0, reasonsLeftThisWeek: 5 });
});

test('beyond the allowance: the entry has its reason, the week one less, the balance stays', async () => {
  const account = await openAccount(0);
  expect(isBeyond(await servers[0].record(inEmergency(account)))).toBe(true);
  expect(await entriesOf(account)).toEqual([[emergencies['unconscious-person'], 1, 1]]);
  expect(await servers[0].readAllowance(account)).toMatchObject({ charged: 0, reasonsLeftThisWeek: 4 });
});

test('on two servers and many connections, with reasons by hand between: five a week together', async () => {
  const account = await openAccount(8);
  const drawn = Array.from({ length: 8 }, () => randomUUID());
  for (const subject of drawn) await servers[0].record(inEmergency(account, { subject, action: 1 }));
  const attacks = Array.from({ length: 120 }, (_, index) => servers[index % 2]?.record(inEmergency(account)));
  const reasons = drawn.map((subject, index) =>
    servers[index % 2]?.explain({ account, subject, how: 'reason', by: account }),
  );
  const said = await Promise.all(attacks);
  const byHand = (await Promise.all(reasons)).filter((outcome) => outcome === 'explained').length;
  const beyond = said.filter((one) => one !== undefined && isBeyond(one)).length;
  expect(byHand + beyond).toBe(5);
  const [people] = await database.owner`
    select count(distinct subject)::int as people from ledger.entry
     where account = ${account} and kind = 1 and outcome = 1`;
  expect(people?.people).toBe(13);
});

test('a week of thefts is the maximum that is stated, and no more comes before seven days', async () => {
  const account = await openAccount(2);
  const beyondOn: number[] = [];
  const start = today;
  for (; today < start + 14; today += 1) {
    await days.goTo(today);
    const said = await Promise.all(Array.from({ length: 9 }, () => servers[0].record(inEmergency(account))));
    beyondOn.push(said.filter(isBeyond).length);
  }
  expect(beyondOn).toEqual([5, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0]);
});

test('an unknown person costs the unknown balance and tells no more than an existing one would', async () => {
  const account = await openAccount(0);
  const unknown = { subject: null, nirKey: Buffer.alloc(16, 9) };
  expect(word(await servers[0].record(inEmergency(account, unknown)))).toBe('unknown');
  expect(await servers[0].readAllowance(account)).toMatchObject({ unknownLeft: 19, reasonsLeftThisWeek: 5 });
  for (let time = 0; time < 5; time += 1) await servers[0].record(inEmergency(account));
  const refused = [
    await servers[0].record(inEmergency(account, unknown)),
    await servers[1].record(inEmergency(account)),
  ];
  expect(refused.map(word)).toEqual(['break-glass-spent', 'break-glass-spent']);
});

test.each(['challenged', 'restricted', 'suspended'] as const)(
  'a %s account breaks no glass',
  async (standing) => {
    const account = await openAccount(0);
    await servers[0].setStanding({ account, standing, by: 0, reason: 'operator' });
    const said = word(await servers[1].record(inEmergency(account)));
    expect(said).toBe(standing);
    expect(await servers[0].readAllowance(account)).toMatchObject({ reasonsLeftThisWeek: 5 });
  },
);

test('a person whose card is there needs no glass', async () => {
  const account = await openAccount(0);
  const said = await servers[0].record(inEmergency(account, { present: true }));
  expect([word(said), isBeyond(said)]).toEqual(['disclosed', false]);
  expect(await entriesOf(account)).toEqual([[1, 1, 1]]);
});

test('without its entry there is no answer', async () => {
  const account = await openAccount(0);
  await database.owner`alter table ledger.entry add constraint broken check (action <> 4) not valid`;
  const asked = inEmergency(account, { action: emergencies['person-cannot-answer'] });
  await expect(servers[0].record(asked)).rejects.toMatchObject({ code: 'ledger-unavailable' });
  await database.owner`alter table ledger.entry drop constraint broken`;
  expect(await servers[0].readAllowance(account)).toMatchObject({ reasonsLeftThisWeek: 5 });
});
