import { Failure } from '../../platform/errors.ts';
import { signalBits } from '../ledger/index.ts';
import { type Permission, permissionsOf, type Role } from './roles.ts';
import type { Place } from './sign-in/travel/impossible-travel.ts';

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
  /** Whether it was Pro Santé Connect that was asked for, and no passkey. */
  readonly byPsc?: boolean;
  /** Whether its session was signed in to in a way the account seldom or never showed. */
  readonly isRiskySignIn?: boolean;
  /** Whether nobody can have travelled to where its session began. */
  readonly isImpossibleTravel?: boolean;
  readonly client: number;
  readonly network: number;
  /** Asks where its address is said to be; only of who may begin a session, and only when one begins. */
  readonly findPlace?: () => Place | null;
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

/** What an entry's signals say of how its caller signed in. */
export function signInSignals(caller: Pick<Caller, 'isRiskySignIn' | 'isImpossibleTravel'>): number {
  const risky = caller.isRiskySignIn === true ? signalBits.riskySignIn : 0;
  return caller.isImpossibleTravel === true ? risky | signalBits.impossibleTravel : risky;
}

/** The insurer that a caller works for. An account that was opened without one finds nothing. */
export function insurerOf({ insurer }: Caller): number {
  if (insurer === null) throw new Failure('not-found');
  return insurer;
}

/** What asks for a passkey used just now asks again after this. */
const provenSeconds = 5 * 60;

/** The account, when its passkey was asked for just now: a session left open must not do what lasts. */
export function provenAccount(caller: Caller): number {
  if (caller.byPsc === true) throw new Failure('passkey-needed');
  return accountWithin(caller);
}

/**
 * The account, for what lasts and software may do as well: a session proves its passkey just now, software
 * has signed this very request. A scope that leads here is never consented to: it would outlive the consent.
 */
export function provenOrSoftware(caller: Caller): number {
  return caller.provenSecondsAgo === null ? caller.account : provenAccount(caller);
}

/**
 * The account that may make a passkey now, and whether only its first: Pro Santé Connect says who the
 * professional is, and that is enough for a first key, never beside another.
 */
export function enrollingAccount(caller: Caller): { readonly account: number; readonly onlyFirst: boolean } {
  return { account: accountWithin(caller), onlyFirst: caller.byPsc === true };
}

function accountWithin({ account, provenSecondsAgo }: Caller): number {
  if (provenSecondsAgo === null || provenSecondsAgo > provenSeconds) throw new Failure('passkey-needed');
  return account;
}
