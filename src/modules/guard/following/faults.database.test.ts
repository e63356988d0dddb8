import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { connect } from '../../../platform/database/connect.ts';
import { startGuard } from './follow-ledger.ts';
import { readLag } from './read-lag.ts';

const lanes = 8;
let bench: GuardBench;
beforeEach(async () => {
  bench = new GuardBench();
  await bench.begin(lanes);
});
afterEach(() => bench.end());
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 40_000, interval: 20 });
const lag = () => readLag(bench.database.server);
const caughtUp = () => until(async () => expect(await lag()).toMatchObject({ behind: 0, waiting: 0 }));
const thieves = (count: number) =>
  Promise.all(Array.from({ length: count }, async () => (await bench.open()).account));
/** A robot that goes on though it is refused. */
const insist = async (account: number) => {
  for (let person = 0; person < 40; person += 1) await bench.rob(account, 1, person);
};
const standings = (accounts: readonly number[]) =>
  Promise.all(accounts.map((account) => bench.standingOf(account)));
const failures = () => bench.logged.filter((line) => line.includes('"level":50'));

test('ten thousand accounts in eight lanes: every thief is contained, and nobody else', async () => {
  const stolen = await thieves(24);
  expect(new Set(stolen.map((account) => account % lanes)).size).toBe(lanes);
  const honest = await bench.openMany(10_000);
  bench.startGuard();
  const work = async () => {
    for (let from = 0; from < honest.length; from += 500)
      await Promise.all(honest.slice(from, from + 500).map((account) => bench.draw(account, 0)));
  };
  await Promise.all([work(), ...stolen.map((account) => insist(account))]);
  await caughtUp();
  expect(await standings(stolen)).toEqual(stolen.map(() => 3));
  const contained = (await bench.cases()).map(({ account }) => account);
  expect(contained.toSorted((one, other) => one - other)).toEqual(
    stolen.toSorted((one, other) => one - other),
  );
  expect(failures()).toEqual([]);
});

test('a flood of one account keeps nobody waiting', async () => {
  const opened = await thieves(2 * lanes);
  const flooding = opened[0] ?? 0;
  const inLane = (lane: number) =>
    opened.find((each) => each !== flooding && each % lanes === lane % lanes) ?? 0;
  const [same, other] = [inLane(flooding), inLane(flooding + 1)];
  bench.startGuard();
  let isFlooding = true;
  const flood = async () => {
    for (let person = 0; isFlooding; person += 50)
      await Promise.all(Array.from({ length: 50 }, (_, each) => bench.draw(flooding, person + each)));
  };
  const floods = flood();
  for (const account of [same, other]) {
    await insist(account);
    await until(async () => expect(await bench.standingOf(account)).toBe(3));
  }
  isFlooding = false;
  await floods;
  await caughtUp();
  expect(await bench.standingOf(flooding)).toBe(3);
  const [row] = await bench.database.owner`
    select max(places)::int as places from (
      select count(*) as places from guard.evidence group by case_file) of_case`;
  expect(row?.places).toBeLessThanOrEqual(500);
  expect(failures()).toEqual([]);
});

test('a step that fails is told and tried again; the others go on, and nothing of it is lost', async () => {
  const [first, second] = (await thieves(2)) as [number, number];
  const { owner } = bench.database;
  await owner`revoke insert on access.to_tell from vigie_server`;
  const guard = bench.startGuard();
  await insist(first);
  await until(async () => expect(await lag()).toMatchObject({ behind: 0, waiting: 1 }));
  // A challenge writes no letter; what would comes after it.
  expect(await bench.standingOf(first)).toBe(1);
  await insist(second);
  await until(async () => expect(await bench.standingOf(second)).toBe(1));
  await until(async () => expect(await lag()).toMatchObject({ waiting: 2 }));
  const [line] = failures();
  expect(line).toMatch(/cannot act on an account, and tries again/);
  expect(line).toMatch(/42501/);
  expect(failures().length).toBeLessThan(5);
  // Stopped while it waits: what it could not do, it does when it is back.
  await guard.stop();
  expect(await bench.cases()).toMatchObject([{ steps: '{"contained 1"}' }, { steps: '{"contained 1"}' }]);
  bench.startGuard();
  await until(async () => expect(await lag()).toMatchObject({ behind: 0, waiting: 2 }));
  await owner`grant insert on access.to_tell to vigie_server`;
  await until(async () => expect(await standings([first, second])).toEqual([3, 3]));
  await caughtUp();
  const told = await owner`select account, what from access.to_tell order by id`;
  for (const account of [first, second])
    expect(told.filter((row) => row.account === account).map(({ what }) => what)).toContain(
      'guard-suspended',
    );
  expect(await bench.cases()).toHaveLength(2);
});

test('a step that waits for a lock holds up no other lane', async () => {
  const [first, second] = (await thieves(2)) as [number, number];
  // A minute, where a server waits two seconds: the step still waits when the other account is contained.
  const patient = connect(bench.database.serverUrl, { max: 4, statementTimeoutSeconds: 60 });
  const guard = startGuard({ ...bench.tools, db: patient });
  await bench.draw(first, 900);
  await caughtUp();
  await bench.database.owner.begin(async (tx) => {
    await tx`lock table access.to_tell in access exclusive mode`;
    await bench.walkIntoHoney(first);
    await bench.rob(second, 9);
    await until(async () => expect(await bench.standingOf(second)).toBeGreaterThan(0));
    expect(await bench.standingOf(first)).toBe(0);
  });
  await until(async () => expect(await bench.standingOf(first)).toBe(3));
  await guard.stop();
  await patient.end({ timeout: 1 });
  expect(failures()).toEqual([]);
});

test('a case that cannot be ended holds up neither the others nor the following', async () => {
  const [first, second, third] = (await thieves(3)) as [number, number, number];
  const guard = bench.startGuard();
  for (const account of [first, second]) {
    await bench.rob(account, 9);
    await until(async () => expect(await bench.standingOf(account)).toBeGreaterThan(0));
  }
  await caughtUp();
  await guard.stop();
  const { owner } = bench.database;
  await owner`update guard.case_step set at = at - interval '30 hours'`;
  await owner`update guard.case_file set level = 2`;
  await owner.unsafe(`
    create function public.refuse() returns trigger language plpgsql as $$
      begin raise exception 'not this one'; end $$;
    create trigger refuse before update on guard.case_file for each row
      when (old.account = ${first} and new.state = 'expired') execute function public.refuse()`);
  bench.startGuard();
  await until(async () => expect(await bench.standingOf(second)).toBe(0));
  await bench.walkIntoHoney(third);
  await until(async () => expect(await bench.standingOf(third)).toBe(3));
  expect(await bench.standingOf(first)).toBeGreaterThan(0);
  expect(failures().join()).toMatch(/cannot end a case/);
});

test('after another version it folds again what it acted on, and acts on what is new alone', async () => {
  const [robbed, undone, next] = (await thieves(3)) as [number, number, number];
  const guard = bench.startGuard();
  for (const account of [robbed, undone]) {
    await insist(account);
    await until(async () => expect(await bench.standingOf(account)).toBe(3));
  }
  const { owner } = bench.database;
  await caughtUp();
  const files = await bench.cases();
  await guard.stop();
  // Opened while nobody followed: a verdict of long ago must not close it again.
  await bench.ledger.setStanding({ account: undone, standing: 'open', by: 7, reason: 'operator' });
  const watched = () => owner`select day, profession, account_days, lookups from guard.watched order by 1, 2`;
  const before = [...(await watched())];
  await owner`update guard.account_state set state = set_byte(state, 0, 77)`;
  bench.startGuard();
  await insist(next);
  await until(async () => expect(await bench.standingOf(next)).toBe(3));
  await caughtUp();
  await bench.stopGuards();
  expect(await standings([robbed, undone])).toEqual([3, 0]);
  const after = (await bench.cases()).filter(({ account }) => account !== next);
  expect(after.map(({ steps }) => steps.split(',')[0])).toEqual(
    files.map(({ steps }) => steps.split(',')[0]),
  );
  const [{ versions } = { versions: 0 }] = await owner`
    select count(distinct get_byte(state, 0))::int as versions from guard.account_state
     where get_byte(state, 0) = 77`;
  expect(versions).toBe(0);
  const total = (rows: readonly Record<string, unknown>[]) =>
    rows.reduce((sum, { lookups }) => sum + Number(lookups), 0);
  const [row] =
    await owner`select count(*)::int as drawn from ledger.entry where kind = 1 and account = ${next}`;
  expect(total([...(await watched())])).toBe(total(before) + row?.drawn);
  expect(failures()).toEqual([]);
});
