import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BesideDatabase, besideDatabase } from '../../tests/beside-database.ts';
import { openAs } from '../../tests/signing-in.ts';
import { createLedger } from '../modules/ledger/index.ts';
import { systemClock } from '../platform/clock.ts';

let beside: BesideDatabase;
let account: number;

/**
 * An optician who opens: served 26 people, 13 of them for the first time and not there, and typed one number
 * of nobody.
 */
beforeAll(async () => {
  beside = await besideDatabase();
  const ledger = createLedger(beside.server, { lanes: 1, clock: systemClock });
  ({ account } = await openAs({ db: beside.server, keys: beside.keys, ledger }, 'professional'));
  const lookup = {
    ...{ account, session: 5n, organisation: 1, client: 8, network: 9, action: 1, purpose: 1, reason: 0 },
    ...{
      nirKey: null,
      insurers: [1],
      fields: 5n,
      present: false,
      subject: null as string | null,
      signals: 0,
    },
  };
  for (let person = 0; person < 26; person += 1)
    await ledger.record({ ...lookup, subject: randomUUID(), present: person % 2 === 0 });
  await ledger.record({ ...lookup, reason: 2 });
  await ledger.close();
});
afterAll(() => beside?.drop());

const opening = (out: string) =>
  JSON.parse(out).rates.find(({ name }: { name: string }) => name === 'opening');
const everything = async () =>
  (
    await beside.owner`
      select (select count(*)::int from ledger.entry) as entries,
        (select count(*)::int from guard.position) as places,
        (select count(*)::int from guard.account_state) as states,
        (select count(*)::int from guard.watched) as days`
  )[0];

test('what the ledger shows of each rate is printed against its table, and nothing is written', async () => {
  const before = await everything();
  const { code, out } = await beside.run('guard', 'rates');
  expect([code, await everything()]).toEqual([0, before]);
  const lines = out.split('\n');
  expect(lines[0]).toMatch(/^\d+ entries folded; the last 90 days measured: 1 accounts\.$/);
  expect(lines).toContain('detector 1, opening (table: assumed)');
  expect(lines.find((line) => line.startsWith('  optician'))).toMatch(
    /^ {2}optician +1 +26 +0\.5000 +0\.9\d+ +0\.9\d+ +0\.8000 +0\.8000 {2}too-few$/,
  );
  expect(lines.at(-1)).toMatch(/^too-few \(\d+\): not enough accounts to say/);
});

test('as JSON; of the days asked for alone; and not of who a person confirmed to be stolen', async () => {
  const { out } = await beside.run('guard', 'rates', '--days', '7', '--json');
  expect(JSON.parse(out)).toMatchObject({ days: 7, accounts: 1, stolen: 0 });
  expect(opening(out)).toMatchObject({
    ...{
      detector: 1,
      profession: 'optician',
      accounts: 1,
      observations: 26,
      events: 13,
      rate: 0.5,
      leftOut: 0,
    },
    ...{ table: { value: 0.8, upper: 0.8, mark: 'assumed' }, verdict: 'too-few' },
  });
  await beside.owner`
    insert into guard.case_file (account, organisation, profession, is_shadow, state, level, bits, opened_at,
        closed_at)
    select ${account}::int, 1, 'optician', false, 'confirmed', 3, 30, now(), now()`;
  const after = await beside.run('guard', 'rates', '--json');
  expect(JSON.parse(after.out)).toMatchObject({ accounts: 0, stolen: 1, rates: [] });
  expect((await beside.run('guard', 'rates')).out).toContain('1 confirmed stolen left out');
});

test('days that are none are wrong usage', async () => {
  for (const days of ['0', 'x', '1.5', '9999'])
    expect((await beside.run('guard', 'rates', '--days', days)).code).toBe(2);
});
