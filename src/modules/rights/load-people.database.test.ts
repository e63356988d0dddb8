import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { insurers as everyInsurer } from '../../../world/insurers.ts';
import { identitiesOf, loadWorld, personToLoad } from '../../../world/load-world.ts';
import { people } from '../../../world/people.ts';
import { mintReceipt } from '../ledger/receipt.ts';
import { countPeople, findSubjects, hold, Keys, lookupKey, release } from '../vault/index.ts';
import { coverageRule } from './coverage.ts';
import { field } from './fields.ts';
import { loadPeople } from './load-people.ts';
import { readInsurers, readSealed } from './store.ts';

const seed = 7;
const count = 4_300;
const day = '2026-06-15';
const keys = new Keys(randomBytes(32));
const progress: number[] = [];
let database: TestDatabase;

beforeAll(async () => {
  database = await cloneDatabase();
  const tools = { db: database.server, keys };
  await loadWorld(tools, { seed, count, day, onProgress: (loaded) => progress.push(loaded) });
});
afterAll(() => database.drop());

test('everyone is loaded, with progress, by the server’s own role', async () => {
  expect(await countPeople(database.server)).toBe(count);
  expect(progress.at(-1)).toBe(count);
  expect(progress.length).toBeGreaterThan(1);
  expect(await readInsurers(database.server)).toHaveLength(everyInsurer.length);
});

test('every number of every person finds them, and only them', async () => {
  const loaded = [...people(seed, count, day)];
  const identities = loaded.flatMap((person, place) => identitiesOf(person).map((each) => ({ each, place })));
  const found = await findSubjects(
    database.server,
    identities.map(({ each }) => lookupKey(keys, each)),
  );
  const subjects = new Map<number, string>();
  found.forEach((person, i) => {
    const place = identities[i]?.place ?? -1;
    if (person === null) throw new Error('a loaded person is not found');
    expect(subjects.get(place) ?? person.subject).toBe(person.subject);
    subjects.set(place, person.subject);
  });
  expect(new Set(subjects.values()).size).toBe(count);
});

test('answers come in the order of the keys; unknown keys and repeats have their place', async () => {
  const [first, second] = [...people(seed, 2, day)].map((person) => keyOf(person));
  const unknown = randomBytes(16);
  const asked = [unknown, second, first, unknown, second].map((key) => key ?? unknown);
  const found = await findSubjects(database.server, asked);
  expect(found.map((person) => person === null)).toEqual([true, false, false, true, false]);
  expect(found[1]?.subject).toBe(found[4]?.subject);
  expect(found[1]?.subject).not.toBe(found[2]?.subject);
  expect(await findSubjects(database.server, [])).toEqual([]);
});

test('what a person holds is what their contracts say', async () => {
  for (const person of people(seed, 120, day)) {
    const [found] = await findSubjects(database.server, [keyOf(person)]);
    if (!found) throw new Error('not found');
    const held = hold(keys, found, await readSealed(database.server, [found.subject]));
    const insurers = everyInsurer.map(({ id }) => id);
    const entry = {
      lane: 0,
      seq: 0n,
      at: 0n,
      account: 1,
      subject: found.subject,
      fields: (1n << 63n) - 1n,
      insurers,
    };
    const facts = release(mintReceipt(entry, { sentAt: 0, present: false }), held);
    const members = facts.filter((fact) => fact.field === field.memberNumber).map((fact) => fact.value);
    expect(members.sort()).toEqual(person.contracts.map((contract) => contract.memberNumber).sort());
    const question = { careDate: day, domains: ['OPTI' as const], profession: 'optician' };
    const decision = held.decide(coverageRule, question);
    if (person.contracts.length === 0) expect(decision.reason).toBe('no-contract');
    expect(decision.reason).not.toBe('rights-unreadable');
  }
});

test('people who are there already stop the load at once; nothing of their batch stays', async () => {
  const before = await countPeople(database.server);
  const again = loadWorld({ db: database.server, keys }, { seed, count: 10, day });
  await expect(again).rejects.toThrow();
  expect(await countPeople(database.server)).toBe(before);
});

test('a person whose insurer is unknown stops the load', async () => {
  const person = [...people(seed, 200, day)].find((each) => each.contracts.length > 0);
  if (!person) throw new Error('nobody');
  const stray = personToLoad({ ...person, birthRank: 9 });
  await expect(loadPeople({ db: database.server, keys }, [stray], { insurers: [] })).rejects.toThrow(
    /insurer/,
  );
});

test('the tables, as bytes, name nobody', async () => {
  const tables = [
    'vault.person',
    'vault.lookup_key',
    'vault.wrapped_key',
    'rights.sealed',
    'vault.insurer_key',
  ];
  const stored: Buffer[] = [];
  for (const table of tables) {
    const rows = await database.owner.unsafe<Record<string, unknown>[]>(`select * from ${table} limit 3000`);
    for (const value of rows.flatMap((row) => Object.values(row))) {
      stored.push(Buffer.isBuffer(value) ? value : Buffer.from(String(value)));
    }
  }
  const text = Buffer.concat(stored).toString('latin1');
  for (const person of people(seed, 300, day)) {
    for (const secret of [person.nir.slice(0, 13), ...person.contracts.map((each) => each.memberNumber)]) {
      expect(text.includes(secret)).toBe(false);
    }
  }
  expect(text).not.toContain('"level"');
});

test('the same people under the same keys get other subjects and other bytes', async () => {
  const other = await cloneDatabase();
  try {
    await loadWorld({ db: other.server, keys }, { seed, count: 50, day });
    for (const person of people(seed, 50, day)) {
      const [[here], [there]] = await Promise.all(
        [database.server, other.server].map((db) => findSubjects(db, [keyOf(person)])),
      ).then(([one, two]) => [one ?? [], two ?? []] as const);
      expect(here?.subject).not.toBe(there?.subject);
    }
  } finally {
    await other.drop();
  }
});

function keyOf(person: Parameters<typeof identitiesOf>[0]): Buffer {
  const [identity] = identitiesOf(person);
  if (identity === undefined) throw new Error('a person has a number');
  return lookupKey(keys, identity);
}
