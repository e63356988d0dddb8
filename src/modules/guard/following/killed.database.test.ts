import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { signalBits } from '../../ledger/signals.ts';
import { readLag } from './read-lag.ts';

let bench: GuardBench;
beforeEach(async () => {
  bench = new GuardBench();
  await bench.begin(3);
});
afterEach(() => bench.end());
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const caughtUp = () =>
  until(async () => expect(await readLag(bench.database.server)).toMatchObject({ behind: 0, waiting: 0 }));

/** What holds the guard's place dies: all it had in memory since its last snapshot is lost. */
const kill = () => bench.database.owner`
  select pg_terminate_backend(pid) from pg_stat_activity
   where application_name = 'vigie lock' and datname = current_database()`;

/** Where each step was taken, and by how much evidence. */
async function steps() {
  const rows = await bench.database.owner`
    select account, lane, seq::int as seq, to_standing, bits, own::text as own
      from guard.case_step where what = 'contained' order by lane, seq, to_standing`;
  return rows.map((row) => ({ ...row }));
}

/** What the guard ordered, as the ledger holds it. */
async function ordered() {
  const rows = await bench.database.owner`
    select account, action as to_standing from ledger.entry where kind = 3 order by account, actor_seq`;
  return rows.map((row) => ({ ...row }));
}

test('killed as it acts, with three lanes, it takes every step once, as one never stopped', async () => {
  const accounts = (await Promise.all(Array.from({ length: 12 }, () => bench.open()))).map(
    ({ account }) => account,
  );
  for (const _ of [1, 2]) bench.startGuard();
  const robbing = Promise.all(
    accounts.map(async (account) => {
      for (let person = 0; person < 30; person += 1)
        await bench.draw(account, person, signalBits.ascending | signalBits.hasPrevious);
    }),
  );
  const standings = () => Promise.all(accounts.map((account) => bench.standingOf(account)));
  const suspended = accounts.map(() => 3);
  let kills = 0;
  for (let before = 0; before < 3 * accounts.length; before = (await steps()).length) {
    // As soon as another step was taken, which no snapshot knows of yet.
    await until(async () => expect((await steps()).length).toBeGreaterThan(before));
    kills += (await kill()).length;
  }
  expect(kills).toBeGreaterThan(2);
  await robbing;
  await until(async () => expect(await standings()).toEqual(suspended));
  await caughtUp();
  const killed = await steps();
  expect(new Set(killed.map(({ lane }) => lane))).toEqual(new Set([0, 1, 2]));
  const once = [...killed].sort(
    (one, other) => one.account - other.account || one.to_standing - other.to_standing,
  );
  expect(await ordered()).toEqual(once.map(({ account, to_standing }) => ({ account, to_standing })));
  expect(await bench.cases()).toHaveLength(accounts.length);
  await bench.stopGuards();
  // The same ledger, to one that only watches and is never stopped: it would have taken these steps.
  await bench.database.owner`
    truncate guard.position, guard.account_state, guard.case_step, guard.evidence, guard.case_file,
      guard.watched, guard.sweep, guard.sweep_account, guard.sweep_network, guard.blocked_network`;
  await bench.setShadow(true);
  bench.startGuard();
  await caughtUp();
  expect(await steps()).toEqual(killed);
}, 180_000);
