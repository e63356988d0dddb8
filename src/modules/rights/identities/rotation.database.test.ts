import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { insurers } from '../../../../world/insurers.ts';
import { identitiesOf, loadWorld, personToLoad } from '../../../../world/load-world.ts';
import { people } from '../../../../world/people.ts';
import {
  currentCode,
  findSubjects,
  followKeys,
  hold,
  type Identity,
  type Keys,
  lookupKey,
  lookupKeys,
  type MasterPoint,
  masterPoints,
  openKeys,
  readKeyStatus,
  rotateInsurers,
  rotateMaster,
} from '../../vault/index.ts';
import { parseMaster } from '../../vault/keyring/master-key.ts';
import { keyPurposes } from '../../vault/keys.ts';
import { loadPeople } from '../load-people.ts';
import { readSealed } from '../store.ts';
import { erasePerson } from './erase-person.ts';
import { rotateIndexKey } from './rotate-index-key.ts';

const world = { seed: 5, count: 300, day: '2026-06-15' };
const insured = [...people(world.seed, world.count, world.day)].filter((one) => one.contracts.length > 0);
const identities = insured.flatMap((one) => identitiesOf(one));

let folder: string;
let database: TestDatabase;
let keys: Keys;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-rotation-'));
  database = await cloneDatabase();
  keys = await openKeys(database.server, { folder });
  await loadWorld({ db: database.server, keys }, world);
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const tools = (own = keys) => ({ db: database.server, keys: own, source: { folder } });

/** Whether everybody is found, and everything said of them opens, with these keys. */
async function expectEverybody(own: Keys): Promise<void> {
  const found = await findSubjects(
    database.server,
    identities.map((identity) => lookupKeys(own, identity)),
  );
  expect(found.filter((one) => one === null)).toHaveLength(0);
  const some = found.flatMap((one) => (one === null ? [] : [one]));
  const sealed = await readSealed(
    database.server,
    some.map((one) => one.subject),
  );
  expect(sealed.length).toBeGreaterThan(200);
  for (const one of some) {
    const rows = sealed.filter((row) => row.subject === one.subject);
    expect(one.keys).toHaveLength(rows.length);
    hold(own, one, rows);
  }
}

const countOf = async (table: string, generation: number) => {
  const [row] = await database.owner`
    select count(*)::int as count from ${database.owner(table)} where generation = ${generation}`;
  return row?.count;
};

test('the index key changes: everybody is found by the new one, and the old one finds nobody', async () => {
  const before = await countOf('vault.lookup_key', 1);
  const olds = identities.map((identity) => lookupKey(keys, identity));
  const rotated = await rotateIndexKey(tools());
  expect(rotated).toMatchObject({ outcome: 'rotated', servers: 0, people: insured.length });
  await expectEverybody(keys);
  expect((await findSubjects(database.server, olds)).every((one) => one === null)).toBe(true);
  const fresh = await openKeys(database.server, { folder });
  await expectEverybody(fresh);
  expect(lookupKeys(fresh, identities[0] as Identity)).toHaveLength(1);
  expect(await countOf('vault.lookup_key', 1)).toBe(0);
  // Those without a contract have no record, and nobody finds them any more.
  const gone = rotated.outcome === 'rotated' ? rotated.unreadable : 0;
  expect(gone).toBe(world.count - insured.length);
  expect(await countOf('vault.lookup_key', 2)).toBeLessThanOrEqual(before - gone);
  expect(await countOf('vault.purpose_key', 1)).toBe(keyPurposes.length - 2);
});

test('insurers’ keys change: every record opens, and the old keys are gone', async () => {
  const before = await countOf('vault.wrapped_key', 1);
  const stale = await openKeys(database.server, { folder });
  expect(await rotateInsurers(tools())).toMatchObject({ records: before, servers: 0 });
  await expectEverybody(keys);
  await expectEverybody(await openKeys(database.server, { folder }));
  expect(await countOf('vault.wrapped_key', 1)).toBe(0);
  expect(await countOf('vault.insurer_key', 1)).toBe(0);
  // The key that wrapped insurers' keys was destroyed too: who kept the old one opens nothing.
  await expect(expectEverybody(stale)).rejects.toThrow();
});

test('a server that follows has the new keys before they are needed, and says so', async () => {
  const server = await openKeys(database.server, { folder });
  const following = await followKeys(database.server, server, () => {});
  let looking = true;
  let looked = 0;
  const lookups = (async () => {
    while (looking) {
      await expectEverybody(server);
      looked += 1;
    }
  })();
  expect(await rotateIndexKey(tools())).toMatchObject({ outcome: 'rotated', servers: 1 });
  expect(await rotateInsurers(tools())).toMatchObject({ servers: 1 });
  looking = false;
  await lookups;
  expect(looked).toBeGreaterThan(2);
  const { servers, unfinished } = await readKeyStatus(database.server);
  expect([servers, unfinished]).toEqual([{ live: 1, behind: 0 }, []]);
  await following.stop();
});

test('people whose records do not hold their numbers are told of before anything begins', async () => {
  await database.owner`
    update vault.lookup_key set key = decode(md5(encode(key, 'hex')), 'hex')
     where key = ${lookupKey(keys, identities.at(-1) as Identity)}`;
  expect(await rotateIndexKey(tools())).toEqual({ outcome: 'lacking', people: 1 });
  // Both keys find, and the one that lacks keeps the old one.
  expect(await countOf('vault.lookup_key', 1)).toBeGreaterThan(insured.length - 1);
  const [first] = await findSubjects(database.server, [lookupKeys(keys, identities[0] as Identity)]);
  expect(first).not.toBeNull();
  expect((await readKeyStatus(database.server)).unfinished).toMatchObject([{ kind: 'index', stage: 'walk' }]);
});

test('the master key changes: everything opens with the new one, nothing with the old one', async () => {
  const old = parseMaster(await readFile(join(folder, 'master.key'), 'utf8'));
  const { keys: count, derived } = await rotateMaster(tools(), { to: 'file' });
  expect([count, derived]).toEqual([keyPurposes.length, []]);
  expect(await readdir(folder)).toEqual(['master.key']);
  await expectEverybody(await openKeys(database.server, { folder }));
  const rows = await database.owner`select purpose, generation, wrapped from vault.purpose_key`;
  expect(rows).toHaveLength(keyPurposes.length);
  for (const row of rows) {
    expect(() => old.unwrap({ purpose: row.purpose, generation: row.generation }, row.wrapped)).toThrow();
  }
});

test('the master key goes to a command, and back to a file', async () => {
  const hex = randomBytes(32).toString('hex');
  await rotateMaster(tools(), { to: 'command', command: `echo ${hex}` });
  expect(await readdir(folder)).toEqual([]);
  await expect(openKeys(database.server, { folder })).rejects.toThrow(/put master\.key back/);
  const source = { folder, command: `echo ${hex}` };
  await expectEverybody(await openKeys(database.server, source));
  await expect(
    rotateMaster({ ...tools(), source }, { to: 'command', command: source.command }),
  ).rejects.toThrow(/used already/);
  await rotateMaster({ ...tools(), source }, { to: 'file' });
  await expectEverybody(await openKeys(database.server, { folder }));
});

test.each(masterPoints)('stopped when %s, the right master key is found', async (point) => {
  const before = await readFile(join(folder, 'master.key'), 'utf8');
  const stop = (reached: MasterPoint) => {
    if (reached === point) throw new Error('stopped');
  };
  await expect(rotateMaster(tools(), { to: 'file' }, stop)).rejects.toThrow('stopped');
  await expectEverybody(await openKeys(database.server, { folder }));
  const after = await readFile(join(folder, 'master.key'), 'utf8');
  expect(after === before).toBe(point === 'next-written');
  await rotateMaster(tools(), { to: 'file' });
  await expectEverybody(await openKeys(database.server, { folder }));
  expect(await readdir(folder)).toEqual(['master.key']);
});

test('a database that knows neither of two master keys says so', async () => {
  for (const name of ['master.key', 'master.key.next']) {
    await writeFile(join(folder, name), randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  await expect(openKeys(database.server, { folder })).rejects.toThrow(/not the one this database was sealed/);
});

test('an erased person is found by no number nor key, and comes again as somebody new', async () => {
  const twoNumbers = insured.find((one) => one.otherNirs.length > 0) ?? insured[0];
  const own = twoNumbers === undefined ? [] : identitiesOf(twoNumbers);
  const [found] = await findSubjects(database.server, [lookupKeys(keys, own[0] as Identity)]);
  const subject = found?.subject ?? '';
  const erased = await erasePerson(tools(), own[0] as Identity, 'request 1');
  expect(erased).toMatchObject({
    lookupKeys: own.length,
    wrappedKeys: found?.keys.length,
    records: found?.keys.length,
    remains: { entries: 0, pairs: 0 },
  });
  const asked = own.map((identity) => lookupKeys(keys, identity));
  expect((await findSubjects(database.server, asked)).every((one) => one === null)).toBe(true);
  expect(await readSealed(database.server, [subject])).toEqual([]);
  await expect(currentCode(database.server, keys, { subject, now: 0n })).rejects.toThrow();
  const [row] = await database.owner`select * from vault.person where subject = ${subject}`;
  expect(row).toMatchObject({ subject, erased_because: 'request 1' });
  expect(row?.presence_key).toHaveLength(0);
  expect(await erasePerson(tools(), own[0] as Identity, 'again')).toBeNull();
  const again = twoNumbers === undefined ? [] : [personToLoad(twoNumbers)];
  await loadPeople({ db: database.server, keys }, again, { insurers });
  const [back] = await findSubjects(database.server, asked);
  expect(back?.keys).toHaveLength(found?.keys.length ?? 0);
  expect(back?.subject).not.toBe(subject);
});
