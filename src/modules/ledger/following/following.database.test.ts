import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { systemClock } from '../../../platform/clock.ts';
import { createLedger, type Ledger, readEntriesAfter, readFirstUses } from '../index.ts';

let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await cloneDatabase();
  ledger = createLedger(database.server, { lanes: 1, clock: systemClock });
});
afterAll(async () => {
  await ledger.close();
  await database.drop();
});

const person = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

test('entries are read in their order and in full, from any place on, to the microsecond', async () => {
  const account = await ledger.openAccount({
    ...{ organisation: 7, cap: 100_000, renewalPerDay: 1, usualNewPeoplePerDay: 3, openingBalance: 0 },
    peoplePerDayMax: 100_000,
  });
  const asked = { account, session: 5n, organisation: 7, client: 8, network: 9, action: 1, purpose: 1 };
  const other = { nirKey: null, insurers: [1], fields: 5n, reason: 2, present: false, signals: 16 };
  await Promise.all(
    Array.from({ length: 5_000 }, (_, index) =>
      ledger.record({ ...asked, ...other, subject: person(index) }),
    ),
  );
  await ledger.setStanding({ account, standing: 'challenged', by: 0, reason: 'guard' });

  const first = await readEntriesAfter(database.server, { lane: 0, seq: -1, most: 3 });
  expect(first.map(({ seq, kind }) => [seq, kind])).toEqual([
    [0, 5],
    [1, 1],
    [2, 1],
  ]);
  expect(first[1]).toMatchObject({
    ...{ lane: 0, account, by: account, action: 1, organisation: 7, client: 8, network: 9, session: 5 },
    ...{ subject: person(0), outcome: 1, reason: 2, present: false, count: 1 },
  });
  const [told] = await database.owner`
    select (extract(epoch from at) * 1000000)::bigint::text as at from ledger.entry where seq = 1`;
  expect(String(first[1]?.at)).toBe(told?.at);

  for (let seq = -1; ; ) {
    const some = await readEntriesAfter(database.server, { lane: 0, seq, most: 2_000 });
    if (some.length === 0) break;
    expect(some.map((entry) => entry.seq)).toEqual(some.map((_, index) => seq + 1 + index));
    seq += some.length;
  }
  const [last] = await readEntriesAfter(database.server, { lane: 0, seq: 5_000, most: 10 });
  expect(last).toMatchObject({ seq: 5_001, kind: 3, action: 1, by: 0, reason: 2, subject: null });
});

test('however often an account asks again, where it was first is known', async () => {
  const account = await ledger.openAccount({
    ...{ organisation: 7, cap: 100_000, renewalPerDay: 1, usualNewPeoplePerDay: 3, openingBalance: 0 },
    peoplePerDayMax: 100_000,
  });
  const asked = { account, session: 5n, organisation: 7, client: 8, network: 9, action: 1, purpose: 1 };
  const other = { nirKey: null, insurers: [1], fields: 5n, reason: 2, present: false, signals: 0 };
  const draw = (some: Partial<typeof asked>, subject: string) =>
    ledger.record({ ...asked, ...some, ...other, subject });
  await draw({}, person(1));
  for (let piece = 0; piece < 3; piece += 1)
    await Promise.all(Array.from({ length: 1_000 }, () => draw({ network: 777 }, person(1))));
  await draw({ network: 778, client: 0 }, person(2));
  const from = '2000-01-01T00:00:00Z';
  const uses = await readFirstUses(database.server, { lane: 0, account, from });
  expect(uses.map(({ kind, value, drewStrangers }) => [kind, value, drewStrangers])).toEqual([
    ['client', 8, true],
    ['network', 9, true],
    ['network', 777, false],
    ['network', 778, true],
  ]);
  expect(uses.map(({ firstAt }) => firstAt)).toEqual(uses.map(({ firstAt }) => firstAt).sort());
  const later = await readFirstUses(database.server, { lane: 0, account, from: '2100-01-01T00:00:00Z' });
  expect(later).toEqual([]);
});
