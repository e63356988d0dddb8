import { Failure } from '../../platform/errors.ts';
import { type Permission, permissionsOf, type Role } from './roles.ts';

/** Who asks, as the pipeline's identify step knows them: numbers and codes, never a name. */
export type Caller = {
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly role: Role | 'nobody';
  /** The insurer it works for; null for whoever works for none. */
  readonly insurer: number | null;
  readonly session: bigint;
  /** Seconds since the passkey was last asked for; null when no passkey signed this caller in. */
  readonly provenSecondsAgo: number | null;
  readonly client: number;
  readonly network: number;
  readonly permissions: ReadonlySet<Permission>;
};

/** The caller of a route that needs no account. */
export const nobody: Caller = {
  account: 0,
  organisation: 0,
  profession: '',
  role: 'nobody',
  insurer: null,
  session: 0n,
  provenSecondsAgo: null,
  client: 0,
  network: 0,
  permissions: new Set<Permission>(['none']),
};

/** What every professional's account may do. */
export const professionalPermissions = permissionsOf.professional;

/** What asks for a passkey used just now asks again after this. */
const provenSeconds = 5 * 60;

/** The account, when its passkey was asked for just now: a session left open must not do what lasts. */
export function provenAccount({ account, provenSecondsAgo }: Caller): number {
  if (provenSecondsAgo === null || provenSecondsAgo > provenSeconds) throw new Failure('passkey-needed');
  return account;
}
