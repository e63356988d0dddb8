import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { expect, test } from 'vitest';
import { checkProof } from './proof.ts';

const now = 1_790_000_000_000;
const url = 'https://vigie.example/v1/allowance';
const place = { method: 'GET', url, token: 'a.b.c', now };
const ath = createHash('sha256').update('a.b.c').digest('base64url');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const jwkOf = (pair: typeof ec) => pair.publicKey.export({ format: 'jwk' }) as JWK;

type Told = Readonly<Record<string, unknown>>;

/** A JWS by hand: nothing of what is being tested makes it. */
function proofBy(pair: typeof ec, header: Told = {}, claims: Told = {}): string {
  const isEc = pair === ec;
  const alg = isEc ? 'ES256' : 'EdDSA';
  const head = { typ: 'dpop+jwt', alg, jwk: jwkOf(pair), ...header };
  const content = { jti: 'one', htm: 'GET', htu: url, ath, iat: now / 1000, ...claims };
  const signed = [head, content]
    .map((one) => Buffer.from(JSON.stringify(one)).toString('base64url'))
    .join('.');
  const key = isEc ? { key: pair.privateKey, dsaEncoding: 'ieee-p1363' as const } : pair.privateKey;
  return `${signed}.${sign(isEc ? 'sha256' : null, Buffer.from(signed), key).toString('base64url')}`;
}

test.each([
  ['ES256', ec, 'ES256'],
  ['EdDSA', ed, 'EdDSA'],
  ['Ed25519, its newer name', ed, 'Ed25519'],
])('holds by %s, under the name of its key', async (_what, pair, alg) => {
  const held = await checkProof(proofBy(pair, { alg }), place);
  expect(held).toMatchObject({ thumbprint: await calculateJwkThumbprint(jwkOf(pair)) });
});

test('is one thing by its key and name, and another by another', async () => {
  const once = async (proof: string) => {
    const held = await checkProof(proof, place);
    return 'once' in held ? held.once.toString('hex') : held.problem;
  };
  const first = await once(proofBy(ec));
  expect(await once(proofBy(ec, {}, { iat: now / 1000 - 5 }))).toBe(first);
  expect(await once(proofBy(ec, {}, { jti: 'two' }))).not.toBe(first);
  expect(await once(proofBy(ed))).not.toBe(first);
});

test.each<[string, Told, Told, boolean]>([
  ['59 seconds old', {}, { iat: now / 1000 - 59 }, true],
  ['61 seconds old', {}, { iat: now / 1000 - 61 }, false],
  ['4 seconds ahead', {}, { iat: now / 1000 + 4 }, true],
  ['6 seconds ahead', {}, { iat: now / 1000 + 6 }, false],
  ['with a time as a text', {}, { iat: String(now / 1000) }, false],
  ['with a number for a name', {}, { jti: 7 }, false],
  ['for a longer address', {}, { htu: `${url}/x` }, false],
  ['for this address in capitals', {}, { htu: 'HTTPS://VIGIE.example:443/v1/allowance' }, true],
  ['for a method in small letters', {}, { htm: 'get' }, false],
  ['signed by another than the key it shows', { jwk: jwkOf(ed), alg: 'EdDSA' }, {}, false],
  ['of no algorithm', { alg: 'none' }, {}, false],
  ['of a shared secret', { alg: 'HS256', jwk: { kty: 'oct', k: 'AA' } }, {}, false],
  ['with a point off the curve', { jwk: { ...jwkOf(ec), y: 'A'.repeat(43) } }, {}, false],
  ['with a key that is a text', { jwk: 'key' }, {}, false],
  ['with something critical', { crit: ['exp'] }, {}, false],
  ['of a token', { typ: 'at+jwt' }, {}, false],
])('%s', async (_what, header, claims, holds) => {
  expect('once' in (await checkProof(proofBy(ec, header, claims), place))).toBe(holds);
});

test('is needed, and is a proof', async () => {
  for (const proof of [
    undefined,
    '',
    '.',
    '..',
    'a.b.c',
    `${proofBy(ec)}x`,
    `${proofBy(ec)}, ${proofBy(ec)}`,
  ]) {
    expect(await checkProof(proof, place)).toHaveProperty('problem');
  }
});
