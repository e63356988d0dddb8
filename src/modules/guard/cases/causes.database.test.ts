import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { confirmCase } from '../acting/end-cases.ts';
import { pointsMost } from '../acting/store.ts';
import { listSweeps } from '../sweeps/read-sweeps.ts';
import { listCases, readCase } from './read-cases.ts';

let bench: GuardBench;
beforeEach(async () => {
  bench = new GuardBench();
  await bench.begin();
});
afterEach(() => bench.end());
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 });
const caseOf = async (account: number) => (await listCases(bench.database.server, { account })).cases[0];

test('a case tells whether its account’s own evidence led to it, or a sweep, and which', async () => {
  const thief = { network: 777, client: 30, session: 99n };
  const [stolen, accomplice] = [await bench.open(), await bench.open()];
  bench.startGuard();
  for (const { account, organisation } of [accomplice, stolen]) {
    await bench.draw(account, 0, 0, { network: 10_000 + account, client: 1, organisation });
    await bench.draw(account, 1, 0, { ...thief, organisation });
    await bench.draw(account, 2, 0, { ...thief, organisation });
  }
  for (let person = 3; person < 60; person += 1)
    await bench.draw(stolen.account, person, 0, { ...thief, organisation: stolen.organisation });
  await until(async () => expect(await caseOf(stolen.account)).toMatchObject({ ledBy: 'own', sweep: null }));
  const caseFile = String((await caseOf(stolen.account))?.id);
  await confirmCase(bench.tools, { caseFile, by: 99, why: 'The holder was on holiday' });
  await until(async () => expect(await caseOf(accomplice.account)).toBeDefined());
  const [sweep] = await listSweeps(bench.database.server);
  expect(await caseOf(accomplice.account)).toMatchObject({ ledBy: 'sweep', sweep: sweep?.sweep, bits: 0 });
  const { steps, group } = await readCase(bench.tools, caseFile);
  expect(group).toBeNull();
  expect(steps.map(({ what, ledBy }) => [what, ledBy])).toEqual([
    ...steps.slice(0, -1).map(() => ['contained', 'own']),
    ['confirmed', null],
  ]);
}, 60_000);

test('a case with as many lookups as it keeps does not take its own evidence for a group’s', async () => {
  const { account } = await bench.open();
  bench.startGuard();
  await bench.rob(account, 60);
  await until(async () => expect(await caseOf(account)).toMatchObject({ ledBy: 'own' }));
  const { owner } = bench.database;
  await owner`delete from guard.evidence`;
  expect(await caseOf(account)).toMatchObject({ ledBy: 'group' });
  await owner`
    insert into guard.evidence select c.id, 0, seq, now(), 1, '{}'
      from guard.case_file c, generate_series(1000000, 1000000 + ${pointsMost - 1}::int) seq`;
  expect(await caseOf(account)).toMatchObject({ ledBy: 'own' });
}, 60_000);
