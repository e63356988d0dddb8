import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { consumePresence, currentCode, wrongCodesPerDay } from './consume-presence.ts';
import { confirmKeys, enrolInsurers } from './enrol-insurers.ts';
import { Keys } from './keys.ts';
import { sealPerson } from './sealed-person.ts';
import { copyPeople } from './store.ts';

const keys = new Keys(randomBytes(32));
const now = 1_780_000_000_000_000n;
const step = 30_000_000n;
const tomorrow = now + 86_400_000_000n;
let database: TestDatabase;
let account = 0;

beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

async function newPerson(): Promise<string> {
  const person = sealPerson(keys, new Map(), { identities: [], facts: new Map() });
  await database.server.begin((tx) => copyPeople(tx, [person]));
  return person.subject;
}

async function codeOf(subject: string, at: bigint): Promise<string> {
  return (await currentCode(database.server, keys, { subject, now: at })) ?? 'none';
}

function wrongFor(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

const use = (proof: { account: number; subject: string | null; code: string; now: bigint }) =>
  consumePresence(database.server, keys, proof);

test('a code works once, also under twenty parallel uses by several accounts', async () => {
  for (let round = 0; round < 5; round += 1) {
    const subject = await newPerson();
    const code = await codeOf(subject, now);
    const first = account + 1;
    account += 4;
    const uses = Array.from({ length: 20 }, (_, i) => use({ account: first + (i % 4), subject, code, now }));
    expect((await Promise.all(uses)).filter((accepted) => accepted)).toHaveLength(1);
    expect(await use({ account: first, subject, code, now: now + step })).toBe(false);
  }
});

test('a code of a step before the used one is refused; a later one is accepted', async () => {
  const subject = await newPerson();
  account += 1;
  const [before, at, after] = await Promise.all([-step, 0n, step].map((by) => codeOf(subject, now + by)));
  expect(await use({ account, subject, code: at ?? '', now })).toBe(true);
  expect(await use({ account, subject, code: before ?? '', now })).toBe(false);
  expect(await use({ account, subject, code: after ?? '', now })).toBe(true);
});

test('codes are accepted one step early or late, no more', async () => {
  account += 1;
  for (const [steps, accepted] of [
    [-2n, false],
    [-1n, true],
    [1n, true],
    [2n, false],
  ] as const) {
    const subject = await newPerson();
    const code = await codeOf(subject, now + steps * step);
    expect(await use({ account, subject, code, now })).toBe(accepted);
  }
});

test('after ten wrong codes no code of that account is considered until the next day', async () => {
  const subject = await newPerson();
  account += 1;
  const code = await codeOf(subject, now);
  for (let i = 0; i < wrongCodesPerDay; i += 1) {
    expect(await use({ account, subject, code: wrongFor(code), now })).toBe(false);
  }
  expect(await use({ account, subject, code, now })).toBe(false);
  expect(await use({ account: account + 1000, subject, code, now })).toBe(true);
  const later = await codeOf(subject, tomorrow);
  expect(await use({ account, subject, code: later, now: tomorrow })).toBe(true);
  for (let i = 0; i < wrongCodesPerDay; i += 1) await use({ account, subject, code: 'wrong', now: tomorrow });
  const other = await newPerson();
  expect(await use({ account, subject: other, code: await codeOf(other, now), now })).toBe(false);
});

test('parallel guesses get no more than ten tries', async () => {
  const subject = await newPerson();
  account += 1;
  const code = await codeOf(subject, now);
  const guesses = Array.from({ length: 40 }, () => use({ account, subject, code: wrongFor(code), now }));
  await Promise.all(guesses);
  const [row] = await database.owner<{ misses: number }[]>`
    select misses from vault.presence_miss where account = ${account}`;
  expect(row?.misses).toBe(wrongCodesPerDay);
  expect(await use({ account, subject, code, now })).toBe(false);
});

test('using a code twice is not a guess; unknown people and strange codes are', async () => {
  const subject = await newPerson();
  account += 1;
  const code = await codeOf(subject, now);
  for (let i = 0; i < 15; i += 1) await use({ account, subject, code, now });
  const strange = [
    '',
    '12345',
    '1234567',
    '１２３４５６',
    ' 12345',
    '-00001',
    'null',
    code.padEnd(60_000, '0'),
  ];
  for (const each of strange) expect(await use({ account, subject, code: each, now })).toBe(false);
  expect(await use({ account, subject: null, code, now })).toBe(false);
  expect(await use({ account, subject: randomUUID(), code, now })).toBe(false);
  const [row] = await database.owner<{ misses: number }[]>`
    select misses from vault.presence_miss where account = ${account}`;
  expect(row?.misses).toBe(strange.length + 2);
});

test('the server may not reset a card, erase wrong codes or change whom a key finds', async () => {
  const subject = await newPerson();
  const { server } = database;
  await expect(
    server`update vault.person set presence_step = 0 where subject = ${subject}`,
  ).rejects.toThrow();
  await expect(server`delete from vault.person`).rejects.toThrow();
  await expect(server`select * from vault.presence_miss`).rejects.toThrow();
  await expect(server`delete from vault.presence_miss`).rejects.toThrow();
  await expect(server`update vault.lookup_key set subject = ${subject}`).rejects.toThrow();
  await expect(server`update vault.wrapped_key set subject = ${subject}`).rejects.toThrow();
});

test('enrolling twice keeps an insurer’s first key, and another master key is noticed', async () => {
  const opened = await Promise.all([1, 2, 3].map(() => enrolInsurers(database.server, keys, [1, 2])));
  const exported = opened.map((each) => each.get(1)?.export().toString('hex'));
  expect(new Set(exported).size).toBe(1);
  await confirmKeys(database.server, keys);
  const others = new Keys(randomBytes(32));
  await expect(confirmKeys(database.server, others)).rejects.toThrow(/master key/);
});
