import { afterEach, beforeEach, expect, test } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { readLanes } from '../../ledger/index.ts';
import { measureRates } from './measure-rates.ts';

let bench: GuardBench;
beforeEach(async () => {
  bench = new GuardBench();
  await bench.begin(2);
});
afterEach(() => bench.end());

const now = () => Date.now() * 1000;

test('every entry of every lane is folded once, however many reads it takes', async () => {
  const accounts = [(await bench.open()).account, (await bench.open()).account];
  expect(new Set(accounts.map((account) => account % 2)).size).toBe(2);
  const people = 2_100;
  for (const account of accounts)
    await Promise.all(Array.from({ length: people }, (_, person) => bench.draw(account, person)));
  const { entries, rates, ...others } = await measureRates(bench.database.server, 0);
  const lanes = await readLanes(bench.database.server);
  expect(entries).toBe(lanes.reduce((sum, lane) => sum + Number(lane.entries), 0));
  expect(others).toEqual({ accounts: 2, stolen: 0 });
  // Whoever opens is judged by another rate; both met nobody but strangers, and were soon near a challenge.
  const opening = rates.filter(({ name }) => name === 'opening');
  expect(opening).toMatchObject([{ profession: 'optician', accounts: 2, rate: 1 }]);
  expect(opening.map(({ observations, leftOut }) => observations + leftOut)).toEqual([2 * people]);
  expect(opening[0]?.leftOut).toBeGreaterThan(people);
}, 60_000);

test('of what is before the days asked for nothing is counted', async () => {
  const { account } = await bench.open();
  await bench.draw(account, 1);
  expect(await measureRates(bench.database.server, now() + 60_000_000)).toMatchObject({
    ...{ accounts: 0, rates: [] },
    entries: expect.any(Number),
  });
  expect((await measureRates(bench.database.server, now() - 60_000_000)).accounts).toBe(1);
});
