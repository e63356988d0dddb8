import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type BesideDatabase, besideDatabase } from '../../tests/beside-database.ts';
import { cutEveryList } from '../../tests/guard-crowd.ts';
import { openAs } from '../../tests/signing-in.ts';
import { startGuard } from '../modules/guard/index.ts';
import { createLedger } from '../modules/ledger/index.ts';
import { signalBits, withHoneyMark } from '../modules/ledger/signals.ts';
import { systemClock } from '../platform/clock.ts';
import { createLog } from '../platform/log.ts';

let beside: BesideDatabase;
let account: number;

beforeAll(async () => {
  beside = await besideDatabase();
  const ledger = createLedger(beside.server, { lanes: 1, clock: systemClock });
  ({ account } = await openAs({ db: beside.server, keys: beside.keys, ledger }, 'professional'));
  await ledger.close();
});
afterAll(() => beside?.drop());

const standing = async () => {
  const [row] = await beside.owner`select standing from ledger.account where account = ${account}`;
  return row?.standing;
};

test('the guard is asked how it stands, and what it did is undone with a reason', async () => {
  expect(await beside.run('guard', 'status')).toMatchObject({ code: 1 });
  expect(await beside.run('guard', 'cases')).toMatchObject({ code: 0, out: 'No case is open.' });

  const ledger = createLedger(beside.server, { lanes: 1, clock: systemClock });
  const tools = {
    db: beside.server,
    keys: beside.keys,
    ledger,
    site: 'https://vigie.example',
  };
  const guard = startGuard({ ...tools, clock: systemClock, log: createLog('silent') });
  for (const which of [1, 2])
    await ledger.record({
      ...{ account, session: 5n, organisation: 1, client: 8, network: 9, action: 1, purpose: 1, reason: 2 },
      ...{ nirKey: null, insurers: [], fields: 5n, present: false, subject: null },
      signals: withHoneyMark(signalBits.sameRun, Buffer.of(which)),
    });
  await vi.waitFor(async () => expect(await standing()).toBe(3), { timeout: 40_000, interval: 20 });
  await guard.stop();
  await ledger.close();

  const status = await beside.run('guard', 'status');
  expect(status).toMatchObject({ code: 0, out: expect.stringContaining('open cases: 1') });
  const { out } = await beside.run('guard', 'cases');
  expect(out).toMatch(
    new RegExp(`case 1 .*account ${account} \\(optician\\): suspended, honey person, open`),
  );
  const exported = await beside.run('guard', 'export', '1');
  expect(exported).toMatchObject({ code: 0, out: expect.stringContaining('name: vigie_case_1_honey') });
  expect(await beside.run('guard', 'export', '9')).toMatchObject({ code: 1, err: 'There is no case 9.' });
  expect((await beside.run('guard', 'export', 'x')).code).toBe(2);
  expect((await beside.run('guard', 'undo', '1')).code).toBe(2);
  const undo = () => beside.run('guard', 'undo', '1', '--reason', 'A screening day');
  expect(await undo()).toMatchObject({ code: 0, out: expect.stringContaining('is open again') });
  expect(await standing()).toBe(0);
  expect(await undo()).toMatchObject({ code: 1, err: 'Case 1 has ended.' });
  expect((await beside.run('guard', 'undo', '9', '--reason', 'x y z')).err).toBe('There is no case 9.');
  expect(JSON.parse((await beside.run('guard', 'cases', '--all', '--json')).out)).toMatchObject({
    cases: [{ id: '1', state: 'undone' }],
  });
});

test('undone at the command line, the evidence is spent: the next lookup contains nobody', async () => {
  const ledger = createLedger(beside.server, { lanes: 1, clock: systemClock });
  const tools = {
    db: beside.server,
    keys: beside.keys,
    ledger,
    site: 'https://vigie.example',
  };
  const { seq } = (await ledger.record({
    ...{ account, session: 5n, organisation: 1, client: 8, network: 9, action: 1, purpose: 1, reason: 2 },
    ...{ nirKey: null, insurers: [], fields: 5n, present: false, subject: null, signals: 0 },
  })) as { seq: bigint };
  const guard = startGuard({ ...tools, clock: systemClock, log: createLog('silent') });
  const place = async () => {
    const [row] = await beside.owner`select seq::int as seq from guard.position`;
    return row?.seq;
  };
  await vi.waitFor(async () => expect(await place()).toBeGreaterThanOrEqual(Number(seq)), {
    timeout: 40_000,
  });
  await guard.stop();
  await ledger.close();
  expect(await standing()).toBe(0);
});

test('campaigns are listed, and one is shown with what links its accounts', async () => {
  expect(await beside.run('guard', 'campaigns')).toMatchObject({ code: 0, out: 'No campaign is open.' });
  await beside.owner`insert into guard.campaign (key, bits, opened_at) values ('0/1', 17.5, now())`;
  await beside.owner`
    insert into guard.campaign_member
    select id, each, each, 'optician', 3, each, now(), 0, each from guard.campaign, unnest(array[4, 5]) each`;
  await beside.owner`insert into guard.campaign_link select id, 4, 5, 18, 5 from guard.campaign`;
  const { out } = await beside.run('guard', 'campaigns');
  expect(out).toMatch(/^campaign 1 .*Z {2}2 accounts, 9 people, 17.5 bits, open$/);
  const shown = (await beside.run('guard', 'campaigns', '1')).out.split('\n');
  expect(shown).toEqual([
    'campaign 1: open, 17.5 bits together',
    '  account 4 (optician): open, 4 people, 3.0 bits, no case',
    '  account 5 (optician): open, 5 people, 3.0 bits, no case',
    '  4 - 5: network, sign-in (18.0 bits)',
  ]);
  expect(await beside.run('guard', 'campaigns', '9')).toMatchObject({
    code: 1,
    err: 'There is no campaign 9.',
  });
  expect((await beside.run('guard', 'campaigns', 'x')).code).toBe(2);
});

test('blocked networks are listed, and one is opened with a reason', async () => {
  expect(await beside.run('guard', 'networks')).toMatchObject({ code: 0, out: 'No network is blocked.' });
  await beside.owner`
    with asked as (
      insert into guard.sweep (case_file, account, started_at, from_at, to_at)
      values (77, ${account}, now(), now(), now()) returning id)
    insert into guard.blocked_network (network, sweep, account, entry_seq, blocked_at, until)
    select 4242, id, ${account}, 3, now(), now() + make_interval(days => days)
      from asked, unnest(array[30, -1]) days`;
  await beside.owner`insert into access.blocked_network values (4242, now() + interval '30 days')`;
  const { out } = await beside.run('guard', 'networks');
  expect(out).toMatch(
    new RegExp(`^block 1 .*Z {2}network 4242: account ${account} stolen, .* by the guard, until 2\\S*Z$`),
  );
  const open = (...rest: string[]) => beside.run('guard', 'networks', 'open', ...rest);
  expect(await open('1')).toMatchObject({ code: 2, err: expect.stringContaining('--reason is missing') });
  expect((await open('x', '--reason', 'A practice moved in')).code).toBe(2);
  expect((await beside.run('guard', 'networks', 'close', '1')).code).toBe(2);
  expect(await open('9', '--reason', 'A practice moved in')).toMatchObject({
    ...{ code: 1, err: 'There is no block 9.' },
  });
  expect(await open('1', '--reason', 'A practice moved in')).toMatchObject({
    ...{ code: 0, out: 'Network 4242 is open again.' },
  });
  expect(await beside.owner`select from access.blocked_network`).toHaveLength(0);
  for (const ended of ['1', '2'])
    expect(await open(ended, '--reason', 'Twice')).toMatchObject({
      ...{ code: 1, err: `Block ${ended} has ended.` },
    });
  const listed = (await beside.run('guard', 'networks', '--all')).out;
  expect(listed).toMatch(/opened \S+Z at the command line\n {2}opened: A practice moved in$/);
  expect(listed).toMatch(/^block 2 .* by the guard, ended 2\S*Z\n/);
  expect(JSON.parse((await beside.run('guard', 'networks', '--all', '--json')).out)).toMatchObject({
    networks: [
      { block: '2', isLive: false },
      { block: '1', openedBy: 0, openedWhy: 'A practice moved in' },
    ],
    count: 2,
  });
  const [entry] = await beside.owner`
    select account, acted_by, action, network from ledger.entry where kind = 10`;
  expect({ ...entry }).toEqual({ account, acted_by: 0, action: 0, network: 4242 });
});

test('of more cases than a page takes it tells how many there are, and how to go on', async () => {
  await beside.owner`
    insert into guard.case_file (account, organisation, profession, is_shadow, level, bits, opened_at)
    select 500000 + n, 1, 'optician', false, 2, 20.25, now() from generate_series(1, 203) n`;
  const [{ open } = { open: 0 }] = await beside.owner<{ open: number }[]>`
    select count(*)::int as open from guard.case_file where state = 'open'`;
  const lines = (await beside.run('guard', 'cases')).out.split('\n');
  expect(lines).toHaveLength(201);
  const [place = ''] = /open_2_20\.25_\d+$/.exec(lines.at(-1) ?? '') ?? [];
  expect(lines.at(-1)).toBe(`${open} cases open: the next by vigie guard cases --after ${place}`);
  const rest = (await beside.run('guard', 'cases', '--after', place)).out.split('\n');
  const numbers = [...lines.slice(0, -1), ...rest].map((line) => /^case \d+/.exec(line)?.[0]);
  expect([numbers.length, new Set(numbers).size]).toEqual([open, open]);
  const told = JSON.parse((await beside.run('guard', 'cases', '--json')).out);
  expect(told).toMatchObject({ counts: { open }, next: { open: place, watching: null, ended: null } });
  const end = await beside.run('guard', 'cases', '--after', 'open_1_0_1');
  expect(end).toMatchObject({ code: 0, out: 'No case comes after it.' });
  for (const wrong of ['340', 'open_2_x_340', 'open_2_20.25_340 ', 'closed_2_20.25_340'])
    expect(await beside.run('guard', 'cases', '--after', wrong)).toMatchObject({
      ...{ code: 2, err: expect.stringContaining('--after takes a place') },
    });
  expect((await beside.run('guard', 'status')).out).toMatch(/open cases: 20\d,/);
});

test('campaigns and blocked networks that are cut say so', async () => {
  const database = await besideDatabase();
  try {
    await cutEveryList(database.owner);
    const last = async (...words: string[]) => (await database.run('guard', ...words)).out.split('\n').at(-1);
    expect(await last('campaigns')).toBe('200 of 203 campaigns were read, what is open and strongest first.');
    const [row] = await database.owner`select max(id)::text as id from guard.campaign`;
    expect(await last('campaigns', String(row?.id))).toBe('  the newest 50 of 53 sweeps');
    expect(await last('networks')).toBe('The newest 1000 of 1003 blocks were read.');
    for (const list of ['campaigns', 'networks'] as const) {
      const told = JSON.parse((await database.run('guard', list, '--json')).out);
      expect([list, told.count - told[list].length]).toEqual([list, 3]);
    }
  } finally {
    await database.drop();
  }
});
