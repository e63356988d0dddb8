import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { readLag } from './read-lag.ts';

let bench: GuardBench;
beforeEach(async () => {
  bench = new GuardBench();
  await bench.begin();
});
afterEach(() => bench.end());
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
/** The guard has folded everything, and said so. */
const caughtUp = () =>
  until(async () => expect(await readLag(bench.database.server)).toMatchObject({ behind: 0 }));
const followers = async () => {
  const [row] = await bench.database.owner`
    select count(*)::int as held from pg_locks where locktype = 'advisory' and granted
       and database = (select oid from pg_database where datname = current_database())`;
  return row?.held;
};

test('a robot is contained in the middle of its work', async () => {
  const { account } = await bench.open();
  bench.startGuard();
  const robbing = bench.rob(account, 400);
  await until(async () => expect(await bench.standingOf(account)).toBeGreaterThan(0));
  await robbing;
  const [row] = await bench.database.owner`
    select count(*)::int as people from ledger.pair where account = ${account}`;
  expect(row?.people).toBeLessThan(200);
  expect((await bench.cases())[0]).toMatchObject({ account, is_shadow: false, state: 'open' });
});

test('a guard that is stopped says how far behind it is; started again, it catches up and acts', async () => {
  const { account } = await bench.open();
  const first = bench.startGuard();
  await bench.draw(account, 0);
  await caughtUp();
  await first.stop();
  await bench.rob(account, 60, 1);
  const { behind, behindSeconds } = await readLag(bench.database.server);
  expect(behind).toBe(60);
  expect(behindSeconds).toBeGreaterThan(0);
  expect(await bench.cases()).toEqual([]);
  bench.startGuard();
  await until(async () => expect(await bench.standingOf(account)).toBe(3));
  await caughtUp();
});

test('one of two servers follows; when it goes the other takes its place', async () => {
  const { account } = await bench.open();
  const guards = [bench.startGuard(), bench.startGuard()];
  await bench.walkIntoHoney(account);
  await until(async () => expect(await bench.standingOf(account)).toBe(3));
  expect(await followers()).toBe(1);
  expect(await bench.cases()).toHaveLength(1);
  for (const guard of guards) {
    await guard.stop();
    const next = await bench.open();
    await bench.walkIntoHoney(next.account);
    if (guard === guards[1]) break;
    await until(async () => expect(await bench.standingOf(next.account)).toBe(3));
  }
  expect(await bench.cases()).toHaveLength(2);
});

test('killed in the middle, it comes to the same cases and steps as one that never stopped', async () => {
  await bench.setShadow(true);
  const robbed = await Promise.all([1, 2, 3].map(() => bench.open()));
  const told = async () => {
    const rows = await bench.database.owner`
      select s.account, s.seq::int as seq, s.from_standing, s.to_standing, s.bits, s.own::text as own
        from guard.case_step s order by s.seq, s.to_standing`;
    return rows.map((row) => ({ ...row }));
  };
  bench.startGuard();
  for (let round = 0; round < 6; round += 1) {
    for (const { account } of robbed) await bench.rob(account, 4, 4 * round);
    if (round === 3) await bench.walkIntoHoney(robbed[0]?.account ?? 0);
    // What holds its place dies: all it had in memory since its last snapshot is lost.
    await bench.database.owner`
      select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'vigie lock' and datname = current_database()`;
    if (round % 2 === 0) await caughtUp();
  }
  await caughtUp();
  const killed = await told();
  const files = await bench.cases();
  expect(killed.length).toBeGreaterThan(5);
  await bench.stopGuards();
  await bench.database.owner`
    truncate guard.position, guard.account_state, guard.case_step, guard.evidence, guard.case_file,
      guard.watched, guard.sweep, guard.sweep_account, guard.sweep_network, guard.blocked_network`;
  bench.startGuard();
  await caughtUp();
  expect(await told()).toEqual(killed);
  expect(await bench.cases()).toEqual(files);
});

test('what was watched is counted once, whatever stops', async () => {
  const { account } = await bench.open();
  for (let round = 0; round < 3; round += 1) {
    const guard = bench.startGuard();
    await bench.draw(account, round);
    await caughtUp();
    await guard.stop();
  }
  const rows = await bench.database.owner`
    select profession, account_days, lookups::int as lookups from guard.watched`;
  expect(rows.map((row) => ({ ...row }))).toEqual([{ profession: 'optician', account_days: 1, lookups: 3 }]);
});
