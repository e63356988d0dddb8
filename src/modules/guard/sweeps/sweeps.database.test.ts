import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { confirmCase } from '../acting/end-cases.ts';
import { takeStep } from '../acting/take-step.ts';
import type { Finding } from '../fold/finding.ts';
import { listSweeps } from './read-sweeps.ts';

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
