import { isIPv6 } from 'node:net';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import { type Keys, staffIndex } from '../vault/index.ts';
import { type Caller, insurerPermissions, professionalPermissions } from './caller.ts';
import { findByToken, type SignedIn } from './store.ts';
import { bearerToken, hashToken } from './token.ts';

/** How long a revoked token may still sign in. A suspension waits for nothing. */
const rememberedMs = 5000;
const rememberedMax = 10_000;
/** The client software of a bare bearer token; software with keys of its own comes with sign-in. */
const bearerClient = 1;

/** Says who is calling, or fails with `unauthenticated`. */
export type IdentifyCaller = (authorization: string | undefined, address: string) => Promise<Caller>;

type Remembered = { readonly until: number; readonly signedIn: Promise<SignedIn | undefined> };

/** Makes the pipeline's identify step: one small query a token every five seconds. */
export function createIdentifyCaller(use: { db: Database; keys: Keys; clock: Clock }): IdentifyCaller {
  const tokens = new Map<string, Remembered>();
  const networks = new Map<string, number>();
  const find = (token: string): Promise<SignedIn | undefined> => {
    const hash = hashToken(token);
    const name = hash.toString('base64');
    const known = tokens.get(name);
    const now = use.clock.monotonic();
    if (known !== undefined && known.until > now) return known.signedIn;
    if (tokens.size >= rememberedMax) tokens.clear();
    const signedIn = findByToken(use.db, hash);
    tokens.set(name, { until: now + rememberedMs, signedIn });
    // Neither a failure nor an unknown token is remembered: guesses must not push out those who work.
    signedIn.then((found) => found ?? tokens.delete(name)).catch(() => tokens.delete(name));
    return signedIn;
  };
  return async (authorization, address) => {
    const token = bearerToken(authorization);
    if (token === null) throw unauthenticated('Send an Authorization header with a bearer token.');
    const found = await find(token).catch((error: unknown) => {
      throw new Failure('unavailable', { privateCause: error });
    });
    if (found === undefined) throw unauthenticated('The token is not known, or was revoked.');
    const { session, ...account } = found;
    const network = networkCode(use.keys, networks, address);
    const permissions = found.insurer === null ? professionalPermissions : insurerPermissions;
    return { ...account, session: BigInt(session), client: bearerClient, network, permissions };
  };
}

/** A keyed number of the caller's network: the ledger can compare networks and names no address. */
function networkCode(keys: Keys, known: Map<string, number>, address: string): number {
  const network = networkOf(address);
  const remembered = known.get(network);
  if (remembered !== undefined) return remembered;
  if (known.size >= rememberedMax) known.clear();
  const code = staffIndex(keys, `network|${network}`).readUInt32BE(0) & 0x7fffffff;
  known.set(network, code);
  return code;
}

function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return isIPv6(plain) ? plain.split(':').slice(0, 3).join(':') : plain.split('.').slice(0, 3).join('.');
}

function unauthenticated(detail: string): Failure {
  return new Failure('unauthenticated', { detail, headers: { 'www-authenticate': 'Bearer realm="vigie"' } });
}
