import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ClaimBench, nirAt } from '../../../../tests/claiming.ts';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { systemClock } from '../../../platform/clock.ts';
import { uuidArray } from '../../../platform/database/arrays.ts';
import { type Caller, nobody } from '../../access/caller.ts';
import { createLedger, type Ledger } from '../../ledger/index.ts';
import { cancelClaim, contestClaim } from '../index.ts';
import { explainClaims } from './explain-claims.ts';

/** What the ledger hears of claims, while nobody else tells it: the server that took them in is away. */
let database: TestDatabase;
let bench: ClaimBench;
let ledger: Ledger;
let caller: Caller;
let tools: { db: TestDatabase['server']; ledger: Ledger };
/** Two accepted claims for one person. */
let claims: string[];

beforeAll(async () => {
  database = await cloneDatabase();
  bench = new ClaimBench(database);
  await bench.start([{ place: 0 }]);
  const desk = await bench.openDesk('general-practitioner');
  caller = { ...nobody, account: desk.account, organisation: desk.organisation };
  const acts = (at: number) => [{ code: 'G', kind: 'consultation', priceCents: 3000 + at, baseCents: 3000 }];
  const decided = await Promise.all(
    [0, 1].map((at) => {
      const person = { nir: nirAt(0), birthDate: '1984-05-17', careDate: bench.today };
      return bench.decided(desk, { ...person, acts: acts(at) }, randomUUID());
    }),
  );
  claims = decided.map(({ claim }) => String(claim));
  await bench.explained();
  await bench.stop();
  ledger = createLedger(database.server, { lanes: 1, clock: systemClock });
  tools = { db: database.server, ledger };
});
afterAll(async () => {
  await ledger?.close();
  await database?.drop();
});
beforeEach(async () => {
  // As on the evening before any of it was told.
  await database.owner`update claims.claim set state = 2`;
  await database.owner`delete from claims.to_explain`;
  await database.owner`update ledger.pair set state = 1, claim = null`;
  await database.owner`update ledger.account set charged = 1, usual_per_day = 1000 where account = ${caller.account}::int`;
});

const first = () => claims[0] as string;
const second = () => claims[1] as string;
async function isDue(claim: string): Promise<void> {
  await database.owner`
    insert into claims.to_explain (claim, how, at) values (${claim}::uuid, 1, ledger.now())`;
}
async function stands(): Promise<{ charged: number; by: string | null; due: number }> {
  const [row] = await database.owner`
    select a.charged, p.claim as by,
        (select count(*)::int from claims.to_explain) as due
      from ledger.pair p join ledger.account a on a.lane = p.lane and a.account = p.account`;
  return { charged: row?.charged, by: row?.by, due: row?.due };
}
/** Tells all that is due, as a server does second by second. */
async function tellAll(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await explainClaims(tools);
}
/** A server that stands still on its way to the ledger, or on its way back, until it is let go. */
function slowServer(where: 'before' | 'after') {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const slow: Pick<Ledger, 'explainClaims'> = {
    async explainClaims(told) {
      if (where === 'before') await gate;
      const heard = await ledger.explainClaims(told);
      if (where === 'after') await gate;
      return heard;
    },
  };
  return { telling: explainClaims({ db: database.server, ledger: slow }), letGo };
}
/** Only these are accepted. */
async function only(...accepted: string[]): Promise<void> {
  await database.owner`
    update claims.claim set state = case when id = any (${uuidArray(accepted)}::text::uuid[]) then 2 else 3 end`;
}
const cancel = (claim: string) => cancelClaim({ ...tools, keys: bench.keys }, caller, claim);

test('a claim that is cancelled while a server tells of it is taken back after that, by whatever server', async () => {
  await only(first());
  await isDue(first());
  const { telling, letGo } = slowServer('before');
  await expectTaken(first());
  await cancel(first());
  await tellAll();
  letGo();
  await telling;
  await tellAll();
  expect(await stands()).toEqual({ charged: 1, by: null, due: 0 });
});

test('another claim for the person explains them as soon as one is taken back', async () => {
  await only(first(), second());
  await isDue(first());
  await tellAll();
  expect(await stands()).toEqual({ charged: 0, by: first(), due: 0 });
  await cancel(first());
  await tellAll();
  expect(await stands()).toEqual({ charged: 0, by: second(), due: 0 });
  await cancel(second());
  await tellAll();
  expect(await stands()).toEqual({ charged: 1, by: null, due: 0 });
});

test('the other claim is told of again, though the ledger had just heard of it for nothing', async () => {
  await only(first(), second());
  await isDue(first());
  await tellAll();
  await isDue(second());
  const { telling, letGo } = slowServer('after');
  await expectTaken(second());
  await cancel(first());
  await explainClaims(tools);
  letGo();
  await telling;
  await tellAll();
  expect(await stands()).toEqual({ charged: 0, by: second(), due: 0 });
});

test('a claim that is contested and not contested any more explains again', async () => {
  await only(first());
  await isDue(first());
  await tellAll();
  const contest = (what: 'contest' | 'withdraw') =>
    contestClaim(
      { db: database.server, keys: bench.keys },
      { id: first(), insurer: 1, by: 0, what, why: 'said so' },
    );
  await contest('contest');
  await tellAll();
  expect(await stands()).toEqual({ charged: 1, by: null, due: 0 });
  await contest('withdraw');
  await tellAll();
  expect(await stands()).toEqual({ charged: 0, by: first(), due: 0 });
});

test('whoever took claims and died has lost nothing', async () => {
  await isDue(first());
  void slowServer('before');
  await expectTaken(first());
  await tellAll();
  expect(await stands()).toEqual({ charged: 1, by: null, due: 1 });
  await database.owner`update claims.to_explain set at = at - interval '30 seconds'`;
  await tellAll();
  expect(await stands()).toEqual({ charged: 0, by: first(), due: 0 });
});

async function expectTaken(claim: string): Promise<void> {
  await expect
    .poll(async () => {
      const [row] = await database.owner`
        select at > ledger.now() as taken from claims.to_explain where claim = ${claim}::uuid`;
      return row?.taken;
    })
    .toBe(true);
}
