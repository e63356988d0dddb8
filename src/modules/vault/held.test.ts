import { createSecretKey, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type AccessReceipt, mintReceipt } from '../ledger/receipt.ts';
import { type ContractName, Held, hold, release } from './held.ts';
import { aboutInsurer, Keys } from './keys.ts';
import { declareRule, type Rule } from './rule.ts';
import { sealPerson } from './sealed-person.ts';

const secret = 'SECRET-4711';
const keys = new Keys(randomBytes(32));

function person() {
  const insurerKeys = new Map([1, 2].map((insurer) => [insurer, createSecretKey(randomBytes(32))]));
  const facts = new Map(
    [1, 2].map((insurer) => [
      insurer,
      [0, 1].flatMap((contract) =>
        [0, 2, 16, 31].map((field) => ({
          field,
          contract,
          value: `${secret}/${insurer}/${contract}/${field}`,
        })),
      ),
    ]),
  );
  const sealed = sealPerson(keys, insurerKeys, { identities: [], facts });
  const wrapped = sealed.insurers.map((each) => ({
    insurer: each.insurer,
    wrapped: each.wrapped,
    insurerWrapped: keys.seal(
      'insurer',
      insurerKeys.get(each.insurer)?.export() ?? Buffer.alloc(0),
      aboutInsurer(each.insurer),
    ),
  }));
  const rows = sealed.insurers.map((each) => ({ ...each, subject: sealed.subject }));
  return { found: { subject: sealed.subject, keys: wrapped }, rows };
}

function receiptFor(subject: string, over: Partial<AccessReceipt> = {}): AccessReceipt {
  const entry = {
    lane: 0,
    seq: 1n,
    at: 0n,
    account: 1,
    subject,
    fields: (1n << 2n) | (1n << 31n),
    insurers: [1],
  };
  return mintReceipt({ ...entry, ...over }, { sentAt: 0, present: false });
}

const { found, rows } = person();
const held = hold(keys, found, rows);

test('a receipt releases its own fields, of its own insurers, and nothing else', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, (1n << 63n) - 1n), fc.subarray([1, 2, 3]), (fields, insurers) => {
      const facts = release(receiptFor(found.subject, { fields, insurers }), held);
      const expected = [0n, 2n, 16n, 31n].filter((bit) => ((fields >> bit) & 1n) === 1n).length;
      expect(facts).toHaveLength(expected * 2 * insurers.filter((insurer) => insurer < 3).length);
      for (const fact of facts) {
        expect((fields >> BigInt(fact.field)) & 1n).toBe(1n);
        expect(insurers).toContain(fact.insurer);
      }
    }),
  );
});

test('only the contracts asked come out', () => {
  const asked: ContractName[] = [{ insurer: 1, contract: 1 }];
  const facts = release(receiptFor(found.subject), held, asked);
  expect(facts.map((fact) => [fact.contract, fact.field])).toEqual([
    [1, 2],
    [1, 31],
  ]);
});

test('a forged, copied or serialized receipt releases nothing', () => {
  const receipt = receiptFor(found.subject);
  const forgeries: unknown[] = [
    { ...receipt },
    structuredClone({ ...receipt }),
    Object.create(receipt),
    new Proxy(receipt, {}),
    undefined,
    null,
    'receipt',
  ];
  for (const forged of forgeries) expect(() => release(forged as AccessReceipt, held)).toThrow(/receipt/);
});

test('a receipt for another person, and one that names less than is asked, fail', () => {
  expect(() => release(receiptFor('00000000-0000-0000-0000-000000000000'), held)).toThrow(/another person/);
  const receipt = receiptFor(found.subject);
  expect(() => release(receipt, held, undefined, receipt.fields | 1n)).toThrow(/fields/);
  expect(() => release(receipt, held, [{ insurer: 2, contract: 0 }])).toThrow(/insurer/);
});

test('a receipt cannot be widened after it was minted', () => {
  const receipt = receiptFor(found.subject);
  expect(() => Object.assign(receipt, { fields: -1n })).toThrow();
  expect(() => (receipt.insurers as number[]).push(2)).toThrow();
});

test('printing a Held, or what holds it, shows nothing', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  console.log(held, { held });
  const texts = [
    inspect(held, { showHidden: true, depth: null, getters: true }),
    inspect({ deep: [held] }, { showHidden: true, depth: null, customInspect: false, getters: true }),
    JSON.stringify({ held }),
    JSON.stringify(Object.entries(held)),
    JSON.stringify(Reflect.ownKeys(held).map(String)),
    String(held),
    `${held}`,
    inspect(log.mock.calls, { depth: null }),
    inspect(keys, { showHidden: true, depth: null }),
  ];
  log.mockRestore();
  for (const text of texts) expect(text).not.toContain('SECRET');
  expect(Object.keys(structuredClone(held))).toEqual([]);
});

test('facts of an insurer whose key was destroyed are gone, others stay', () => {
  const kept = found.keys.filter((each) => each.insurer === 2);
  const left = hold(keys, { ...found, keys: kept }, rows);
  const facts = release(
    receiptFor(found.subject, { fields: -1n & ((1n << 63n) - 1n), insurers: [1, 2] }),
    left,
  );
  expect(new Set(facts.map((fact) => fact.insurer))).toEqual(new Set([2]));
});

test('sealed facts of another person are not held', () => {
  const other = person();
  expect(() => hold(keys, found, other.rows)).toThrow(/another person/);
  const renamed = other.rows.map((row) => ({ ...row, subject: found.subject }));
  expect(() => hold(keys, found, renamed)).toThrow();
});

test('a declared rule decides, with codes', () => {
  const rule = declareRule(
    'count',
    (facts, ask: { field: number }) => ({
      reason: 'covered',
      contracts: facts
        .filter((fact) => fact.field === ask.field)
        .map(({ insurer, contract }) => ({ insurer, contract })),
      some: true,
      none: null,
    }),
    ['covered'],
  );
  expect(held.decide(rule, { field: 2 }).contracts).toHaveLength(4);
});

test('a rule that answers content, in any disguise, is refused and not quoted', () => {
  const leaks: ((value: string) => unknown)[] = [
    (value) => value,
    (value) => [value],
    (value) => ({ reason: value }),
    (value) => ({ [value]: true }),
    (value) => new Map([[value, 1]]),
    (value) => new Set([value]),
    (value) => Buffer.from(value),
    (value) => [...value].map((sign) => sign.charCodeAt(0) * 1_000_000),
    (value) => () => value,
    (value) => Promise.resolve(value),
    (value) => Symbol(value),
    (value) => BigInt(value.length),
    (value) => Object.create({ value }),
    () => 0.5,
    () => Number.NaN,
    () => -1,
  ];
  for (const leak of leaks) {
    const rule = declareRule('leak', (facts) => leak(facts[0]?.value ?? ''), ['covered']);
    expect(() => held.decide(rule, null)).toThrow(/^rule leak answered something else than codes$/);
  }
});

test('a rule nobody declared decides nothing', () => {
  const declared = declareRule('ok', () => 'covered', ['covered']);
  const copies = [{ ...declared }, { name: 'ok', decide: () => 'covered' }, Object.create(declared)];
  for (const copy of copies) {
    expect(() => held.decide(copy as Rule<unknown, unknown>, null)).toThrow(/declared/);
  }
});

test('a Held cannot be changed, nor its facts by a rule', () => {
  const rule = declareRule(
    'change',
    (facts) => {
      (facts as unknown[]).pop();
      return true;
    },
    [],
  );
  expect(() => held.decide(rule, null)).toThrow();
  expect(() => Object.assign(held, { subject: 'x' })).toThrow();
  expect(held).toBeInstanceOf(Held);
});
