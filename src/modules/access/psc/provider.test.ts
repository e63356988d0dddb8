import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HealthIdentity } from '../../../../tests/health-identity.ts';
import { createProvider } from './provider.ts';

const identity = new HealthIdentity();
beforeAll(() => identity.start('http://localhost:1'));
afterAll(() => identity.stop());

function provider() {
  const { issuer, clientId, clientSecret } = identity;
  const settings = { issuer, clientId, clientSecret, mayBePlain: true, patienceSeconds: 0.3 };
  return createProvider(settings, () => 0);
}

test('one that stays silent is given up, and asked again when it is back', async () => {
  const ask = provider();
  identity.mood = 'silent';
  await expect(ask()).rejects.toMatchObject({ refusal: 'provider-away' });
  identity.mood = 'well';
  expect((await ask()).client.serverMetadata().issuer).toBe(identity.issuer);
});

test('plain http is refused in production, on this machine too', async () => {
  const { issuer, clientId, clientSecret } = identity;
  const ask = createProvider({ issuer, clientId, clientSecret, mayBePlain: false }, () => 0);
  await expect(ask()).rejects.toMatchObject({ refusal: 'provider-away' });
});

test('a token by our secret is the provider’s; by another secret, or by none, it is not', async () => {
  const { verify } = await provider()();
  const claims = { sub: 'x', iss: identity.issuer, aud: identity.clientId };
  const by = (secret: string) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1m')
      .sign(new TextEncoder().encode(secret));
  expect(await verify(await by(identity.clientSecret))).toMatchObject({ sub: 'x' });
  await expect(verify(await by('x'.repeat(40)))).rejects.toThrow();
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  await expect(verify(`${part({ alg: 'none' })}.${part(claims)}.`)).rejects.toThrow();
});
