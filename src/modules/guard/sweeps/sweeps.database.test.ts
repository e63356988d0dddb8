import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { confirmCase } from '../acting/end-cases.ts';
import { takeStep } from '../acting/take-step.ts';
import type { Finding } from '../fold/finding.ts';
import { openBlocked } from '../networks/block-networks.ts';
import { listBlocked } from '../networks/store.ts';
import { listSweeps } from './read-sweeps.ts';
import { startSweeps } from './run-sweeps.ts';

let bench: GuardBench;
beforeEach(async () => {
  bench = new GuardBench();
  await bench.begin();
});
afterEach(() => bench.end());
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 });
const thief = { network: 777, client: 30, session: 99n };

/** An account that works at its own desk, and then in the thief's hands, if it is stolen. */
async function work(from: Partial<typeof thief>, people: number) {
  const { account, organisation } = await bench.open();
  const desk = { network: 10_000 + account, client: 1, session: BigInt(account), organisation };
  await bench.draw(account, 0, 0, desk);
  let last = 0;
  for (let person = 1; person <= people; person += 1)
    last = (await bench.draw(account, person, 0, { ...desk, ...from })).seq;
  return { account, organisation, last };
}

/** A case of an account, as the guard opens it, confirmed by a person. */
async function confirm({
  account,
  organisation,
  last,
}: {
  account: number;
  organisation: number;
  last: number;
}) {
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

test('a confirmed case finds who was in the same hands; those alike in two ways are challenged', async () => {
  const accomplice = await work(thief, 7);
  const colleague = await work({ client: 30 }, 3);
  const stranger = await work({}, 3);
  const stolen = await work(thief, 5);
  const caseFile = await confirm(stolen);
  bench.startGuard();
  await until(async () => expect((await listSweeps(bench.database.server))[0]?.endedAt).not.toBeNull());
  const [sweep, ...others] = await listSweeps(bench.database.server);
  expect(others).toEqual([]);
  expect(sweep).toMatchObject({ case: caseFile, campaign: null });
  expect(sweep?.accounts).toMatchObject([
    { account: accomplice.account, people: 7, standing: 'challenged', families: expect.any(Array) },
    { account: colleague.account, people: 3, standing: 'challenged', families: ['client', 'sign-in'] },
  ]);
  expect(await bench.standingOf(stranger.account)).toBe(0);
}, 60_000);

test('only watching, a sweep lists and challenges nobody', async () => {
  await bench.setShadow(true);
  const accomplice = await work(thief, 2);
  await confirm(await work(thief, 2));
  bench.startGuard();
  await until(async () => expect((await listSweeps(bench.database.server))[0]?.endedAt).not.toBeNull());
  expect((await listSweeps(bench.database.server))[0]?.accounts).toMatchObject([
    { account: accomplice.account, standing: 'open' },
  ]);
}, 60_000);

test('killed again and again, a sweep reads every entry of its days once', async () => {
  const accomplice = await work(thief, 4);
  const { account } = await bench.open();
  const many = Array.from({ length: 6_000 }, (_, person) =>
    bench.draw(account, person, 0, person % 3 === 0 ? { network: 777 } : {}),
  );
  await Promise.all(many);
  const stolen = await work(thief, 2);
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
  expect(sweep?.accounts).toMatchObject([
    { account, people: 2_000 },
    { account: accomplice.account, people: 4 },
  ]);
}, 120_000);

const isBlocked = async (network: number) =>
  (await bench.database.owner`select from access.blocked_network where network = ${network}`).length > 0;
const swept = (count: number) =>
  until(async () => {
    const sweeps = await listSweeps(bench.database.server);
    expect(sweeps.filter(({ endedAt }) => endedAt !== null)).toHaveLength(count);
  });

test('a network that only stolen accounts and accomplices used is blocked, as an entry', async () => {
  const accomplice = await work(thief, 7);
  const officer = await bench.open({ role: 'security-officer', email: 'securite@essais.example' });
  const stolen = await work(thief, 5);
  await confirm(stolen);
  bench.startGuard();
  await swept(1);
  expect(await isBlocked(777)).toBe(true);
  const [sweep] = await listSweeps(bench.database.server);
  expect(sweep?.networks).toEqual([{ network: 777, others: 1, block: expect.any(String) }]);
  const [entry] = await bench.database.owner`
    select account, acted_by, action, network, reason from ledger.entry where kind = 10`;
  expect({ ...entry }).toEqual({ account: stolen.account, acted_by: 0, action: 1, network: 777, reason: 2 });
  const [mail] = await bench.database.owner`select count(*)::int as letters from messages.outbox`;
  expect(mail?.letters).toBeGreaterThan(0);
  expect(await bench.standingOf(accomplice.account)).toBe(1);

  const [{ block = '' } = {}] = await listBlocked(bench.database.server);
  const verdict = { block, by: stolen.account, why: 'It is mine' };
  await expect(openBlocked(bench.tools, verdict)).rejects.toMatchObject({ code: 'forbidden' });
  await openBlocked(bench.tools, { ...verdict, by: officer.account });
  expect(await isBlocked(777)).toBe(false);
  await expect(openBlocked(bench.tools, { ...verdict, by: 99 })).rejects.toMatchObject({
    code: 'already-reviewed',
  });
  const entries = await bench.database.owner`
    select acted_by, action from ledger.entry where kind = 10 order by seq`;
  expect(entries.map(({ acted_by, action }) => [acted_by, action])).toEqual([
    [0, 1],
    [officer.account, 0],
  ]);
}, 60_000);

test('a network from which somebody beyond suspicion looked somebody up is left alone', async () => {
  const stolen = await work(thief, 5);
  // Of the same house even: its new office is no thief's den.
  const colleague = await bench.open({ at: stolen.organisation });
  await bench.draw(colleague.account, 0, 0, { network: 777, organisation: stolen.organisation });
  await confirm(stolen);
  bench.startGuard();
  await swept(1);
  expect(await isBlocked(777)).toBe(false);
  const [sweep] = await listSweeps(bench.database.server);
  expect(sweep?.networks).toEqual([{ network: 777, others: 1, block: null }]);
}, 60_000);

test('only watching, no network is blocked', async () => {
  await bench.setShadow(true);
  await confirm(await work(thief, 5));
  bench.startGuard();
  await swept(1);
  expect(await isBlocked(777)).toBe(false);
}, 60_000);

test('a sweep that cannot be kept rests, and the others end', async () => {
  const [first, second] = [await work(thief, 3), await work({ ...thief, network: 778 }, 3)];
  await confirm(first);
  await confirm(second);
  await bench.database.owner.unsafe(`
    create function guard.refuse() returns trigger language plpgsql
      as $$ begin raise exception 'no room'; end $$;
    create trigger refuse before update on guard.sweep for each row when (new.account = ${first.account})
      execute function guard.refuse();`);
  bench.startGuard();
  await swept(1);
  const ended = (await listSweeps(bench.database.server)).filter(({ endedAt }) => endedAt !== null);
  expect(ended).toMatchObject([{ networks: [{ network: 778 }] }]);
  await until(() => expect(bench.logged.join()).toContain('a sweep rests'));
}, 60_000);

test('twenty accounts confirmed at once are swept in one reading', async () => {
  const stolen = await Promise.all(Array.from({ length: 20 }, () => work(thief, 3)));
  for (const each of stolen) await confirm(each);
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
