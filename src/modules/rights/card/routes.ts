import { Type } from '@sinclair/typebox';
import { declareRoute, type Route } from '../../access/index.ts';
import type { Keys } from '../../vault/index.ts';
import { cardKeysPath } from './card-text.ts';
import { publishedKeys } from './sign-card.ts';

/** Keys change rarely, and one that is added is used by nobody before the next card is shown. */
const keptSeconds = 3_600;

const key = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.Literal('Ed25519'),
  x: Type.String({ description: 'The public key, base64url.' }),
  kid: Type.String({ description: 'What a card names it by.' }),
  use: Type.Literal('sig'),
  alg: Type.Literal('EdDSA'),
});

/** What anybody needs to verify a card without us. */
export function cardRoutes({ keys }: { readonly keys: Keys }): Route[] {
  return [
    declareRoute({
      method: 'GET',
      path: cardKeysPath,
      says: 'The public keys that cards are signed with (JWKS): fetched once, they verify cards offline.',
      permission: 'none',
      purpose: null,
      body: null,
      failures: [],
      personal: false,
      answers: {
        200: {
          says: 'Every key that a card may still be signed with.',
          schema: Type.Object({ keys: Type.Array(key) }),
          headers: { 'Cache-Control': 'How long they may be kept without asking again.' },
        },
      },
      handle: async () => ({
        status: 200,
        body: { keys: publishedKeys(keys) },
        headers: { 'cache-control': `public, max-age=${keptSeconds}` },
      }),
    }),
  ];
}
