import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BesideDatabase, besideDatabase } from '../../tests/beside-database.ts';
import { freePort } from '../../tests/free-port.ts';
import { fillSmallDemo, startDemo } from '../../tests/replaying.ts';
import type { ReplayView } from '../../world/replay/play-replay.ts';
import type { RunningServer } from '../compose.ts';
import { intArray } from '../platform/database/arrays.ts';
import { holdLocks } from '../platform/database/locks.ts';
import { dispatch } from './command.ts';
import { commands } from './commands.ts';

let beside: BesideDatabase;
let demo: { server: RunningServer; origin: string } | undefined;

beforeAll(async () => {
  beside = await besideDatabase();
  await fillSmallDemo(beside, beside.keys);
  demo = await startDemo(beside, beside.keys);
}, 120_000);
afterAll(async () => {
  await demo?.server.stop();
  await beside?.drop();
});

/** The command beside the demo's server, with settings of its own. */
async function replay(args: readonly string[], more: Record<string, string> = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const env = { ...beside.env, VIGIE_URL: demo?.origin ?? '', VIGIE_ENV: 'test', ...more };
  const io = { env, out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const code = await dispatch(['replay', ...args], io, commands);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** Whom the accounts know, by the ledger alone. */
async function pairsOf(accounts: readonly number[]): Promise<Map<number, number>> {
  const rows = await beside.owner`
    select account, count(*)::int as people from ledger.pair
     where account = any (${intArray(accounts)}::text::int[]) group by account`;
  return new Map(rows.map(({ account, people }) => [account, people]));
}

test('without a name it lists what can be replayed; a wrong name names them too', async () => {
  const listed = await replay([]);
  expect(listed).toMatchObject({ code: 0, out: expect.stringContaining('tiers-payant-2024') });
  const wrong = await replay(['amelipro']);
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('amelipro-2022') });
  for (const args of [
    ['--accounts', '0'],
    ['--accounts', '61'],
    ['--speed', 'fast'],
    ['--speed', '0'],
  ])
    expect((await replay(['amelipro-2022', ...args])).code).toBe(2);
});

test('every account is contained, and who was told is whom the ledger counts', {
  timeout: 60_000,
}, async () => {
  const before = await beside.owner`select account from access.demo_account order by account`;
  const { code, out, err } = await replay(['tiers-payant-2024', '--accounts', '3', '--json']);
  expect([code, err]).toEqual([0, '']);
  const view = JSON.parse(out) as ReplayView;
  expect(view).toMatchObject({ scenario: 'tiers-payant-2024', phase: 'over', trouble: null });
  expect(view.lines).toHaveLength(3);
  const accounts = view.lines.map(({ account }) => account);
  // Nobody whom the door offers.
  expect(accounts.filter((one) => before.some(({ account }) => account === one))).toEqual([]);
  const own = await beside.owner`
    select account, count(*)::int as people from ledger.pair
     where account = any (${intArray(accounts)}::text::int[])
       and first_at < ${view.startedAt}::text::timestamptz group by account`;
  const now = await pairsOf(accounts);
  for (const line of view.lines) {
    const knew = own.find(({ account }) => account === line.account)?.people;
    expect(line.people).toBe((now.get(line.account) ?? 0) - knew);
    expect(line.people).toBeGreaterThan(0);
    expect(line.contained?.people).toBeLessThanOrEqual(line.people);
    expect(line.standing).not.toBe('open');
    const [row] = await beside.owner`select standing from ledger.account where account = ${line.account}`;
    expect(['open', 'challenged', 'restricted', 'suspended'][row?.standing]).toBe(line.standing);
    const [found] = await beside.owner`select account from guard.case_file where id = ${line.caseFile}`;
    expect(found?.account).toBe(line.account);
  }
  expect(view.people).toBe(view.lines.reduce((sum, { people }) => sum + people, 0));
});

test('what it prints says what is real, what is played, and where to look', { timeout: 60_000 }, async () => {
  const { code, out } = await replay(['amelipro-2022', '--accounts', '2', '--speed', '20']);
  expect(code).toBe(0);
  expect(out).toContain('Played: the people and the accounts are this demo’s');
  expect(out).toMatch(/under way: \d+ people told, \d of 2 accounts contained/);
  expect(out).toContain('510,000 people');
  expect(out).toContain('vigie guard cases');
});

test('as a program, with all of its accounts, it says nothing on stderr', { timeout: 90_000 }, async () => {
  const args = ['bin/vigie.js', 'replay', 'amelipro-2022', '--speed', '20', '--json'];
  const env = { ...beside.env, VIGIE_URL: demo?.origin ?? '', VIGIE_ENV: 'test' };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env });
  expect(stderr).toBe('');
  expect((JSON.parse(stdout) as ReplayView).lines).toHaveLength(19);
});

test('while one is played, no other begins', async () => {
  const held = await holdLocks(beside.server, [{ name: 'vigie replay' }]);
  const second = await replay(['tiers-payant-2024', '--accounts', '1']);
  await held?.release();
  expect(second).toMatchObject({ code: 1, err: expect.stringContaining('one at a time') });
});

test('more accounts than are open are refused, with how many there are', async () => {
  await beside.owner`update ledger.account set standing = 3 where standing = 0 and account % 8 > 0`;
  const { code, err } = await replay(['tiers-payant-2024', '--accounts', '60']);
  expect(code).toBe(1);
  expect(err).toMatch(/^\d+ open accounts of this demo .* 60 are to be stolen: take fewer/);
  await beside.owner`update ledger.account set standing = 0 where standing = 3 and account % 8 > 0`;
});

test('the server that is asked must be there, and on this database', async () => {
  const nowhere = await replay(['amelipro-2022'], { VIGIE_URL: `http://localhost:${await freePort()}` });
  expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('No server answers at') });
  const other = await besideDatabase();
  const elsewhere = await startDemo(other, other.keys);
  const wrong = await replay(['amelipro-2022', '--accounts', '1', '--json'], { VIGIE_URL: elsewhere.origin });
  await elsewhere.server.stop();
  await other.drop();
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.out)).toMatchObject({
    phase: 'failed',
    trouble: { is: 'refused', detail: expect.stringContaining('VIGIE_URL') },
  });
});

test('nothing is stolen in a house that is no demo, or where nothing would stop the thieves', {
  timeout: 60_000,
}, async () => {
  const before = await beside.owner`select count(*)::int as sessions from access.session`;
  const refused = { code: 1, err: expect.stringContaining('in a demo on this machine only') };
  expect(await replay(['amelipro-2022'], { VIGIE_ENV: 'production' })).toMatchObject(refused);
  expect(await replay(['amelipro-2022'], { VIGIE_HOST: '0.0.0.0' })).toMatchObject(refused);
  const real = await besideDatabase();
  expect(await replay(['amelipro-2022'], real.env)).toMatchObject(refused);
  await real.drop();
  await demo?.server.stop();
  demo = await startDemo(beside, beside.keys, { VIGIE_GUARD: 'off' });
  await beside.owner`update guard.position set seen_at = now() - interval '1 minute'`;
  expect(await replay(['amelipro-2022'])).toMatchObject({
    ...{ code: 1, err: expect.stringContaining('VIGIE_GUARD=off') },
  });
  expect(await beside.owner`select count(*)::int as sessions from access.session`).toEqual(before);
});
