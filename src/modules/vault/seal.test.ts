import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFacts, sealFacts } from './facts.ts';
import { Keys, lookupKey, nirKey } from './keys.ts';
import { open, randomOf, seal } from './seal.ts';
import { openText, sealText, staffIndex } from './staff.ts';

const key = createSecretKey(randomBytes(32));
const bytes = fc.uint8Array({ maxLength: 400 });

test('what was sealed opens again, for the same owner only', () => {
  fc.assert(
    fc.property(bytes, fc.string(), fc.string(), (plain, about, other) => {
      const sealed = seal(key, plain, about);
      expect(open(key, sealed, about)).toEqual(Buffer.from(plain));
      if (other !== about) expect(() => open(key, sealed, other)).toThrow();
    }),
  );
});

test('one flipped bit anywhere fails to open', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), fc.nat(7), (plain, place, bit) => {
      const sealed = seal(key, plain, 'about');
      const at = place % sealed.length;
      sealed[at] = (sealed[at] ?? 0) ^ (1 << bit);
      expect(() => open(key, sealed, 'about')).toThrow();
    }),
  );
});

test('a shortened value, another key and an empty value fail to open', () => {
  const sealed = seal(key, Buffer.from('content'), 'about');
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => open(key, sealed.subarray(0, length), 'about')).toThrow();
  }
  expect(() => open(createSecretKey(randomBytes(32)), sealed, 'about')).toThrow();
});

test('random bytes are never handed out twice, and nonces differ', () => {
  const drawn = Array.from({ length: 20_000 }, () => randomOf(12).toString('hex'));
  expect(new Set(drawn).size).toBe(drawn.length);
});

test('facts moved to another person or another insurer do not open', () => {
  const owner = { subject: 'a', insurer: 1 };
  const facts = [{ field: 2, contract: 0, value: 'É-123' }];
  const sealed = sealFacts(key, owner, facts);
  expect(openFacts(key, owner, sealed)).toEqual([{ field: 2, contract: 0, value: 'É-123', insurer: 1 }]);
  expect(() => openFacts(key, { ...owner, subject: 'b' }, sealed)).toThrow();
  expect(() => openFacts(key, { ...owner, insurer: 2 }, sealed)).toThrow();
  const other = sealFacts(key, owner, facts);
  expect(() => openFacts(key, owner, { ...sealed, ciphertext: other.ciphertext })).toThrow();
});

test('the length of sealed facts does not tell how many there are', () => {
  const owner = { subject: 'a', insurer: 1 };
  const lengths = [0, 1, 2, 3].map((count) => {
    const facts = Array.from({ length: count }, (_, contract) => ({ field: 2, contract, value: '12345678' }));
    return sealFacts(key, owner, facts).ciphertext.length;
  });
  expect(new Set(lengths).size).toBe(1);
});

test('lookup keys depend on number, birth date and rank; an absent rank is 1', () => {
  const keys = new Keys(randomBytes(32));
  const person = { nir13: '1800175012345', birthDate: '19800102' };
  const found = lookupKey(keys, person);
  expect(found).toHaveLength(16);
  expect(lookupKey(keys, { ...person, birthRank: 1 })).toEqual(found);
  expect(lookupKey(keys, { ...person, birthRank: 2 })).not.toEqual(found);
  expect(lookupKey(keys, { ...person, birthDate: '19800103' })).not.toEqual(found);
  expect(lookupKey(new Keys(randomBytes(32)), person)).not.toEqual(found);
  expect(nirKey(keys, person.nir13)).not.toEqual(found);
});

test('a professional’s text opens at its own place only, and is found in any case', () => {
  const keys = new Keys(randomBytes(32));
  const sealed = sealText(keys, 'Élise Garnier', 'holder|7');
  expect(openText(keys, sealed, 'holder|7')).toBe('Élise Garnier');
  expect(() => openText(keys, sealed, 'holder|8')).toThrow();
  expect(staffIndex(keys, ' Elise@Sante.example ')).toEqual(staffIndex(keys, 'elise@sante.example'));
});
