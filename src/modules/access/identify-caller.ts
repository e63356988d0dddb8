import { isIPv6 } from 'node:net';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/connect.ts';
import { shareStatement } from '../../platform/database/share-statement.ts';
import { Failure } from '../../platform/errors.ts';
import { type Keys, staffIndex } from '../vault/index.ts';
import { type Caller, nobody } from './caller.ts';
import { permissionsOf } from './roles.ts';
import type { Beginning } from './sign-in/begin-session.ts';
import { hashSecret, secretOf } from './sign-in/cookie.ts';
import { findSessions, touchSession } from './sign-in/identify/store.ts';
import { isAskedAgain, unusualBits } from './sign-in/risk/login-risk.ts';
import { isLive } from './sign-in/session-limits.ts';
import type { FindPlace } from './sign-in/travel/open-places.ts';
import { bareToken, createIdentifySoftware } from './software/identify-software.ts';
import { boundToken } from './token.ts';

const rememberedMax = 10_000;
/** As many sessions as one statement reads well. */
const findAtOnce = 256;
const brokenWithinMs = 500;
/** A session in use is noted as such no more often than this. */
const touchAfterSeconds = 60;

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

/** Makes the pipeline's identify step: a session costs one small query, a proof shares a statement. */
export function createIdentifyCaller(use: {
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly origin: string;
  /** Where addresses are, if a file of places is named. */
  readonly findPlace?: FindPlace | undefined;
}): IdentifyCaller {
  const bySession = createBySession(use.db);
  const bySoftware = createIdentifySoftware(use);
  const from = createBeginnings(use.keys);
  return async (arrival, needs) => {
    const { network, client } = from(arrival);
    if (needs === 'nothing') {
      const findPlace = () => use.findPlace?.(plainAddress(arrival.address)) ?? null;
      return { ...nobody, network, client, findPlace };
    }
    const secret = secretOf(arrival.cookie);
    if (arrival.authorization === undefined && secret !== null) return bySession(secret, { network, client });
    const bound = boundToken(arrival.authorization);
    if (bound === null) throw unauthenticated('Sign in, or send a DPoP token with its proof.');
    if (bound.scheme !== 'dpop') throw bareToken();
    const { dpop: proof, method, path } = arrival;
    return { ...(await bySoftware({ token: bound.token, proof, method, path, network })), network };
  };
}

/**
 * Sessions are read at every request: one that was ended holds for nothing more, on every server. Requests
 * that arrive together share a statement.
 */
function createBySession(db: Database) {
  const find = shareStatement({
    most: findAtOnce,
    tell: (hashes: readonly Buffer[]) => findSessions(db, hashes),
  });
  return async (secret: string, from: { network: number; client: number }): Promise<Caller> => {
    const hash = hashSecret(secret);
    const found = await findSoon(find, hash).catch(unavailable);
    if (found === undefined || !isLive(found.role, found)) {
      throw new Failure('unauthenticated', { detail: 'The session has ended: sign in again.' });
    }
    // Begun in a way the account never showed, or where its holder cannot be.
    if (isAskedAgain(found)) throw new Failure('passkey-needed');
    // A cookie that was stolen goes on elsewhere or in another browser: its thief has no passkey.
    if (found.network !== from.network || found.client !== from.client) throw new Failure('passkey-needed');
    if (found.isBlocked) throw new Failure('network-blocked');
    if (found.idle > touchAfterSeconds) await touchSession(db, hash).catch(unavailable);
    const { account, organisation, profession, role, insurer, session, whole } = found;
    const permissions = permissionsOf[role];
    const who = { account, organisation, profession, role, insurer, permissions, ...from };
    const unusual = {
      isRiskySignIn: found.riskBits >= unusualBits,
      isImpossibleTravel: found.isImpossible,
    };
    return { ...who, session: BigInt(session), provenSecondsAgo: whole, byPsc: found.byPsc, ...unusual };
  };
}

/** A connection that broke while nobody used it fails at once: asked again, on another. Silence is not. */
async function findSoon<T>(find: (hash: Buffer) => Promise<T>, hash: Buffer): Promise<T> {
  const began = performance.now();
  return find(hash).catch((error: unknown) => {
    if (performance.now() - began > brokenWithinMs) throw error;
    return find(hash);
  });
}

/** Keyed numbers of networks and browsers: the ledger can compare them, and names no address. */
export function createBeginnings(keys: Keys): (arrival: Pick<Arrival, 'address' | 'userAgent'>) => Beginning {
  const known = new Map<string, number>();
  const codeOf = (text: string): number => {
    const remembered = known.get(text);
    if (remembered !== undefined) return remembered;
    if (known.size >= rememberedMax) known.clear();
    const code = staffIndex(keys, text).readUInt32BE(0) & 0x7fffffff;
    known.set(text, code);
    return code;
  };
  return ({ address, userAgent }) => ({
    network: codeOf(`network|${networkOf(address)}`),
    client: codeOf(`client|${userAgent ?? ''}`),
  });
}

function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (!isIPv6(plain)) return plain.split('.').slice(0, 3).join('.');
  // What "::" leaves out of the first three groups is zeros: one house is one network.
  const [before = ''] = plain.split('::');
  return [...before.split(':').filter((group) => group !== ''), '0', '0', '0'].slice(0, 3).join(':');
}

/** An address of IPv4 as such, also where it arrived at a socket of IPv6. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}

function unavailable(error: unknown): never {
  throw new Failure('unavailable', { privateCause: error });
}

function unauthenticated(detail: string): Failure {
  return new Failure('unauthenticated', { detail, headers: { 'www-authenticate': 'DPoP realm="vigie"' } });
}
