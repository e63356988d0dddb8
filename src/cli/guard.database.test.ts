import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type BesideDatabase, besideDatabase } from '../../tests/beside-database.ts';
import { openAs } from '../../tests/signing-in.ts';
import { startGuard } from '../modules/guard/index.ts';
import { createLedger } from '../modules/ledger/index.ts';
import { signalBits } from '../modules/ledger/signals.ts';
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
  await ledger.record({
    ...{ account, session: 5n, organisation: 1, client: 8, network: 9, action: 1, purpose: 1, reason: 2 },
    ...{ nirKey: null, insurers: [], fields: 5n, present: false, subject: null },
    signals: signalBits.honey | signalBits.sameRun,
  });
  await vi.waitFor(async () => expect(await standing()).toBe(3), { timeout: 15_000, interval: 20 });
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
  const undo = () => beside.run('guard', 'undo', '1', '--because', 'A screening day');
  expect(await undo()).toMatchObject({ code: 0, out: expect.stringContaining('is open again') });
  expect(await standing()).toBe(0);
  expect(await undo()).toMatchObject({ code: 1, err: 'Case 1 has ended.' });
  expect((await beside.run('guard', 'undo', '9', '--because', 'x y z')).err).toBe('There is no case 9.');
  expect(JSON.parse((await beside.run('guard', 'cases', '--all', '--json')).out)).toMatchObject([
    { id: '1', state: 'undone' },
  ]);
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
    timeout: 15_000,
  });
  await guard.stop();
  await ledger.close();
  expect(await standing()).toBe(0);
});
