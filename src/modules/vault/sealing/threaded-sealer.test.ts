import { createSecretKey, randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { InsurerKeys } from '../enrol-insurers.ts';
import { openFacts } from '../facts.ts';
import { Keys, lookupKey } from '../keys.ts';
import type { Said } from '../said/said.ts';
import { hashAll, type SealingKeys } from './sealer.ts';
import { ThreadedSealer } from './threaded-sealer.ts';

const insurer = 3;
const insurerKey = createSecretKey(randomBytes(32));
const use: SealingKeys = {
  keys: new Keys(randomBytes(32)),
  insurer,
  insurerKeys: new InsurerKeys(1, [[insurer, insurerKey]]),
};
let sealer: ThreadedSealer | undefined;
afterEach(() => sealer?.close());

function people(count: number): readonly Said[] {
  return Array.from({ length: count }, (_, at) => ({
    identities: Array.from({ length: 1 + (at % 2) }, (__, twin) => ({
      nir13: `18501991${String(at * 2 + twin).padStart(5, '0')}`,
      birthDate: '19850112',
      birthRank: 1,
    })),
    compared: `[1,0,"Éloïse ${at}"],[2,0,"${'x'.repeat(at * 40)}"]`,
    kept: '[13,0,"kept"]',
    link: `link ${at}`,
  }));
}

test('the thread hashes and seals as this one would: each person opens with what was said', async () => {
  sealer = new ThreadedSealer(use, { before: 0 });
  const said = people(100);
  const [hashes, sealed] = await Promise.all([sealer.hash(said), sealer.seal(said)]);
  expect(hashes).toEqual(hashAll(use, said));
  expect(new Set(sealed.map(({ subject }) => subject)).size).toBe(said.length);
  sealed.forEach((person, at) => {
    expect(person.lookupKeys).toEqual(said[at]?.identities.map((each) => lookupKey(use.keys, each)));
    const [record] = person.insurers;
    if (record === undefined) throw new Error('no record');
    const facts = openFacts(insurerKey, { subject: person.subject, insurer }, record);
    expect(facts.map(({ field, value }) => [field, value])).toEqual([
      [13, 'kept'],
      [1, `Éloïse ${at}`],
      [2, 'x'.repeat(at * 40)],
    ]);
    expect(use.keys.open('presence', person.presenceKey, `presence|${person.subject}`)).toHaveLength(20);
  });
});

test('few people need no thread, and the answers are the same once there is one', async () => {
  sealer = new ThreadedSealer(use, { before: 150 });
  for (let round = 0; round < 3; round += 1) {
    expect(await sealer.hash(people(100))).toEqual(hashAll(use, people(100)));
  }
});

test('a thread that ends is heard by who waits and by who comes later', async () => {
  sealer = new ThreadedSealer({ ...use, insurer: 4 }, { before: 0 });
  await sealer.hash(people(1));
  await expect(sealer.seal(people(1))).rejects.toThrow('insurer 4 has no key');
  await expect(sealer.hash(people(1))).rejects.toThrow('insurer 4 has no key');
});
