import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GuardBench } from '../../../../tests/guarding.ts';
import { signalBits } from '../../ledger/signals.ts';
import { confirmCase, undoCase } from '../acting/end-cases.ts';
import { readCase } from '../cases/read-cases.ts';
import { readLag } from '../following/read-lag.ts';
import { listCampaigns, readCampaign } from './read-campaigns.ts';
import { closeCampaign } from './rule-campaigns.ts';

const honest = 140;
let bench: GuardBench;
let stolen: number[];
async function begin(lanes: number): Promise<void> {
  bench = new GuardBench();
  await bench.begin(lanes);
  // Each works at its own desk, with one of two dozen kinds of software.
  const opened = await Promise.all(Array.from({ length: honest }, () => bench.open()));
  await Promise.all(
    opened.map(({ account, organisation }) => bench.draw(account, 0, 0, desk(account, organisation))),
  );
  stolen = opened.slice(0, 6).map(({ account }) => account);
}
beforeEach(() => begin(1), 60_000);
afterEach(() => bench.end());

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 40_000, interval: 20 });
const caughtUp = () =>
  until(async () => expect(await readLag(bench.database.server)).toMatchObject({ behind: 0 }));
const isFolded = async () => (await readLag(bench.database.server)).behind === 0;
/** What holds the guard's place dies: all it had in memory since its last snapshot is lost. */
const kill = () => bench.database.owner`
  select pg_terminate_backend(pid) from pg_stat_activity
   where application_name = 'vigie lock' and datname = current_database()`;
const standings = () => Promise.all(stolen.map((account) => bench.standingOf(account)));

function desk(account: number, organisation: number) {
  return { network: 10_000 + account, client: 1 + (account % 24), session: BigInt(account), organisation };
}

/** The thief's next lookups, one with each account in turn, from one place: numbers that rise. */
async function steal(person: number, accounts = stolen, network = 777): Promise<void> {
  for (const account of accounts) {
    const organisation = account;
    const from = { network, client: network - 700, session: BigInt(1_000 + account), organisation };
    await bench.draw(account, person, signalBits.ascending | signalBits.hasPrevious, from);
  }
}

/** The same, until a campaign is told that has so much evidence. */
async function stealUntil(bits: number): Promise<void> {
  for (let person = 1; person < 30; person += 1) {
    // What a snapshot tells is up to ten seconds old; stopping takes one.
    await bench.stopGuards();
    const [row] = await listCampaigns(bench.database.server);
    bench.startGuard();
    if (row !== undefined && row.bits >= bits) return;
    // A few at a time, once all are linked: the evidence is to come near the bar, not to leap over it.
    await steal(person, person < 3 ? stolen : stolen.filter((_, which) => which % 2 === person % 2));
    await caughtUp();
  }
}

/** What is kept of campaigns, but for numbers that differ from one run to the next. */
async function told() {
  const all = await listCampaigns(bench.database.server);
  return Promise.all(
    all.map(async ({ campaign }) => {
      const { members, links, bits } = await readCampaign(bench.database.server, campaign);
      return {
        bits,
        links,
        members: members.map(({ account, people, bits: own }) => [account, people, own]),
      };
    }),
  );
}

/** The guard has only the ledger left. */
const forgetAll = () => bench.database.owner`
  truncate guard.position, guard.account_state, guard.case_step, guard.evidence, guard.case_file,
    guard.watched, guard.campaign, guard.campaign_member, guard.campaign_link`;

test('six stolen accounts are contained together, after fewer people than one of them alone', async () => {
  bench.startGuard();
  const lost = async (accounts: number[], each: number, network?: number) => {
    for (let person = 1; person < 60; person += 1) {
      await steal(person, accounts, network);
      if (person % each === 0) await caughtUp();
      if ((await bench.standingOf(accounts[0] ?? 0)) >= 2) return person;
    }
    return 60;
  };
  const together = await lost(stolen.slice(1), 2);
  expect((await standings()).slice(1)).toEqual([2, 2, 2, 2, 2]);
  await bench.stopGuards();
  const [row] = await listCampaigns(bench.database.server);
  expect(row).toMatchObject({ state: 'open', accounts: 5 });
  const { members, links } = await readCampaign(bench.database.server, String(row?.campaign));
  expect(members.every(({ standing, case: file }) => standing === 'restricted' && file !== null)).toBe(true);
  expect(links[0]?.families).toEqual(['network', 'client', 'sign-in']);
  const file = await readCase(bench.tools, String(members[0]?.case));
  expect(file).toMatchObject({ ledBy: 'group', campaign: row?.campaign, group: { accounts: 5 } });
  // The group reached what a group is asked for; what the case looks back on is its account's, and is less.
  expect(file.bits).toBeGreaterThan(file.group?.restrict ?? 99);
  expect(file.group?.restrict).toBeGreaterThan(file.thresholds.restrict);
  expect(file.points.length).toBeGreaterThan(0);
  for (const { bits } of file.points) expect(bits).toBeLessThan(file.thresholds.restrict);
  // Told outside once, however often it is kept.
  const events = await bench.database
    .owner`select data from guard.event where type = 'guard.campaign.opened'`;
  expect(events).toHaveLength(1);
  expect(events[0]?.data).toMatchObject({ campaign: row?.campaign, organisations: events[0]?.data.accounts });
  bench.startGuard();
  // One account alone, from elsewhere.
  const alone = await lost([stolen[0] ?? 0], 10, 778);
  expect(together).toBeLessThan(alone / 2);
}, 120_000);

test('a campaign is listed within seconds, however many others are at work', async () => {
  const others = await bench.openMany(400);
  const began = performance.now();
  bench.startGuard();
  await steal(1);
  await caughtUp();
  // More than are kept every few seconds.
  for (let person = 2; (await standings()).some((standing) => standing === 0); person += 1) {
    await Promise.all(others.map((account) => bench.draw(account, person)));
    await steal(person);
    await caughtUp();
  }
  // A snapshot of so many comes a minute after the guard began, at the soonest: by then it proves nothing.
  const left = 55_000 - (performance.now() - began);
  await vi.waitFor(
    async () => expect(await listCampaigns(bench.database.server)).toMatchObject([{ accounts: 6 }]),
    { timeout: Math.max(1_000, left), interval: 100 },
  );
}, 120_000);

test('in shadow mode the same cases are written, and nobody is contained', async () => {
  await bench.setShadow(true);
  bench.startGuard();
  for (let person = 1; person < 12; person += 1) await steal(person);
  await caughtUp();
  expect(await standings()).toEqual([0, 0, 0, 0, 0, 0]);
  const cases = await bench.cases();
  expect(cases).toHaveLength(6);
  expect(cases.every(({ is_shadow, level }) => is_shadow && level === 2)).toBe(true);
}, 60_000);

test('killed again and again, it comes to the same campaigns and steps as one never stopped', async () => {
  await bench.setShadow(true);
  const steps = async () => {
    const rows = await bench.database.owner`
      select account, seq::int as seq, to_standing, bits from guard.case_step order by seq, to_standing`;
    return rows.map((row) => ({ ...row }));
  };
  bench.startGuard();
  for (let person = 1; person < 12; person += 1) {
    await steal(person);
    await kill();
    if (person % 2 === 0) await caughtUp();
  }
  await caughtUp();
  await bench.stopGuards();
  const killed = [await told(), await steps()];
  expect(killed[0]).toHaveLength(1);
  await forgetAll();
  bench.startGuard();
  await caughtUp();
  await bench.stopGuards();
  expect([await told(), await steps()]).toEqual(killed);
}, 60_000);

test('folded again from the first entry, accounts of three lanes are linked as at work', async () => {
  await bench.end();
  await begin(3);
  await bench.setShadow(true);
  bench.startGuard();
  for (let person = 1; person < 12; person += 1) {
    await steal(person);
    await caughtUp();
  }
  await bench.stopGuards();
  const atWork = await told();
  expect(atWork).toMatchObject([{ members: { length: stolen.length } }]);
  await forgetAll();
  bench.startGuard();
  await caughtUp();
  await bench.stopGuards();
  expect(await told()).toEqual(atWork);
}, 60_000);

test('killed as it acts, with three lanes, it contains each of a campaign once', async () => {
  await bench.end();
  await begin(3);
  for (const _ of [1, 2]) bench.startGuard();
  const ordered = async () => {
    const rows = await bench.database.owner`
      select account, action from ledger.entry where kind = 3 order by account, actor_seq`;
    return rows.map(({ account, action }) => [account, action]);
  };
  const stepCount = async () => {
    const [row] = await bench.database.owner`select count(*)::int as steps from guard.case_step`;
    return row?.steps as number;
  };
  const isOver = async () => (await standings()).every((standing) => standing >= 2);
  let kills = 0;
  for (let person = 1; person < 30 && !(await isOver()); person += 1) {
    const before = await stepCount();
    const isMore = async () => (await stepCount()) > before;
    await steal(person);
    await until(async () => expect((await isMore()) || (await isFolded())).toBe(true));
    // As soon as a member's step was taken, which no snapshot knows of yet; the others' may be on their way.
    if ((await isMore()) || person % 3 === 0) kills += (await kill()).length;
  }
  await until(async () => expect(await isOver()).toBe(true));
  // Listed with the first snapshot that is written after the last kill.
  const listed = { state: 'open', accounts: stolen.length };
  const campaigns = () => listCampaigns(bench.database.server);
  await until(async () => expect(await campaigns()).toMatchObject([listed]));
  await caughtUp();
  await bench.stopGuards();
  expect(kills).toBeGreaterThan(2);
  const given = await ordered();
  const rising = stolen.map((account) => given.filter(([each]) => each === account).map(([, to]) => to));
  for (const levels of rising) expect(levels).toEqual([...new Set(levels)].sort());
  expect(given.every(([account]) => stolen.includes(account))).toBe(true);
  expect(await bench.cases()).toHaveLength(stolen.length);
  expect(await campaigns()).toMatchObject([listed]);
  const events = await bench.database
    .owner`select data from guard.event where type = 'guard.campaign.opened'`;
  expect(events).toHaveLength(1);
}, 120_000);

test('confirmed, one member lowers the bar of those linked; undone, a member leaves', async () => {
  bench.startGuard();
  await stealUntil(13.5);
  const before = (await standings()).slice(1);
  expect(Math.max(...before)).toBeLessThan(2);
  const [first = 0, second = 0] = stolen;
  await bench.walkIntoHoney(first);
  await until(async () => expect(await bench.standingOf(first)).toBe(3));
  const caseOf = async (account: number) => {
    const [row] = await bench.database.owner`
      select id::text as id from guard.case_file where account = ${account} order by id desc limit 1`;
    return String(row?.id);
  };
  const officer = (await bench.open({ role: 'security-officer' })).account;
  const verdict = { by: officer, why: 'The holder was on holiday' };
  await confirmCase(bench.tools, { ...verdict, caseFile: await caseOf(first) });
  await until(async () => {
    const after = (await standings()).slice(1);
    expect(after.map((standing, place) => standing > (before[place] ?? 0))).toEqual(after.map(() => true));
  });
  const [row] = await listCampaigns(bench.database.server);
  expect(row).toMatchObject({ state: 'confirmed', accounts: 6 });

  await undoCase(bench.tools, { ...verdict, caseFile: await caseOf(second) });
  await steal(9, [second]);
  await caughtUp();
  expect(await bench.standingOf(second)).toBe(0);
}, 60_000);

test('closed by a person, a campaign leads to nothing any more', async () => {
  bench.startGuard();
  await bench.setShadow(true);
  await stealUntil(1);
  const [row] = await listCampaigns(bench.database.server);
  const officer = (await bench.open({ role: 'security-officer' })).account;
  await closeCampaign(bench.tools, { campaign: String(row?.campaign), by: officer, why: 'One new software' });
  const before = (await bench.cases()).length;
  // A snapshot is kept when something new came.
  await until(async () => {
    await bench.draw(officer, 100);
    const groups = await bench.database.owner`select key from guard.campaign_group where key <> 'index'`;
    expect(groups).toHaveLength(0);
  });
  for (let next = 40; next < 42; next += 1) await steal(next);
  await caughtUp();
  expect((await bench.cases()).length).toBe(before);
}, 60_000);

test('folded again after another version, groups are as they were, also of one released', async () => {
  const { owner } = bench.database;
  const [first = 0, , , ...others] = stolen;
  bench.startGuard();
  for (let person = 1; person < 12; person += 1) await steal(person, stolen.slice(0, 3));
  await until(async () => expect(await bench.standingOf(first)).toBe(2));
  const [row] = await owner`select id::text as id from guard.case_file where account = ${first}`;
  await undoCase(bench.tools, { caseFile: String(row?.id), by: 0, why: 'recognised by telephone' });
  await caughtUp();
  // Robbed again, by somebody else: it is in another group now, which an old verdict must not take it from.
  const again = [first, ...others];
  for (let person = 101; person < 104; person += 1) await steal(person, again, 779);
  await caughtUp();
  await bench.stopGuards();
  const kept = async () => [
    [...(await owner`select key, state from guard.campaign_group where key <> 'index' order by key`)],
    [...(await owner`select account, state from guard.campaign_account order by account`)],
    [...(await owner`select account, seq, to_standing from guard.case_step order by id`)],
  ];
  const before = await kept();
  expect(before[0]?.some(({ state }) => JSON.parse(state).members.includes(first))).toBe(true);
  await owner`update guard.account_state set state = set_byte(state, 0, 77)`;
  bench.startGuard();
  await caughtUp();
  await until(async () => {
    const old = await owner`select from guard.account_state where get_byte(state, 0) = 77`;
    expect(old).toHaveLength(0);
  });
  await bench.stopGuards();
  expect(await kept()).toEqual(before);
  // And the group goes on from what it had.
  bench.startGuard();
  for (let person = 104; person < 116; person += 1) await steal(person, again, 779);
  await caughtUp();
  for (const account of again) await until(async () => expect(await bench.standingOf(account)).toBe(2));
}, 90_000);

test('an account that was quiet for thirty days is kept no longer, and nobody’s subject ever', async () => {
  const { owner } = bench.database;
  const [thief = 0] = stolen;
  bench.startGuard();
  await steal(1, [thief]);
  await caughtUp();
  await bench.stopGuards();
  const kept = () => owner`select account, state from guard.campaign_account order by account`;
  const states = (await kept()).map(({ state }) => state).join();
  const subjects = await owner`select subject::text as subject from ledger.entry where subject is not null`;
  expect((await kept()).length).toBe(honest);
  for (const { subject } of subjects) expect(states).not.toContain(subject);
  await owner`
    update guard.campaign_account
       set state = jsonb_set(state::jsonb, '{at}',
             to_jsonb((state::jsonb ->> 'at')::bigint - ${31 * 86_400e6}))::text
     where account <> ${thief}`;
  await bench.draw(thief, 99);
  bench.startGuard();
  await caughtUp();
  await bench.stopGuards();
  expect((await kept()).map(({ account }) => account)).toEqual([thief]);
}, 60_000);
