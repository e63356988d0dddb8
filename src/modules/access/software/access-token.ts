import { randomUUID } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Keys } from '../../vault/index.ts';
import { tokenSeconds } from './profile.ts';

const algorithm = 'EdDSA';
const tokenType = 'at+jwt';
const rememberedMax = 10_000;

/** What an access token says: who acts, by what software, for what, and whose key must sign each request. */
export type TokenContent = {
  readonly account: number;
  readonly client: string;
  readonly session: string;
  readonly scope: string;
  readonly thumbprint: string;
};

/** Writes an access token of five minutes (RFC 9068), bound to a key (RFC 9449). */
export function writeToken(
  keys: Keys,
  content: TokenContent,
  at: { readonly origin: string; readonly now: number },
): Promise<string> {
  const [key] = keys.signingKeys('access-token');
  if (key === undefined) throw new Error('no key signs access tokens');
  const issued = Math.floor(at.now / 1000);
  const { account, client, session, scope, thumbprint } = content;
  return new SignJWT({ client_id: client, session, scope, cnf: { jkt: thumbprint } })
    .setProtectedHeader({ alg: algorithm, typ: tokenType, kid: String(key.generation) })
    .setIssuer(at.origin)
    .setAudience(at.origin)
    .setSubject(String(account))
    .setJti(randomUUID())
    .setIssuedAt(issued)
    .setExpirationTime(issued + tokenSeconds)
    .sign(key.privateKey);
}

/** Reads access tokens without asking anybody; a signature is checked once for each token. */
export function createReadToken(keys: Keys, origin: string) {
  const known = new Map<string, JWTPayload>();
  return async (token: string, now: number): Promise<TokenContent | { readonly problem: string }> => {
    const remembered = known.get(token);
    if (remembered !== undefined && (remembered.exp ?? 0) * 1000 > now) return contentOf(remembered);
    known.delete(token);
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => findKey(keys, kid), {
        algorithms: [algorithm],
        typ: tokenType,
        issuer: origin,
        audience: origin,
        currentDate: new Date(now),
        requiredClaims: ['exp', 'sub', 'client_id', 'session', 'cnf'],
      });
      if (known.size >= rememberedMax) known.clear();
      known.set(token, payload);
      return contentOf(payload);
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { problem: 'the token has expired' };
      if (error instanceof errors.JOSEError) return { problem: 'the token is not one of ours' };
      throw error;
    }
  };
}

function findKey(keys: Keys, kid: string | undefined) {
  const key = keys.signingKeys('access-token').find(({ generation }) => String(generation) === kid);
  if (key === undefined) throw new errors.JWKSNoMatchingKey();
  return key.publicKey;
}

/** We signed it: its shape is what `writeToken` gave it. */
function contentOf({ sub, client_id, session, scope, cnf }: JWTPayload): TokenContent {
  return {
    account: Number(sub),
    client: String(client_id),
    session: String(session),
    scope: String(scope),
    thumbprint: String((cnf as { jkt: unknown }).jkt),
  };
}
