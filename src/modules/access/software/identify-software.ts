import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import type { Keys } from '../../vault/index.ts';
import type { Caller } from '../caller.ts';
import { type Permission, permissionsOf, type Role } from '../roles.ts';
import { createReadToken } from './access-token.ts';
import { createAdmit } from './admit-shown.ts';
import { algorithms, softwareScopes } from './profile.ts';
import { checkProof } from './proof.ts';

/** What a request of software shows: its token, its proof, and what the proof must be about. */
export type SignedArrival = {
  readonly token: string;
  readonly proof: string | undefined;
  readonly method: string;
  readonly path: string;
  /** The network it comes from, as a keyed number. */
  readonly network: number;
};

/** Says which account software acts for; a token without the proof of its key says nothing. */
export type IdentifySoftware = (arrival: SignedArrival) => Promise<Omit<Caller, 'network'>>;

/** The token is read here, the proof checked here; one shared write says that the proof is new. */
export function createIdentifySoftware(use: {
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly origin: string;
}): IdentifySoftware {
  const { clock, origin } = use;
  const readToken = createReadToken(use.keys, origin);
  const admit = createAdmit(use.db);
  return async ({ token, proof, method, path, network }) => {
    // A whole address in the request line would be glued to ours, and read as one of another house.
    if (!path.startsWith('/')) throw refused('invalid_dpop_proof', 'the request names no path of ours');
    const now = Number(clock.now() / 1000n);
    const content = await readToken(token, now);
    if ('problem' in content) throw refused('invalid_token', content.problem);
    const held = await checkProof(proof, { method, url: `${origin}${path}`, token, now });
    if ('problem' in held) throw refused('invalid_dpop_proof', held.problem);
    if (held.thumbprint !== content.thumbprint) {
      throw refused('invalid_token', 'the token is bound to another key');
    }
    const admitted = await admit({ ...content, once: held.once, network }).catch(unavailable);
    if (!admitted.isNew) throw refused('invalid_dpop_proof', 'the proof was used before');
    const { account, isNew: _, isBlocked, ...who } = admitted;
    if (account === null) throw refused('invalid_token', 'the client, or what it was allowed, has ended');
    if (isBlocked) throw new Failure('network-blocked');
    const permissions = permissionsFor(who.role, content.scope);
    return { ...who, account, session: BigInt(content.session), provenSecondsAgo: null, permissions };
  };
}

/** The answer to a token that needs a proof and comes as a bare one (RFC 9449 §7.2). */
export function bareToken(): Failure {
  return refused('invalid_token', 'the token needs the DPoP scheme and a proof');
}

/** What the role may do now and the token was given for: neither alone is enough. */
function permissionsFor(role: Role, scope: string): ReadonlySet<Permission> {
  const given = scope.split(' ');
  const may = softwareScopes.filter((one) => given.includes(one) && permissionsOf[role].has(one));
  return new Set<Permission>(['none', ...may]);
}

function refused(error: 'invalid_token' | 'invalid_dpop_proof', says: string): Failure {
  const challenge = `DPoP error="${error}", error_description="${says}", algs="${algorithms.join(' ')}"`;
  const detail = `${says.charAt(0).toUpperCase()}${says.slice(1)}.`;
  return new Failure('unauthenticated', { detail, headers: { 'www-authenticate': challenge } });
}

function unavailable(error: unknown): never {
  throw new Failure('unavailable', { privateCause: error });
}
