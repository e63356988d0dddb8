import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BesideDatabase, besideDatabase } from '../../tests/beside-database.ts';
import { loadWorld } from '../../world/load-world.ts';
import { people } from '../../world/people.ts';
import { holdLocks } from '../platform/database/locks.ts';

const world = { seed: 5, count: 60, day: '2026-06-15' };
const [person] = [...people(world.seed, world.count, world.day)].filter((one) => one.contracts.length > 0);
const named = [
  '--nir',
  person?.nir ?? '',
  '--birth-date',
  (person?.birthDate ?? '').replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'),
  '--birth-rank',
  String(person?.birthRank ?? 1),
];

let beside: BesideDatabase;

beforeEach(async () => {
  beside = await besideDatabase();
  await loadWorld({ db: beside.server, keys: beside.keys }, world);
});
afterEach(() => beside.drop());

test('each key is changed by its command, which says what became of the old one', async () => {
  const index = await beside.run('keys', 'rotate', 'index');
  expect([index.code, index.out]).toEqual([
    0,
    expect.stringMatching(/nobody is found by the old key any more/),
  ]);
  const insurer = await beside.run('keys', 'rotate', 'insurer');
  expect([insurer.code, insurer.out]).toEqual([0, expect.stringMatching(/no record needs an old key/)]);
  const signing = await beside.run('keys', 'rotate', 'signing');
  expect([signing.code, signing.out]).toEqual([0, expect.stringMatching(/the old ones are destroyed/)]);
  const master = await beside.run('keys', 'rotate', 'master');
  expect([master.code, master.out]).toEqual([0, expect.stringMatching(/none opens with the old one/)]);
  const status = await beside.run('keys', 'status');
  expect(status.code).toBe(0);
  expect(status.out).toMatch(/lookup +generation 2, current\n/);
  for (const turned of ['insurer', 'access-token', 'challenge']) {
    expect(status.out).toMatch(new RegExp(`${turned} +generation 2, current\n`));
  }
  expect(status.out).not.toMatch(/accepted|waits/);
  const again = await beside.run('keys', 'rotate', 'index');
  expect(again.code).toBe(0);
  expect(JSON.parse((await beside.run('keys', 'status', '--json')).out).keys).toContainEqual({
    purpose: 'lookup',
    generation: 3,
    state: 'current',
    derived: false,
  });
});

test('an import that runs makes a rotation and an erasure wait, or say so', async () => {
  const importing = await holdLocks(beside.server, [{ name: 'vigie keys', shared: true }]);
  for (const kind of ['index', 'insurer', 'signing', 'master']) {
    const { code, err } = await beside.run('keys', 'rotate', kind);
    expect([code, err]).toEqual([1, expect.stringMatching(/running: nothing was changed\..* --wait/)]);
  }
  const erased = await beside.run('person', 'erase', ...named, '--reason', 'request 1', '--yes');
  expect([erased.code, erased.err]).toEqual([1, expect.stringMatching(/nothing was changed/)]);
  let isDone = false;
  const waiting = beside.run('keys', 'rotate', 'insurer', '--wait').then((said) => {
    isDone = true;
    return said;
  });
  // It has asked, and was told to wait, once its own connection to the lock has come and gone.
  await expect.poll(() => beside.heard.join(), { timeout: 20_000 }).toMatch(/waiting for its end/);
  expect(isDone).toBe(false);
  await importing?.release();
  expect(await waiting).toMatchObject({ code: 0, err: expect.stringMatching(/waiting for its end/) });
});

test('a person is erased once, with a reason and a yes, and what remains is told', async () => {
  const erase = (...more: string[]) => beside.run('person', 'erase', ...named, ...more);
  expect((await erase('--yes')).code).toBe(2);
  expect(await erase('--reason', 'request 1')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--yes/),
  });
  const { code, out } = await erase('--reason', 'request 1', '--yes');
  expect(code).toBe(0);
  expect(out).toMatch(/^Destroyed: [1-9]\d* keys, [1-9]\d* records, [1-9]\d* links/);
  expect(out).toMatch(/0 ledger entries and 0 pairs/);
  expect(out).toMatch(/backups made before now/);
  const again = await erase('--reason', 'request 1', '--yes');
  expect([again.code, again.err]).toEqual([1, expect.stringMatching(/nothing was changed/)]);
});

test('wrong words are refused before anything happens', async () => {
  expect((await beside.run('keys', 'rotate')).code).toBe(2);
  expect((await beside.run('keys', 'rotate', 'everything')).code).toBe(2);
  expect((await beside.run('keys', 'rotate', 'index', '--to-command', 'true')).code).toBe(2);
  const same = 'c0ffee';
  const { code, err } = await beside.run('keys', 'rotate', 'master', '--to-command', `echo ${same}`);
  expect([code, err]).toEqual([1, expect.not.stringContaining(same)]);
  expect((await beside.run('keys', 'status')).out).toMatch(/lookup +generation 1, current\n/);
});
