import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitNumbers, type CanonicalEntry, canonicalBytes, leafData } from './canonical.ts';

const entry: CanonicalEntry = {
  lane: 1,
  seq: 2n,
  account: 3,
  by: 4,
  kind: 1,
  actorSeq: 5n,
  at: 1_795_433_251_577_580n,
  session: 6n,
  organisation: 7,
  client: 8,
  network: 9,
  action: 1,
  purpose: 2,
  subject: '78387836-b53d-46ca-b5f9-8a386b8f2c19',
  insurers: [12, 11],
  fieldsVersion: 1,
  fields: [17, 0],
  outcome: 1,
  reason: 0,
  present: true,
  signalsVersion: 1,
  signals: [],
  count: 1,
  batch: '00000000-0000-4000-8000-000000000001',
};

test('the bytes are those written by hand from the decision', () => {
  const byHand = [
    '01',
    '0001',
    '0000000000000002',
    '00000003',
    '00000004',
    '0001',
    '0000000000000005',
    '000660efe12d9eec',
    '0000000000000006',
    '00000007',
    '00000008',
    '00000009',
    '0001',
    '0002',
    '78387836b53d46cab5f98a386b8f2c19',
    '0002',
    '0000000b',
    '0000000c',
    '0001',
    '0002',
    '0000',
    '0011',
    '0001',
    '0000',
    '01',
    '0001',
    '0000',
    '00000001',
    '00000000000040008000000000000001',
  ];
  expect(canonicalBytes(entry).toString('hex')).toBe(byHand.join(''));
});

test('no subject is sixteen zero bytes, and a set has one form whatever its order', () => {
  expect(canonicalBytes({ ...entry, subject: null }).includes(Buffer.alloc(16))).toBe(true);
  expect(canonicalBytes({ ...entry, insurers: [11, 12] })).toEqual(canonicalBytes(entry));
});

test('the leaf is salted', () => {
  const salt = Buffer.alloc(16, 7);
  expect(leafData(salt, entry)).toEqual(
    createHash('sha256').update(salt).update(canonicalBytes(entry)).digest(),
  );
  expect(leafData(Buffer.alloc(16, 8), entry)).not.toEqual(leafData(salt, entry));
  expect(() => leafData(Buffer.alloc(15), entry)).toThrow('16 bytes');
});

test('two different entries never share their bytes', () => {
  const some = fc.record({
    insurers: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
    fields: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
    reason: fc.nat(3),
  });
  fc.assert(
    fc.property(some, some, (one, other) => {
      const sorted = (value: typeof one) =>
        JSON.stringify([[...value.insurers].sort(), [...value.fields].sort(), value.reason]);
      const same = canonicalBytes({ ...entry, ...one }).equals(canonicalBytes({ ...entry, ...other }));
      expect(same).toBe(sorted(one) === sorted(other));
    }),
  );
});

test('bit numbers are those of the set', () => {
  expect(bitNumbers(0b1000_0000_0000_0001_0001n)).toEqual([0, 4, 19]);
});
