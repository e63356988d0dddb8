import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { systemClock } from '../../../platform/clock.ts';
import { createLedger } from '../../ledger/index.ts';
import { openMessage } from '../../messages/index.ts';
import type { Detector } from '../detectors/detector.ts';
import { detectors } from '../detectors/detectors.ts';
import { startGuard } from '../following/follow-ledger.ts';
import { readLag } from '../following/read-lag.ts';
import { inputSigns, lagSigns } from './alarm.ts';
import { keepAlarms } from './keep-alarms.ts';
import { readAlarms } from './store.ts';
import { watchGuard } from './watch-guard.ts';

let bench: GuardBench;
const running: { stop(): Promise<void> }[] = [];
beforeEach(async () => {
  bench = new GuardBench();
  await bench.begin();
  await bench.open({ role: 'security-officer', email: 'une@operateur.example' });
  await bench.open({ role: 'security-officer', email: 'deux@operateur.example' });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await bench.end();
});
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const alarms = async () =>
  (await readAlarms(bench.database.server)).map(({ kind, detector, entries }) => ({
    kind,
    detector,
    entries,
  }));
const events = async () => {
  const rows = await bench.database.owner`
    select type || ' ' || (data ->> 'kind') as told from guard.event where type like 'guard.alarm.%'
     order by place`;
  return rows.map(({ told }) => told);
};
/** Letters to the officers, and to how many each went. */
async function letters(): Promise<Record<string, number>> {
  const rows = await bench.database.owner<{ id: string; sealed: Buffer }[]>`
    select id::text as id, sealed from messages.outbox where what = 'guard' order by created_at`;
  const subjects = rows.map((row) => openMessage(bench.keys, row).subject);
  return Object.fromEntries(subjects.map((one) => [one, subjects.filter((other) => other === one).length]));
}
const claimNumber = '1f81eb52-5198-4599-803e-771906343485';
const raised = 'Vigie : alarme de la garde / alarm of the guard';
const cleared = 'Vigie : fin d’une alarme de la garde / alarm of the guard over';
const start = (list?: readonly Detector[]) => {
  running.push(startGuard({ ...bench.tools, ...(list === undefined ? {} : { detectors: list }) }));
};
/** A ledger whose clock, and whose database's, are moved on by a minute when told to. */
async function ledgerByMinutes(): Promise<{ passMinute(): Promise<unknown> }> {
  let minutes = 0;
  const now = () => systemClock.now() + BigInt(minutes) * 60_000_000n;
  const monotonic = () => systemClock.monotonic() + minutes * 60_000;
  await bench.ledger.close();
  bench.ledger = createLedger(bench.database.server, { lanes: 1, clock: { now, monotonic } });
  const passMinute = () => {
    minutes += 1;
    return bench.database.owner.unsafe(`
      create or replace function ledger.now() returns timestamptz language sql volatile
        as $$ select clock_timestamp() + interval '${minutes} minutes' $$`);
  };
  return { passMinute };
}
const broken = detectors.map((detector) =>
  detector.name === 'rhythm'
    ? {
        ...detector,
        look: () => {
          throw new Error('a fault of its own');
        },
      }
    : detector,
);

test('a detector that throws: the others contain the thief, and every officer is told once', async () => {
  start(broken);
  const { account } = await bench.open();
  await bench.draw(account, 0);
  await bench.walkIntoHoney(account);
  await until(async () => expect(await bench.standingOf(account)).toBe(3));
  await until(async () => expect(await alarms()).toMatchObject([{ kind: 'detector-throws', detector: 7 }]));
  await until(async () => expect((await alarms())[0]?.entries).toBe(3));
  const other = await bench.open();
  await bench.draw(other.account, 0);
  await until(async () => expect((await alarms())[0]?.entries).toBe(4));
  expect(await letters()).toMatchObject({ [raised]: 2 });
  expect(await events()).toEqual(['guard.alarm.raised detector-throws']);
  const [event] = await bench.database.owner`
    select data ->> 'detector' as detector from guard.event where type = 'guard.alarm.raised'`;
  expect(event?.detector).toBe('rhythm');
});

test('started again with it, it is no second alarm; a day after it is well the alarm is over', async () => {
  start(broken);
  const { account } = await bench.open();
  await bench.draw(account, 0);
  await until(async () => expect(await alarms()).toHaveLength(1));
  await running.pop()?.stop();
  start(broken);
  await bench.draw(account, 1);
  await until(async () => expect((await alarms())[0]?.entries).toBe(2));
  await running.pop()?.stop();
  start();
  await bench.draw(account, 2);
  await until(async () => expect(await readLag(bench.database.server)).toMatchObject({ behind: 0 }));
  expect(await alarms()).toHaveLength(1);
  await bench.database.owner`update guard.alarm set seen_at = now() - interval '25 hours'`;
  await until(async () => expect(await alarms()).toEqual([]));
  expect(await letters()).toEqual({ [raised]: 2, [cleared]: 2 });
  expect(await events()).toEqual([
    'guard.alarm.raised detector-throws',
    'guard.alarm.cleared detector-throws',
  ]);
});

test('a feed of claims that stops is told; the first claim that comes again ends the alarm', async () => {
  // Whoever draws a hundred people without a claim is contained before that.
  await bench.setShadow(true);
  const { passMinute } = await ledgerByMinutes();
  start();
  const [one, other] = [await bench.open(), await bench.open()];
  for (let person = 0; person < 52; person += 1) {
    await bench.draw(one.account, 1_000 + person);
    await passMinute();
    await bench.draw(other.account, 2_000 + person);
    await passMinute();
  }
  await until(async () => expect(await alarms()).toMatchObject([{ kind: 'claims-silent', detector: 0 }]));
  const [drawn] = await bench.database.owner`
    select subject::text as subject from ledger.entry where account = ${one.account}
       and kind = 1 and outcome = 1 limit 1`;
  await bench.ledger.explainClaims([
    { organisation: one.organisation, subject: drawn?.subject, how: 'claim', by: 0, claim: claimNumber },
  ]);
  await until(async () => expect(await alarms()).toEqual([]));
  expect(await events()).toEqual(['guard.alarm.raised claims-silent', 'guard.alarm.cleared claims-silent']);
  expect(await letters()).toMatchObject({ [raised]: 2, [cleared]: 2 });
});

test('a guard that stops: another server tells, once; it catches up, and that is told', async () => {
  const { account } = await bench.open();
  start();
  await bench.draw(account, 0);
  await until(async () => expect(await readLag(bench.database.server)).toMatchObject({ behind: 0 }));
  await running.pop()?.stop();
  await bench.database.owner`update guard.position set seen_at = now() - interval '2 minutes'`;
  running.push(watchGuard(bench.tools), watchGuard(bench.tools));
  await until(async () => expect(await alarms()).toMatchObject([{ kind: 'guard-behind' }]));
  await Promise.all(running.splice(0).map((one) => one.stop()));
  start();
  await until(async () => {
    expect((await readLag(bench.database.server)).quietSeconds).toBeLessThan(5);
  });
  running.push(watchGuard(bench.tools));
  await until(async () => expect(await alarms()).toEqual([]));
  expect(await letters()).toEqual({ [raised]: 2, [cleared]: 2 });
  expect(await events()).toEqual(['guard.alarm.raised guard-behind', 'guard.alarm.cleared guard-behind']);
});

test('an alarm that cannot be told stops nothing, and is told when it can be', async () => {
  await bench.database.owner`alter table guard.alarm add constraint none check (kind <> 'detector-throws')`;
  start(broken);
  const { account } = await bench.open();
  await bench.draw(account, 0);
  await until(() => expect(bench.logged.join('')).toContain('an alarm of the guard could not be told'));
  await bench.walkIntoHoney(account);
  await until(async () => expect(await bench.standingOf(account)).toBe(3));
  await bench.database.owner`alter table guard.alarm drop constraint none`;
  await until(async () => expect(await alarms()).toMatchObject([{ kind: 'detector-throws', entries: 3 }]));
  expect(bench.logged.join('')).not.toContain('begins again');
});

test('many servers that see the same at the same time tell it once', async () => {
  const late = lagSigns({ behind: 9, behindSeconds: 90, quietSeconds: 1 });
  const blind = inputSigns([{ claimsMissing: false, hearsDraws: true, placesMissing: 1 }]);
  await Promise.all(Array.from({ length: 8 }, () => keepAlarms(bench.tools, [...late, ...blind])));
  expect(await alarms()).toEqual([
    { kind: 'guard-behind', detector: 0, entries: 9 },
    { kind: 'geography-missing', detector: 0, entries: 0 },
  ]);
  expect(await letters()).toEqual({ [raised]: 4 });
});
