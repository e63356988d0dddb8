import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { changeStanding } from '../../access/index.ts';
import { signalBits } from '../../ledger/signals.ts';
import { listUnsent, openMessage } from '../../messages/index.ts';
import { followChanges } from '../../messages/keep-messages.ts';
import { type Finding, type Level, levels } from '../fold/finding.ts';
import { bitsFor } from '../fold/thresholds.ts';
import { readLag } from '../following/read-lag.ts';
import { confirmCase, expireCases, undoCase } from './end-cases.ts';
import { takeStep } from './take-step.ts';

let bench: GuardBench;
beforeEach(async () => {
  bench = new GuardBench();
  await bench.begin();
});
afterEach(() => bench.end());
const unexpected = (error: unknown) => expect(error).toBeUndefined();
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

/** The guard's step for the last entry of an account, as its evidence would lead to it. */
async function step(
  account: number,
  to: number,
  some: { isShadow?: boolean; seq?: number; level?: Level } = {},
) {
  const { seq: drawn } = await bench.draw(account, to);
  const finding: Finding = {
    ...{
      account,
      lane: 0,
      seq: some.seq ?? drawn,
      at: Date.now() * 1000,
      bits: 14 + to,
      own: [1, 2],
    },
    ...{ level: some.level ?? levels[to] ?? 'none', honey: false },
  };
  const known = { profession: 'optician', dailyLookups: 10, organisation: 1 };
  const asked = { finding, known, from: 0, points: [], to, isShadow: some.isShadow ?? false };
  return { finding, taken: await takeStep(bench.tools, asked), again: () => takeStep(bench.tools, asked) };
}
async function entries(account: number) {
  const rows = await bench.database.owner`
    select action, reason, acted_by as by from ledger.entry
     where account = ${account} and kind = 3 order by seq`;
  return rows.map(({ action, reason, by }) => [action, reason, by]);
}
const sessions = async (account: number) => {
  const [row] = await bench.database.owner`
    select count(*)::int as live from access.session where account = ${account} and ended_at is null`;
  return row?.live;
};
async function mails() {
  await followChanges(bench.database.server, bench.tools);
  const kept = await listUnsent(bench.database.server, 50);
  return kept.map((each) => openMessage(bench.keys, each));
}

test.each([
  [1, 'challenged'],
  [2, 'restricted'],
  [3, 'suspended'],
])(
  'step %i is an entry by the guard, a case and a step, written once however often it is tried',
  async (to) => {
    const { account } = await bench.open();
    const { taken, again } = await step(account, to);
    expect(taken.came).toBe('done');
    expect((await again()).came).toBe('before');
    expect(await bench.standingOf(account)).toBe(to);
    expect(await entries(account)).toEqual([[to, 2, 0]]);
    expect(await bench.cases()).toEqual([
      { account, is_shadow: false, state: 'open', level: to, steps: `{"contained ${to}"}` },
    ]);
  },
);

test('a suspension ends sessions, and tells holder, administrator and officers what to do', async () => {
  const { account, organisation } = await bench.open({ email: 'holder@cabinet.example' });
  await bench.open({ role: 'organisation-administrator', email: 'admin@cabinet.example', at: organisation });
  await bench.open({ role: 'organisation-administrator', email: 'other@ailleurs.example' });
  await bench.open({ role: 'security-officer', email: 'officer@vigie.example' });
  await bench.database.owner`alter table access.session drop constraint session_begins_with`;
  await bench.database.owner`
    insert into access.session (hash, account, network, client)
    values (decode(repeat('ab', 32), 'hex'), ${account}, 1, 1)`;
  expect(await sessions(account)).toBe(1);
  const { finding } = await step(account, 3);
  expect(await sessions(account)).toBe(0);
  const told = await mails();
  const to = (address: string) => told.filter((mail) => mail.to === address).map(({ text }) => text);
  expect(to('holder@cabinet.example').join()).toMatch(/suspendu.*téléphonez au responsable/s);
  expect(to('admin@cabinet.example').join()).toContain('Demandez de vive voix');
  expect(to('officer@vigie.example').join()).toContain(`l’inscription 0/${finding.seq}`);
  expect(to('other@ailleurs.example')).toEqual([]);
  for (const { text, html } of told) expect(text + html).not.toMatch(/https?:|href/);
});

test('in shadow mode the case is written, and nothing is changed, ended or told', async () => {
  const { account } = await bench.open({ email: 'holder@cabinet.example' });
  await step(account, 3, { isShadow: true });
  expect(await bench.standingOf(account)).toBe(0);
  expect(await entries(account)).toEqual([]);
  expect(await mails()).toEqual([]);
  expect(await bench.cases()).toMatchObject([{ is_shadow: true, level: 3 }]);
});

test('a person’s suspension is never lowered, nor counted as the guard’s', async () => {
  const { account } = await bench.open();
  const tools = { db: bench.database.server, keys: bench.keys, ledger: bench.ledger };
  await changeStanding(tools, { account, standing: 'suspended', why: 'stolen', by: 0 });
  expect((await step(account, 2)).taken.came).toBe('decided-since');
  expect((await step(account, 3)).taken.came).toBe('decided-since');
  expect(await bench.cases()).toEqual([]);
  expect(await bench.standingOf(account)).toBe(3);
});

test('what a person decided after an entry is not undone because of that entry', async () => {
  const { account } = await bench.open();
  const tools = { db: bench.database.server, keys: bench.keys, ledger: bench.ledger };
  const { seq } = await bench.draw(account, 9);
  await changeStanding(tools, { account, standing: 'open', why: 'known', by: 0 });
  expect((await step(account, 3, { seq })).taken.came).toBe('decided-since');
  expect(await bench.standingOf(account)).toBe(0);
  expect((await step(account, 3)).taken.came).toBe('done');
});

test('undone, the account is open by that person, and the case is a false alarm', async () => {
  const { account } = await bench.open();
  const officer = (await bench.open({ role: 'security-officer' })).account;
  const { taken } = await step(account, 3);
  const verdict = { caseFile: String(taken.caseFile), by: officer, why: 'Vaccination day of Quimper' };
  expect(await undoCase(bench.tools, verdict)).toEqual({ account, isChanged: true });
  expect(await bench.standingOf(account)).toBe(0);
  expect((await entries(account)).at(-1)).toEqual([0, 1, officer]);
  expect(await bench.cases()).toMatchObject([{ state: 'undone', steps: '{"contained 3","undone 0"}' }]);
  await expect(undoCase(bench.tools, verdict)).rejects.toMatchObject({ code: 'already-reviewed' });
  const [{ dump = '' } = {}] = await bench.database.owner`
    select string_agg(encode(reason_sealed, 'escape'), ' ') as dump from guard.case_step`;
  expect(dump.length).toBeGreaterThan(10);
  expect(dump).not.toContain('Quimper');
});

test('undoing does not lift what a person ordered since', async () => {
  const { account } = await bench.open();
  const { taken } = await step(account, 2);
  const tools = { db: bench.database.server, keys: bench.keys, ledger: bench.ledger };
  await changeStanding(tools, { account, standing: 'suspended', why: 'stolen', by: 0 });
  const verdict = { caseFile: String(taken.caseFile), by: 99, why: 'A mistake' };
  await expect(undoCase(bench.tools, verdict)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await bench.standingOf(account)).toBe(3);
});

test('confirmed, a restricted account is suspended by that person, and does not expire', async () => {
  const { account } = await bench.open();
  const { taken } = await step(account, 2);
  const verdict = { caseFile: String(taken.caseFile), by: 99, why: 'The holder was on holiday' };
  expect(await confirmCase(bench.tools, verdict)).toEqual({ account, isChanged: true });
  expect(await entries(account)).toEqual([
    [2, 2, 0],
    [3, 1, 99],
  ]);
  await bench.database.owner`update guard.case_step set at = at - interval '25 hours'`;
  expect(await expireCases(bench.tools, unexpected)).toBe(0);
  expect(await bench.standingOf(account)).toBe(3);
});

test('what nobody confirmed ends after a day as an entry; a suspension waits for a person', async () => {
  const [one, other, shadowed] = [await bench.open(), await bench.open(), await bench.open()];
  await step(one.account, 2);
  await step(other.account, 3);
  await step(shadowed.account, 3, { isShadow: true });
  expect(await expireCases(bench.tools, unexpected)).toBe(0);
  await bench.database.owner`update guard.case_step set at = at - interval '25 hours'`;
  expect(await expireCases(bench.tools, unexpected)).toBe(2);
  expect(await entries(one.account)).toEqual([
    [2, 2, 0],
    [0, 2, 0],
  ]);
  expect((await bench.cases()).map(({ state }) => state)).toEqual(['expired', 'open', 'expired']);
  expect(await bench.standingOf(other.account)).toBe(3);
});

test('over after a day, a restriction does not come again until there is more', async () => {
  const { account } = await bench.open();
  bench.startGuard();
  const caughtUp = () => until(async () => expect((await readLag(bench.database.server)).behind).toBe(0));
  let people = 0;
  for (; (await bench.standingOf(account)) < 2; people += 1) {
    await bench.rob(account, 1, people);
    await sleep(200);
  }
  await bench.database.owner`update guard.case_step set at = at - interval '25 hours'`;
  await expireCases(bench.tools, unexpected);
  expect(await bench.standingOf(account)).toBe(0);
  // People it drew before, as on any morning.
  for (let again = 0; again < 5; again += 1) await bench.draw(account, 0);
  await caughtUp();
  expect(await bench.standingOf(account)).toBe(0);
  expect(await bench.cases()).toMatchObject([{ state: 'expired', level: 2 }]);
  await bench.rob(account, 6, people);
  await until(async () => expect(await bench.standingOf(account)).toBeGreaterThanOrEqual(2));
  expect(await bench.cases()).toHaveLength(2);
});

test('in shadow, what is over does not come again at the next lookup either', async () => {
  await bench.setShadow(true);
  const { account } = await bench.open();
  bench.startGuard();
  await bench.rob(account, 12);
  await until(async () => expect(await bench.cases()).toMatchObject([{ is_shadow: true, level: 3 }]));
  await bench.stopGuards();
  await bench.database.owner`update guard.case_step set at = at - interval '25 hours'`;
  await expireCases(bench.tools, unexpected);
  bench.startGuard();
  for (let again = 0; again < 5; again += 1) await bench.draw(account, 0);
  await until(async () => expect((await readLag(bench.database.server)).behind).toBe(0));
  expect(await bench.cases()).toMatchObject([{ state: 'expired' }]);
});

test('what would be suspended is told to officers, also when it is restricted only', async () => {
  const { account } = await bench.open();
  await bench.open({ role: 'security-officer', email: 'officer@vigie.example' });
  await step(account, 2, { level: 'suspend' });
  const told = (await mails()).filter(({ to }) => to === 'officer@vigie.example');
  expect(told.map(({ subject }) => subject)).toEqual([expect.stringContaining('restricted by the guard')]);
  expect(told[0]?.text).toMatch(/asked for a suspension/);
});

test('one honey person restricts, however often, and an officer is told; a second suspends', async () => {
  const { account } = await bench.open();
  await bench.open({ role: 'security-officer', email: 'officer@example.test' });
  const lettersToOfficers = async () =>
    (await bench.database.owner`select count(*)::int as n from messages.outbox`)[0]?.n;
  bench.startGuard();
  await bench.meetHoney(account, 1);
  await until(async () => expect(await bench.standingOf(account)).toBe(2));
  expect(await lettersToOfficers()).toBe(1);
  await bench.meetHoney(account, 1);
  await bench.draw(account, 1);
  await until(async () => expect((await readLag(bench.database.server)).behind).toBe(0));
  expect(await bench.cases()).toMatchObject([{ level: 2, steps: '{"contained 2"}' }]);
  await bench.meetHoney(account, 2);
  await until(async () => expect(await bench.standingOf(account)).toBe(3));
  expect(await bench.cases()).toMatchObject([{ level: 3, steps: '{"contained 2","contained 3"}' }]);
  expect(await lettersToOfficers()).toBe(2);
});

test('alone among 150,000 accounts it is restricted where its own threshold suspends', async () => {
  const robbed = await Promise.all([1, 2, 3].map(() => bench.open()));
  const [one = 0, two = 0, alone = 0] = robbed.map(({ account }) => account);
  // Numbers that rise: one bit a lookup, past the 19.93 of an optician at the 26th, and not past 20.5.
  const rob = async (account: number) => {
    for (let person = 1; person <= 26; person += 1)
      await bench.draw(account, person, signalBits.ascending | signalBits.hasPrevious);
  };
  const highest = async (account: number) => {
    const [row] = await bench.database.owner`
      select max(e.bits) as bits from guard.evidence e join guard.case_file c on c.id = e.case_file
       where c.account = ${account}`;
    return row?.bits as number;
  };
  await rob(alone);
  const few = bench.startGuard();
  await until(async () => expect(await bench.standingOf(alone)).toBe(3));
  await few.stop();
  await bench.database.owner.begin(async (tx) => {
    await tx`set local statement_timeout = '30s'`;
    await tx`
      insert into access.account (id, organisation, profession, role, holder_sealed)
      select 1000000 + n, organisation, profession, role, holder_sealed
        from access.account, generate_series(1, 150000) n where id = ${one}`;
  });
  const caseFile = (await bench.database.owner`select id::text as id from guard.case_file`)[0]?.id;
  await undoCase(bench.tools, { caseFile, by: 0, why: 'the holder was on the telephone' });
  await rob(one);
  const many = bench.startGuard();
  await until(async () =>
    expect(await highest(one)).toBeGreaterThan(bitsFor({ dailyLookups: 10 }, 'suspend')),
  );
  await many.stop();
  expect(await highest(one)).toBeLessThan(20.5);
  expect(await bench.standingOf(one)).toBe(2);
  // A second with as much evidence carries them both.
  await rob(two);
  bench.startGuard();
  await until(async () => expect(await bench.standingOf(two)).toBe(3));
  await bench.draw(one, 27);
  await until(async () => expect(await bench.standingOf(one)).toBe(3));
}, 60_000);

test('a holder’s passkey ends the case of a challenge', async () => {
  const { account } = await bench.open();
  bench.startGuard();
  await step(account, 1);
  await bench.database.server.begin((tx) => bench.ledger.answerChallenge(tx, account));
  await until(async () =>
    expect(await bench.cases()).toMatchObject([{ state: 'answered', steps: '{"contained 1","answered 0"}' }]),
  );
});

test('a shadowed detector opens shadow cases only', async () => {
  await bench.setShadow(false, [9]);
  const { account } = await bench.open();
  bench.startGuard();
  await bench.walkIntoHoney(account);
  await until(async () =>
    expect(await bench.cases()).toMatchObject([{ is_shadow: true, level: 3, account }]),
  );
  expect(await bench.standingOf(account)).toBe(0);
});
