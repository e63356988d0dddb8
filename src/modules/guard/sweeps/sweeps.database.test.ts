import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { systemClock } from '../../../platform/clock.ts';
import { markDemo } from '../../access/index.ts';
import { createLedger, type Ledger } from '../../ledger/index.ts';
import { confirmCase } from '../acting/end-cases.ts';
import { takeStep } from '../acting/take-step.ts';
import type { Finding } from '../fold/finding.ts';
import { blockByHand, blockUnused, openBlocked } from '../networks/block-networks.ts';
import { readBlockEffect } from '../networks/read-network-use.ts';
import { listBlocked } from '../networks/store.ts';
import { listSweeps } from './read-sweeps.ts';
import { startSweeps } from './run-sweeps.ts';

let bench: GuardBench;
let past: Ledger;
let present: Ledger;
const daysAgo = 20;
beforeEach(async () => {
  bench = new GuardBench();
  await bench.begin();
  present = bench.ledger;
  const now = () => systemClock.now() - BigInt(daysAgo * 86_400) * 1_000_000n;
  past = createLedger(bench.database.server, { lanes: 1, clock: { ...systemClock, now } });
});
afterEach(async () => {
  bench.ledger = present;
  await past.close();
  await bench.end();
});
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 });
const thief = { network: 777, client: 30, session: 99n };

type Work = { readonly from?: Partial<typeof thief>; readonly people: number; readonly at?: number };
type Worked = { readonly account: number; readonly organisation: number; readonly last: number };

/** Sets the ledger's clock, which the past ledger agrees with. */
const clockBehind = (days: number) =>
  bench.database.owner.unsafe(`
    create or replace function ledger.now() returns timestamptz language sql volatile
      as $$ select clock_timestamp() - interval '${days} days' $$`);

/**
 * Accounts that worked at their own desks three weeks ago, and now in the thief's hands, if they are
 * stolen.
 */
async function work(...all: readonly Work[]): Promise<Worked[]> {
  await clockBehind(daysAgo);
  bench.ledger = past;
  const opened = [];
  for (const { at } of all) {
    const { account, organisation } = await bench.open(at === undefined ? {} : { at });
    const desk = { network: 10_000 + account, client: 1, session: BigInt(account), organisation };
    await bench.draw(account, 0, 0, desk);
    opened.push({ account, organisation, desk });
  }
  await clockBehind(0);
  bench.ledger = present;
  const worked: Worked[] = [];
  for (const [place, { from, people }] of all.entries()) {
    const { account, organisation, desk } = opened[place] as (typeof opened)[number];
    let last = 0;
    for (let person = 1; person <= people; person += 1)
      last = (await bench.draw(account, person, 0, { ...desk, ...from })).seq;
    worked.push({ account, organisation, last });
  }
  return worked;
}

/** A case of an account, as the guard opens it, confirmed by a person. */
async function confirm({ account, organisation, last }: Worked) {
  const finding: Finding = {
    ...{ account, lane: 0, seq: last, at: Date.now() * 1000, bits: 20, own: [] },
    ...{ level: 'restrict', honey: false },
  };
  const known = { profession: 'optician', dailyLookups: 10, organisation };
  const asked = { finding, known, from: 0, points: [], to: 2, isShadow: false };
  const { caseFile } = await takeStep(bench.tools, asked);
  const verdict = { caseFile: String(caseFile), by: 99, why: 'The holder was on holiday' };
  await confirmCase(bench.tools, verdict);
  return String(caseFile);
}

const swept = (count: number) =>
  until(async () => {
    const sweeps = await listSweeps(bench.database.server);
    expect(sweeps.filter(({ endedAt }) => endedAt !== null)).toHaveLength(count);
  });
const isBlocked = async (network: number) =>
  (await bench.database.owner`select from access.blocked_network where network = ${network}`).length > 0;

test('a confirmed case finds who was in the same hands; those alike in two ways are challenged', async () => {
  const all = await work(
    { from: thief, people: 7 },
    { from: { client: 30 }, people: 3 },
    { people: 3 },
    { from: thief, people: 5 },
  );
  const [accomplice, colleague, stranger, stolen] = all as [Worked, Worked, Worked, Worked];
  const caseFile = await confirm(stolen);
  bench.startGuard();
  await swept(1);
  const [sweep, ...others] = await listSweeps(bench.database.server);
  expect(others).toEqual([]);
  expect(sweep).toMatchObject({ case: caseFile, campaign: null });
  expect(sweep?.accounts).toMatchObject([
    { account: accomplice.account, people: 7, standing: 'challenged', families: expect.any(Array) },
    { account: colleague.account, people: 3, standing: 'challenged', families: ['client', 'sign-in'] },
  ]);
  expect(await bench.standingOf(stranger.account)).toBe(0);
  // Nobody knows of the accomplice yet that it was stolen: its network may be an honest desk.
  expect(await isBlocked(777)).toBe(false);
}, 60_000);

test('only watching, a sweep lists and challenges nobody, and blocks nothing', async () => {
  await bench.setShadow(true);
  const [accomplice, stolen] = (await work(
    { from: { ...thief, network: 778 }, people: 2 },
    { from: thief, people: 2 },
  )) as [Worked, Worked];
  await confirm(stolen);
  bench.startGuard();
  await swept(1);
  expect((await listSweeps(bench.database.server))[0]?.accounts).toMatchObject([
    { account: accomplice.account, standing: 'open' },
  ]);
  expect(await isBlocked(777)).toBe(false);
}, 60_000);

test('killed again and again, a sweep reads every entry of its days once', async () => {
  const [accomplice, stolen, busy] = (await work(
    { from: thief, people: 4 },
    { from: thief, people: 2 },
    { people: 1 },
  )) as [Worked, Worked, Worked];
  const { account } = busy;
  const many = Array.from({ length: 6_000 }, (_, person) =>
    bench.draw(account, person, 0, person % 3 === 0 ? { network: 777 } : {}),
  );
  await Promise.all(many);
  await confirm(stolen);
  const [before] = await bench.database.owner`
    select count(*)::int as entries from ledger.entry where at <= (select to_at from guard.sweep)`;
  const isOver = async () => (await listSweeps(bench.database.server))[0]?.endedAt !== null;
  for (let round = 0; round < 40 && !(await isOver()); round += 1) {
    const guard = bench.startGuard();
    await new Promise((resolve) => setImmediate(resolve));
    await bench.database.owner`
      select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'vigie lock' and datname = current_database()`;
    await guard.stop();
  }
  bench.startGuard();
  await until(async () => expect(await isOver()).toBe(true));
  const [sweep] = await listSweeps(bench.database.server);
  expect(sweep?.entries).toBe(before?.entries);
  const people = new Map(sweep?.accounts.map((found) => [found.account, found.people]));
  expect(people.get(account)).toBeGreaterThanOrEqual(1_999);
  expect(people.get(account)).toBeLessThanOrEqual(2_000);
  expect(people.get(accomplice.account)).toBe(4);
}, 120_000);

test('a network that only confirmed accounts used is blocked, as an entry, and opened for good', async () => {
  const [accomplice, stolen] = (await work({ from: thief, people: 7 }, { from: thief, people: 5 })) as [
    Worked,
    Worked,
  ];
  const officer = await bench.open({ role: 'security-officer', email: 'securite@essais.example' });
  await confirm(accomplice);
  await confirm(stolen);
  bench.startGuard();
  await swept(2);
  expect(await isBlocked(777)).toBe(true);
  const looked = (await listSweeps(bench.database.server)).map(({ networks }) => networks);
  expect(looked).toEqual(Array(2).fill([{ network: 777, others: 1, became: 'blocked' }]));
  const entries = () => bench.database.owner`
    select account, acted_by, action, network, reason from ledger.entry where kind = 10 order by seq`;
  const [blocked, ...more] = await entries();
  expect(more).toEqual([]);
  expect({ ...blocked }).toMatchObject({ acted_by: 0, action: 1, network: 777, reason: 2 });
  const [mail] = await bench.database.owner`select count(*)::int as letters from messages.outbox`;
  expect(mail?.letters).toBeGreaterThan(0);

  const [{ block = '', account = 0 } = {}] = await listBlocked(bench.database.server);
  const verdict = { block, why: 'A practice moved in' };
  await expect(openBlocked(bench.tools, { ...verdict, by: account })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await openBlocked(bench.tools, { ...verdict, by: officer.account });
  expect(await isBlocked(777)).toBe(false);
  await expect(openBlocked(bench.tools, { ...verdict, by: 99 })).rejects.toMatchObject({
    code: 'already-reviewed',
  });
  expect((await entries()).map(({ acted_by, action }) => [acted_by, action])).toEqual([
    [0, 1],
    [officer.account, 0],
  ]);
  // Another theft from there, confirmed later: what a person opened stays open.
  await blockUnused(bench.tools, { sweep: '1', networks: [777] });
  expect(await isBlocked(777)).toBe(false);
}, 60_000);

test('a network from which somebody beyond suspicion looked somebody up is left alone', async () => {
  const [stolen] = (await work({ from: thief, people: 5 })) as [Worked];
  // Of the same house even: its new office is no thief's den.
  const colleague = await bench.open({ at: stolen.organisation });
  await bench.draw(colleague.account, 0, 0, { network: 777, organisation: stolen.organisation });
  await confirm(stolen);
  bench.startGuard();
  await swept(1);
  expect(await isBlocked(777)).toBe(false);
  const [sweep] = await listSweeps(bench.database.server);
  expect(sweep?.networks).toEqual([{ network: 777, others: 1, became: 'left' }]);
}, 60_000);

test('an honest neighbour keeps its network, by hand too, until its theft is confirmed', async () => {
  const [neighbour, stolen] = (await work(
    { from: { network: 777 }, people: 3 },
    { from: thief, people: 5 },
  )) as [Worked, Worked];
  await confirm(stolen);
  bench.startGuard();
  await swept(1);
  // The sweep itself challenged it, which proves nothing.
  expect(await bench.standingOf(neighbour.account)).toBe(1);
  expect(await isBlocked(777)).toBe(false);
  const asked = { sweep: '1', network: 777 };
  const effect = () => readBlockEffect(bench.database.server, asked);
  expect(await effect()).toMatchObject({ state: 'used', accounts: 1, organisations: 1 });
  const order = { ...asked, by: 99, why: 'The police name this address' };
  await expect(blockByHand(bench.tools, order)).rejects.toMatchObject({
    code: 'network-in-use',
    detail: expect.stringContaining(': 1, of 1 organisations'),
  });
  expect(await isBlocked(777)).toBe(false);
  await confirm(neighbour);
  await swept(2);
  // Another of the two sweeps may have blocked it meanwhile: then a person has nothing left to do.
  expect(await effect()).toMatchObject({ state: 'blocked', accounts: 0, stolen: 1 });
  await expect(blockByHand(bench.tools, order)).rejects.toMatchObject({ code: 'already-reviewed' });
}, 60_000);

test('an account without a desk of its own has both networks looked for, and none blocked', async () => {
  const { account, organisation } = await bench.open();
  const { seq: last } = await bench.draw(account, 1, 0, { ...thief, organisation });
  await bench.draw(account, 2, 0, { network: 10_001, client: 1, organisation });
  await confirm({ account, organisation, last });
  bench.startGuard();
  await swept(1);
  const [sweep] = await listSweeps(bench.database.server);
  expect(sweep?.networks.map(({ network, became }) => [network, became])).toEqual([
    [777, 'left'],
    [10_001, 'left'],
  ]);
  // A person who knows which is the thief's decides; all the rest is as when the guard does.
  const officer = await bench.open({ role: 'security-officer', email: 'securite@essais.example' });
  const order = { sweep: String(sweep?.sweep), network: 777, by: officer.account, why: 'Not its street' };
  await expect(blockByHand(bench.tools, { ...order, by: account })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(blockByHand(bench.tools, { ...order, network: 4_000_000_000 })).rejects.toMatchObject({
    code: 'not-found',
  });
  const twice = [blockByHand(bench.tools, order), blockByHand(bench.tools, order)];
  const done = await Promise.allSettled(twice);
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await isBlocked(777)).toBe(true);
  const entries = await bench.database.owner`
    select account, acted_by, action, network, reason from ledger.entry where kind = 10`;
  expect(entries.map((each) => ({ ...each }))).toEqual([
    { account, acted_by: officer.account, action: 1, network: 777, reason: 1 },
  ]);
  const [told] = await bench.database
    .owner`select data from guard.event where type = 'guard.network.blocked'`;
  expect(told?.data).toMatchObject({ network: 777, account, by: officer.account });
  expect((await listBlocked(bench.database.server))[0]).toMatchObject({ blockedBy: officer.account });
  expect((await listSweeps(bench.database.server))[0]?.networks[0]?.became).toBe('blocked');
}, 60_000);

test('given back to its holder, a stolen account that works from the network keeps it open', async () => {
  await markDemo(bench.database.owner);
  const { account, organisation } = await bench.open();
  const { seq: last } = await bench.draw(account, 1, 0, { ...thief, organisation });
  await confirm({ account, organisation, last });
  bench.startGuard();
  await swept(1);
  const asked = { sweep: '1', network: 777 };
  const state = async () => (await readBlockEffect(bench.database.server, asked)).state;
  await bench.database.owner`insert into access.demo_account values (${account})`;
  const signIn = (at: string) =>
    bench.database.owner.unsafe(`
      insert into access.session (hash, account, by_demo, network, client, created_at, seen_at)
      values (sha256(gen_random_uuid()::text::bytea), ${account}, ${account}, 777, 1, ${at}, ${at})`);
  await signIn(`now() - interval '1 day'`);
  expect(await state()).toBe('free');
  await signIn('now()');
  // Suspended, whatever is done there is the thief's.
  expect(await state()).toBe('free');
  await bench.database.owner`update ledger.account set standing = 0 where account = ${account}`;
  expect(await state()).toBe('used');
  await bench.database.owner`update guard.sweep set ended_at = now() - interval '31 days'`;
  expect(await state()).toBe('old');
  await bench.database.owner`update guard.sweep set ended_at = null`;
  expect(await state()).toBe('unread');
}, 60_000);

test('a sweep that cannot be kept rests, and the others end', async () => {
  const [one, two] = (await work(
    { from: thief, people: 3 },
    { from: { ...thief, network: 778 }, people: 3 },
  )) as [Worked, Worked];
  await confirm(one);
  await confirm(two);
  await bench.database.owner.unsafe(`
    create function guard.refuse() returns trigger language plpgsql
      as $$ begin raise exception 'no room'; end $$;
    create trigger refuse before update on guard.sweep for each row when (new.account = ${one.account})
      execute function guard.refuse();`);
  bench.startGuard();
  await swept(1);
  const ended = (await listSweeps(bench.database.server)).filter(({ endedAt }) => endedAt !== null);
  expect(ended).toMatchObject([{ networks: [{ network: 778 }] }]);
  await until(() => expect(bench.logged.join()).toContain('a sweep rests'));
}, 60_000);

test('twenty accounts confirmed at once are swept in one reading', async () => {
  for (const each of await work(...Array(20).fill({ from: thief, people: 3 }))) await confirm(each);
  const reads: string[] = [];
  bench.database.server.options.debug = (_connection, query) => {
    if (query.includes('from ledger.entry') && query.includes('order by lane, seq')) reads.push(query);
  };
  const sweeps = startSweeps(bench.tools);
  await swept(20);
  await sweeps.stop();
  expect(reads.length).toBeGreaterThan(0);
  expect(reads.length).toBeLessThan(10);
  expect(await isBlocked(777)).toBe(true);
}, 60_000);
