import { randomUUID } from 'node:crypto';
import { connect as connectSocket, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { systemClock } from '../../platform/clock.ts';
import { connect, type Database } from '../../platform/database/connect.ts';
import { type Ask, createLedger, type Ledger } from './index.ts';

let database: TestDatabase;
let ledger: Ledger;
const others: Database[] = [];

beforeEach(async () => {
  database = await cloneDatabase();
  ledger = createLedger(database.server, { lanes: 1, clock: systemClock });
});
afterEach(async () => {
  await ledger.close();
  await Promise.all(others.splice(0).map((db) => db.end({ timeout: 1 })));
  await database.drop();
});

const cap = 40;
const openAccount = () =>
  ledger.openAccount({
    organisation: 1,
    cap,
    renewalPerDay: 4,
    usualNewPeoplePerDay: 3,
    peoplePerDayMax: 1000,
    openingBalance: 0,
  });

function ask(account: number, subject: string = randomUUID()): Ask {
  return {
    account,
    session: 1n,
    organisation: 1,
    client: 1,
    network: 1,
    action: 1,
    purpose: 1,
    subject,
    nirKey: null,
    insurers: [1],
    fields: 5n,
    reason: 0,
    present: false,
    signals: 0,
  };
}

/** Only the owner may replace the ledger's clock. */
async function setLedgerClock(now: string): Promise<void> {
  await database.owner.unsafe(
    `create or replace function ledger.now() returns timestamptz language sql volatile
       as $$ select ${now} $$`,
  );
}

async function expectNoHole(): Promise<void> {
  const [lane] = await database.owner`
    select count(*)::int as entries, coalesce(max(seq), -1)::int as last,
        (select size::int from ledger.lane) as size from ledger.entry`;
  expect(lane).toEqual({ entries: lane?.size, last: (lane?.size ?? 0) - 1, size: lane?.size });
  const holes = await database.owner`
    select account from ledger.entry group by account having count(*) <> max(actor_seq) or count(distinct
        actor_seq) <> count(*)`;
  expect(holes).toEqual([]);
}

test('two servers hammer one account: never one person over', async () => {
  const account = await openAccount();
  const second = connect(database.serverUrl, { max: 4 });
  others.push(second);
  const servers = [ledger, createLedger(second, { lanes: 1, clock: systemClock })];
  const said = await Promise.all(
    Array.from({ length: 600 }, (_, index) => (servers[index % 2] as Ledger).record(ask(account))),
  );
  expect(said.filter((one) => one.outcome === 'disclosed')).toHaveLength(cap);
  await expectNoHole();
});

test('after a suspension no disclosed entry has a later number, on any server', async () => {
  const account = await openAccount();
  const second = connect(database.serverUrl, { max: 4 });
  others.push(second);
  const other = createLedger(second, { lanes: 1, clock: systemClock });
  const subject = randomUUID();
  let running = true;
  const hammer = async (server: Ledger) => {
    while (running) await server.record(ask(account, subject));
  };
  const hammers = [hammer(ledger), hammer(other), hammer(ledger)];
  await ledger.record(ask(account, subject));
  const { seq } = await other.setStanding({ account, standing: 'suspended', by: 0, reason: 'operator' });
  await ledger.record(ask(account, subject));
  running = false;
  await Promise.all(hammers);
  const [late] = await database.owner`
    select count(*)::int as count from ledger.entry where outcome = 1 and kind = 1
        and seq > ${String(seq)}::text::bigint`;
  expect(late?.count).toBe(0);
});

test('a receipt that grew old is checked again: nothing leaves a second after a suspension', async () => {
  let later = 0;
  const slow = createLedger(database.server, {
    lanes: 1,
    clock: { now: systemClock.now, monotonic: () => performance.now() + later },
  });
  const account = await openAccount();
  const recorded = await slow.record(ask(account));
  if (recorded.outcome !== 'disclosed') throw new Error('refused');
  await ledger.setStanding({ account, standing: 'suspended', by: 0, reason: 'operator' });
  later = 900;
  await expect(slow.confirmOpen(recorded.receipt)).rejects.toMatchObject({ code: 'account-suspended' });
});

/** A wire that can be cut after the database took the statement and before its answer comes back. */
async function cuttableWire(
  target: URL,
): Promise<{ url: string; wire: Server; cutAnswers(times: number): void; cutsLeft(): number }> {
  let cuts = 0;
  const wire = createServer((client: Socket) => {
    const upstream = connectSocket(Number(target.port), target.hostname);
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (bytes) => upstream.write(bytes));
    upstream.on('data', (bytes) => {
      // Rows of the record's answer are a DataRow message ('D') with this column's digits and braces in it.
      if (cuts > 0 && bytes.includes('{1}') && bytes.includes('{0}')) {
        cuts -= 1;
        end();
      } else client.write(bytes);
    });
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  const address = wire.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url.port = String(address.port);
  url.hostname = '127.0.0.1';
  return {
    cutsLeft: () => cuts,
    url: url.href,
    wire,
    cutAnswers: (times) => {
      cuts = times;
    },
  };
}

test('an unknown outcome is resolved by the batch id: recorded once, charged once', async () => {
  const { url, wire, cutAnswers, cutsLeft } = await cuttableWire(new URL(database.serverUrl));
  const cut = connect(url, { max: 1 });
  others.push(cut);
  const account = await openAccount();
  const over = createLedger(cut, { lanes: 1, clock: systemClock });
  await over.record(ask(account));
  cutAnswers(2);
  const recorded = await over.record(ask(account));
  expect(recorded.outcome).toBe('disclosed');
  expect(cutsLeft()).toBe(0);
  const [counted] = await database.owner`
    select count(*)::int as lookups,
        (select charged from ledger.account) as charged from ledger.entry where kind = 1`;
  expect(counted).toEqual({ lookups: 2, charged: 2 });
  await expectNoHole();
  wire.close();
});

test('a batch id used for other asks is refused', async () => {
  const account = await openAccount();
  const { recordBatch } = await import('./store.ts');
  const batch = {
    lane: 0,
    id: randomUUID(),
    serverAt: systemClock.now(),
    asks: [ask(account)],
    salts: ['0'.repeat(32)],
  };
  const first = await recordBatch(database.server, batch);
  expect(await recordBatch(database.server, batch)).toEqual(first);
  await expect(
    recordBatch(database.server, { ...batch, asks: [{ ...ask(account), fields: 1n }] }),
  ).rejects.toMatchObject({ code: 'VG003' });
});

test('a clock that jumps ten days stops the lane, and only while it lasts', async () => {
  const account = await openAccount();
  await setLedgerClock(`clock_timestamp() + interval '10 days'`);
  await expect(ledger.record(ask(account))).rejects.toMatchObject({ code: 'ledger-unavailable' });
  await setLedgerClock('clock_timestamp()');
  expect((await ledger.record(ask(account))).outcome).toBe('disclosed');
  await expectNoHole();
});

test('a missing partition stops the lane without a gap, and creating it is enough', async () => {
  const account = await openAccount();
  const [month] = await database.owner`select to_char(now() at time zone 'UTC', 'YYYY_MM') as name`;
  await database.owner.unsafe(`alter table ledger.entry detach partition ledger.entry_${month?.name}`);
  await expect(ledger.record(ask(account))).rejects.toMatchObject({ code: 'ledger-unavailable' });
  const [{ from, to } = { from: '', to: '' }] = await database.owner`
    select date_trunc('month', now() at time zone 'UTC')::text || '+00' as from,
           (date_trunc('month', now() at time zone 'UTC') + interval '1 month')::text || '+00' as to`;
  await database.owner.unsafe(
    `alter table ledger.entry attach partition ledger.entry_${month?.name}
      for values from ('${from}') to ('${to}')`,
  );
  expect((await ledger.record(ask(account))).outcome).toBe('disclosed');
  await expectNoHole();
});

test('a transaction left open on the lane: no answer, then recovery without a restart', async () => {
  const account = await openAccount();
  const held = await database.owner.reserve();
  await held`begin`;
  await held`select * from ledger.lane for update`;
  await expect(ledger.record(ask(account))).rejects.toMatchObject({ code: 'ledger-unavailable' });
  await held`rollback`;
  held.release();
  expect((await ledger.record(ask(account))).outcome).toBe('disclosed');
  await expectNoHole();
});

test('connections terminated under load: no hole, nobody over, nothing acknowledged is lost', async () => {
  const accounts = await Promise.all(Array.from({ length: 5 }, openAccount));
  let running = true;
  const acknowledged: bigint[] = [];
  const clients = Array.from({ length: 16 }, async (_, index) => {
    while (running) {
      const said = await ledger.record(ask(accounts[index % 5] as number)).catch(() => undefined);
      if (said?.outcome === 'disclosed') acknowledged.push(said.receipt.seq);
    }
  });
  for (let round = 0; round < 30; round += 1) {
    await database.owner`
      select pg_terminate_backend(pid) from pg_stat_activity where usename = 'vigie_server'
          and datname = current_database()`;
    await database.owner`select pg_sleep(${Math.random() * 0.02}::float)`;
  }
  running = false;
  await Promise.all(clients);
  const rows = await database.owner`select seq::text as seq from ledger.entry where kind = 1 and outcome = 1`;
  const durable = new Set(rows.map((row) => row.seq as string));
  expect(acknowledged.filter((seq) => !durable.has(String(seq)))).toEqual([]);
  const over =
    await database.owner`select account from ledger.pair group by account having count(*) > ${cap}::int`;
  expect(over).toEqual([]);
  await expectNoHole();
});

test('the server executes the functions and writes nothing of the ledger otherwise', async () => {
  const account = await openAccount();
  for (const statement of [
    `insert into ledger.lane (lane) values (9)`,
    `update ledger.account set charged = 0`,
    `delete from ledger.entry`,
    `update ledger.pair set state = 2`,
    `select ledger.erase_salts(now())`,
    `select ledger.write_act(0::smallint, 0, now(), ${account}, 0, 1::smallint, 0::smallint, 0::smallint,
      null, 1)`,
    `create or replace function ledger.now() returns timestamptz language sql as 'select null::timestamptz'`,
  ]) {
    await expect(database.server.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' });
  }
});

test('both clocks jump together: nothing is renewed or written until they come back', async () => {
  let jumpedMs = 0;
  const clock = { now: () => systemClock.now() + BigInt(jumpedMs) * 1000n, monotonic: systemClock.monotonic };
  const jumpy = createLedger(database.server, { lanes: 1, clock });
  const account = await openAccount();
  await jumpy.record(ask(account));
  jumpedMs = 10 * 86_400_000;
  await setLedgerClock(`clock_timestamp() + interval '10 days'`);
  await expect(jumpy.record(ask(account))).rejects.toMatchObject({ code: 'ledger-unavailable' });
  await expect(jumpy.readAllowance(account)).rejects.toMatchObject({ code: 'ledger-unavailable' });
  jumpedMs = 0;
  await setLedgerClock('clock_timestamp()');
  expect((await jumpy.record(ask(account))).outcome).toBe('disclosed');
  await expectNoHole();
});
