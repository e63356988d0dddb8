import { isIPv6 } from 'node:net';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/connect.ts';
import { Failure } from '../../platform/errors.ts';
import { type Keys, staffIndex } from '../vault/index.ts';
import { type Caller, nobody } from './caller.ts';
import { permissionsOf } from './roles.ts';
import { hashSecret, secretOf } from './sign-in/cookie.ts';
import { isLive } from './sign-in/session-limits.ts';
import { findSession, touchSession } from './sign-in/store.ts';
import { bareToken, createIdentifySoftware } from './software/identify-software.ts';
import { findByToken, type SignedIn } from './store.ts';
import { bearerToken, boundToken, hashToken } from './token.ts';

/** How long a revoked token may still sign in. A suspension waits for nothing. */
const rememberedMs = 5000;
const rememberedMax = 10_000;
/** A session in use is noted as such no more often than this. */
const touchAfterSeconds = 60;

/** The client software of a bare bearer token; software with keys of its own has a number of its own. */
const bearerClient = 1;

/** What a request says of who sends it. */
export type Arrival = {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  readonly userAgent: string | undefined;
  readonly address: string;
  /** The proof that comes with a token bound to a key, and what it must be about. */
  readonly dpop: string | undefined;
  readonly method: string;
  readonly path: string;
};

/**
 * Says who is calling, or fails with `unauthenticated`, or with `passkey-needed` when a session goes on
 * elsewhere. Where no account is needed, it says only from where and with what.
 */
export type IdentifyCaller = (arrival: Arrival, needs: 'account' | 'nothing') => Promise<Caller>;

/** Makes the pipeline's identify step: a session costs one small query, a token one every five seconds. */
export function createIdentifyCaller(use: {
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly origin: string;
}): IdentifyCaller {
  const bySession = createBySession(use.db);
  const byToken = createByToken(use);
  const bySoftware = createIdentifySoftware(use);
  const codeOf = createCodes(use.keys);
  return async (arrival, needs) => {
    const network = codeOf(`network|${networkOf(arrival.address)}`);
    const client = codeOf(`client|${arrival.userAgent ?? ''}`);
    if (needs === 'nothing') return { ...nobody, network, client };
    const secret = secretOf(arrival.cookie);
    if (arrival.authorization === undefined && secret !== null) return bySession(secret, { network, client });
    const bound = boundToken(arrival.authorization);
    if (bound === null) return { ...(await byToken(arrival.authorization)), network };
    if (bound.scheme !== 'dpop') throw bareToken();
    const { dpop: proof, method, path } = arrival;
    return { ...(await bySoftware({ token: bound.token, proof, method, path })), network };
  };
}

/** Sessions are read at every request: one that was ended holds for nothing more, on every server. */
function createBySession(db: Database) {
  return async (secret: string, from: { network: number; client: number }): Promise<Caller> => {
    const hash = hashSecret(secret);
    const found = await findSession(db, hash).catch(unavailable);
    if (found === undefined || !isLive(found.role, found)) {
      throw new Failure('unauthenticated', { detail: 'The session has ended: sign in again.' });
    }
    // A cookie that was stolen goes on elsewhere or in another browser: its thief has no passkey.
    if (found.network !== from.network || found.client !== from.client) throw new Failure('passkey-needed');
    if (found.idle > touchAfterSeconds) await touchSession(db, hash).catch(unavailable);
    const { account, organisation, profession, role, insurer, session, whole } = found;
    const permissions = permissionsOf[role];
    const who = { account, organisation, profession, role, insurer, permissions, ...from };
    return { ...who, session: BigInt(session), provenSecondsAgo: whole };
  };
}

function createByToken(use: { db: Database; clock: Clock }) {
  const tokens = new Map<
    string,
    { readonly until: number; readonly signedIn: Promise<SignedIn | undefined> }
  >();
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
  return async (authorization: string | undefined): Promise<Omit<Caller, 'network'>> => {
    const token = bearerToken(authorization);
    if (token === null) throw unauthenticated('Send an Authorization header with a bearer token.');
    const found = await find(token).catch(unavailable);
    if (found === undefined) throw unauthenticated('The token is not known, or was revoked.');
    const permissions = permissionsOf[found.role];
    return {
      ...found,
      session: BigInt(found.session),
      provenSecondsAgo: null,
      client: bearerClient,
      permissions,
    };
  };
}

/** Keyed numbers of networks and browsers: the ledger can compare them, and names no address. */
function createCodes(keys: Keys): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const remembered = known.get(text);
    if (remembered !== undefined) return remembered;
    if (known.size >= rememberedMax) known.clear();
    const code = staffIndex(keys, text).readUInt32BE(0) & 0x7fffffff;
    known.set(text, code);
    return code;
  };
}

function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return isIPv6(plain) ? plain.split(':').slice(0, 3).join(':') : plain.split('.').slice(0, 3).join('.');
}

function unavailable(error: unknown): never {
  throw new Failure('unavailable', { privateCause: error });
}

function unauthenticated(detail: string): Failure {
  return new Failure('unauthenticated', { detail, headers: { 'www-authenticate': 'Bearer realm="vigie"' } });
}
