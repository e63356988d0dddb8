import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { readClientKeys } from './client-keys.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p256 = { ...ec.publicKey.export({ format: 'jwk' }), kid: 'a' };
const ed = { ...generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }), kid: 'b' };
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
const read = (...keys: unknown[]) => readClientKeys(JSON.stringify({ keys }));

test('takes P-256 and Ed25519 by their kid, and keeps nothing else of them', () => {
  expect(read({ ...p256, x5u: 'https://phish.example', jku: 'https://phish.example' }, ed)).toEqual({
    keys: [
      { ...p256, use: 'sig' },
      { ...ed, use: 'sig' },
    ],
  });
});

test.each([
  ['what is not JSON', '{', 'not JSON'],
  ['no set', '[]', 'no JWKS'],
  ['an empty set', '{"keys":[]}', 'no JWKS'],
  ['null', 'null', 'no JWKS'],
])('refuses %s', (_what, text, says) => {
  expect(readClientKeys(text)).toEqual({ problem: expect.stringContaining(says) });
});

test.each([
  ['a private key', { ...ec.privateKey.export({ format: 'jwk' }), kid: 'a' }, 'private'],
  ['a secret', { kty: 'oct', k: 'AAAA', kid: 'a' }, 'private'],
  ['another curve', { ...p384, kid: 'a' }, 'P-256'],
  ['RSA', { ...rsa, kid: 'a' }, 'P-256'],
  ['a key without a name', { ...p256, kid: undefined }, 'kid'],
  ['half a key', { ...p256, y: undefined }, 'y is not'],
  ['a short coordinate', { ...p256, x: 'AAAA' }, 'x is not'],
  ['a text', 'key', 'no key'],
])('refuses %s', (_what, key, says) => {
  expect(read(key)).toEqual({ problem: expect.stringContaining(says) });
});

test('refuses two keys of one name, and more than a client needs', () => {
  expect(read(p256, { ...ed, kid: 'a' })).toEqual({ problem: expect.stringContaining('same kid') });
  const many = Array.from({ length: 9 }, (_, place) => ({ ...p256, kid: String(place) }));
  expect(read(...many)).toEqual({ problem: expect.stringContaining('more than 8') });
});
