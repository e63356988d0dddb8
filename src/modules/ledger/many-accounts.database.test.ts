import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { systemClock } from '../../platform/clock.ts';
import { createLedger, type Ledger, prepareLedger } from './index.ts';

const lanes = 3;
const figures = {
  organisation: 1,
  cap: 40,
  renewalPerDay: 4,
  usualNewPeoplePerDay: 3,
  peoplePerDayMax: 60,
  openingBalance: 10,
};

let database: TestDatabase;
let ledger: Ledger;
let accounts: number[];

beforeAll(async () => {
  database = await cloneDatabase();
  await database.owner`delete from ledger.lane`;
  await prepareLedger(database.owner, lanes);
  ledger = createLedger(database.server, { lanes, clock: systemClock });
  accounts = await openMany(7);
});

afterAll(async () => {
  await ledger.close();
  await database.drop();
});

test('accounts opened together are as open_account would have opened them', async () => {
  const alone = await ledger.openAccount(figures);
  const rows = await database.owner`
    select a.account, a.lane, to_jsonb(a) - '{account,lane}'::text[] as account_row,
        to_jsonb(e) - '{account,acted_by,lane,seq,at,batch,salt}'::text[] as entry_row
      from ledger.account a join ledger.entry e using (lane, account) order by account`;
  expect(rows.map(({ account }) => account)).toEqual([...accounts, alone]);
  const one = rows.at(-1);
  expect(one?.entry_row).toMatchObject({ kind: 5, count: 1, outcome: 1 });
  for (const { account, lane, account_row, entry_row } of rows) {
    expect([account % lanes, account_row, entry_row]).toEqual([lane, one?.account_row, one?.entry_row]);
  }
  await expectDenseLanes();
});

test('what describes the accounts is written with them or not at all', async () => {
  const before = await entries();
  const failing = ledger.openAccounts([figures, figures], async () => {
    throw new Error('the other half');
  });
  await expect(failing).rejects.toThrow('the other half');
  expect(await entries()).toBe(before);
});

test('seeding many counts the new ones; again, it adds nothing and appends nothing', async () => {
  const relations = accounts.flatMap((account) =>
    Array.from({ length: 50 }, () => ({ account, subject: randomUUID() })),
  );
  const twice = [...relations, ...relations.slice(0, 20)];
  const before = await entries();
  expect(await ledger.countNewRelations(twice)).toBe(350);
  expect(await ledger.seedManyRelations(twice)).toBe(350);
  expect(await entries()).toBe(before + 7);
  expect(await ledger.countNewRelations(twice)).toBe(0);
  expect(await ledger.seedManyRelations(twice)).toBe(0);
  expect(await ledger.seedRelations(accounts[0] ?? 0, [relations[0]?.subject ?? ''])).toBe(0);
  expect(await entries()).toBe(before + 7);
  await expectDenseLanes();
});

test('a person forgotten after 13 months is seeded again; one who was drawn is not', async () => {
  const [account = 0] = accounts;
  const [old, drawn] = [randomUUID(), randomUUID()];
  await ledger.seedRelations(account, [old, drawn]);
  await database.owner`
    update ledger.pair set last_on = last_on - 500, state = case when subject = ${drawn} then 1 else 2 end
     where subject in (${old}, ${drawn})`;
  const relations = [old, drawn].map((subject) => ({ account, subject }));
  expect(await ledger.countNewRelations(relations)).toBe(1);
  expect(await ledger.seedManyRelations(relations)).toBe(1);
});

test('an account that does not exist fails, and nothing of its batch stays', async () => {
  const [account = 0] = accounts;
  const before = await entries();
  const relations = [account, account + lanes * 1000].map((one) => ({ account: one, subject: randomUUID() }));
  await expect(ledger.seedManyRelations(relations)).rejects.toThrow('no account');
  await expect(ledger.seedRelations(account + lanes * 1000, [randomUUID()])).rejects.toThrow();
  expect(await entries()).toBe(before);
  await expectDenseLanes();
});

async function openMany(count: number): Promise<number[]> {
  const opened: number[] = [];
  await ledger.openAccounts(
    Array.from({ length: count }, () => figures),
    async (_tx, some) => void opened.push(...some.map(({ account }) => account)),
  );
  return opened.sort((a, b) => a - b);
}

async function entries(): Promise<number> {
  const [row] = await database.owner`select count(*)::int as entries from ledger.entry`;
  return row?.entries;
}

/** A lane's sequence numbers have no gap, and the lane knows how many there are. */
async function expectDenseLanes(): Promise<void> {
  const rows = await database.owner`
    select l.lane, l.size::int as size, count(e.seq)::int as entries, coalesce(max(e.seq) + 1, 0)::int as next
      from ledger.lane l left join ledger.entry e on e.lane = l.lane group by l.lane, l.size`;
  expect(rows.length).toBe(lanes);
  for (const { size, entries: counted, next } of rows) expect([counted, next]).toEqual([size, size]);
}
