import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { consumePresence, currentCode, wrongCodesPerHour } from './consume-presence.ts';
import { confirmKeys, enrolInsurers } from './enrol-insurers.ts';
import { Keys } from './keys.ts';
import { sealPerson } from './sealed-person.ts';
import { copyPeople } from './store.ts';

const keys = new Keys(randomBytes(32));
const now = 1_780_000_000_000_000n;
const step = 30_000_000n;
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

const judge = (proof: { account: number; subject: string | null; code: string; now: bigint }) =>
  consumePresence(database.server, keys, proof);
const use = async (proof: Parameters<typeof judge>[0]) => (await judge(proof)) === 'accepted';

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

const hour = 3_600_000_000n;
const minute = 60_000_000n;

test('five wrong codes of an account within an hour close presence for it, and for the person', async () => {
  const [subject, other] = [await newPerson(), await newPerson()];
  account += 1;
  const wrong = wrongFor(await codeOf(subject, now));
  for (let i = 1; i < wrongCodesPerHour; i += 1) {
    expect(await judge({ account, subject, code: wrong, now })).toBe('refused');
  }
  expect(await judge({ account, subject, code: wrong, now })).toBe('closes');
  expect(await judge({ account, subject: other, code: await codeOf(other, now), now })).toBe('closed');
  const elsewhere = { account: account + 1000, subject };
  expect(await judge({ ...elsewhere, code: await codeOf(subject, now), now })).toBe('closed');
  const later = now + hour;
  expect(await judge({ account, subject, code: await codeOf(subject, later), now: later })).toBe('accepted');
});

test('five wrong codes for a person, by five accounts, close presence for the person', async () => {
  const [subject, other] = [await newPerson(), await newPerson()];
  const first = account + 1;
  account += 5;
  const wrong = wrongFor(await codeOf(subject, now));
  const said: string[] = [];
  for (let i = 0; i < 5; i += 1) said.push(await judge({ account: first + i, subject, code: wrong, now }));
  expect(said).toEqual(['refused', 'refused', 'refused', 'refused', 'closes']);
  expect(await judge({ account: first + 9, subject, code: await codeOf(subject, now), now })).toBe('closed');
  // Of the five, only the last one is closed too: the others gave one wrong code each.
  expect(await judge({ account: first, subject: other, code: await codeOf(other, now), now })).toBe(
    'accepted',
  );
});

test('wrong codes hours apart close nothing, and a clock that goes back opens nothing', async () => {
  const subject = await newPerson();
  account += 1;
  const wrong = wrongFor(await codeOf(subject, now));
  for (let i = 0; i < 12; i += 1) {
    const at = now + BigInt(i) * 16n * minute;
    expect(await judge({ account, subject, code: wrong, now: at })).toBe('refused');
  }
  const late = now + 24n * hour;
  for (let i = 0; i < 5; i += 1) await judge({ account, subject, code: 'wrong', now: late });
  expect(await judge({ account, subject, code: await codeOf(subject, now), now })).toBe('closed');
});

test('parallel guesses, of one account or of many, get no more than five tries', async () => {
  for (const accounts of [1, 8]) {
    const subject = await newPerson();
    const first = account + 1;
    account += accounts;
    const wrong = wrongFor(await codeOf(subject, now));
    const guesses = Array.from({ length: 40 }, (_, i) =>
      judge({ account: first + (i % accounts), subject, code: wrong, now }),
    );
    const said = await Promise.all(guesses);
    expect(said.filter((one) => one === 'refused')).toHaveLength(wrongCodesPerHour - 1);
    expect(said.filter((one) => one === 'closes')).toHaveLength(1);
  }
});

test('using a code twice is not a guess; unknown people and strange codes are', async () => {
  const subject = await newPerson();
  account += 1;
  const code = await codeOf(subject, now);
  for (let i = 0; i < 15; i += 1) await use({ account, subject, code, now });
  const strange = ['', '1234567', '１２３４５６', '-00001', code.padEnd(60_000, '0')];
  for (const each of strange) expect(await use({ account, subject, code: each, now })).toBe(false);
  expect(await judge({ account, subject, code, now })).toBe('closed');
  account += 1;
  for (const unknown of [null, randomUUID()]) {
    for (let i = 0; i < 2; i += 1) {
      expect(await judge({ account, subject: unknown, code, now })).toBe('refused');
    }
  }
  expect(await judge({ account, subject: null, code, now })).toBe('closes');
});

test('the server may not reset a card, erase wrong codes or change whom a key finds', async () => {
  const subject = await newPerson();
  const { server } = database;
  await expect(
    server`update vault.person set presence_step = 0 where subject = ${subject}`,
  ).rejects.toThrow();
  await expect(server`delete from vault.person`).rejects.toThrow();
  await expect(server`select * from vault.presence_account`).rejects.toThrow();
  await expect(server`delete from vault.presence_person`).rejects.toThrow();
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
