import { Failure } from '../../platform/errors.ts';
import type { Caller } from './caller.ts';
import { changeStanding } from './change-standing.ts';
import type { AccountTools } from './create-account.ts';
import { type Invitation, inviteHolder } from './sign-in/invite-holder.ts';
import { endSessions, findHouse, type House, listPasskeys } from './sign-in/store.ts';
import { lastSuspendedBy } from './store.ts';

/** One account asked about by another. */
export type Managed = { readonly caller: Caller; readonly account: number };

/** Whether an account is one of the caller's to manage: a security officer's are all but their own. */
export function isInReach(caller: Caller, account: number, house: House): boolean {
  if (account === caller.account) return false;
  if (caller.role === 'security-officer') return true;
  // An administrator's house holds those who work in it, and nobody who oversees it.
  if (caller.role === 'organisation-administrator') {
    return house.organisation === caller.organisation && house.role === 'professional';
  }
  const ofInsurer = ['insurer-agent', 'insurer-service'].includes(house.role);
  return (
    caller.role === 'insurer-administrator' &&
    ofInsurer &&
    house.insurer !== null &&
    house.insurer === caller.insurer
  );
}

/**
 * Invites an account's holder. One who has a passkey already is recovering: only a security officer may order
 * it, after the check of identity that `why` tells, so that a stolen administrator's account takes no other.
 */
export async function invite(
  tools: AccountTools,
  { caller, account }: Managed,
  why: string,
): Promise<Invitation> {
  await reach(tools, { caller, account });
  const passkeys = await listPasskeys(tools.db, account);
  if (passkeys.length > 0 && caller.role !== 'security-officer') {
    throw new Failure('forbidden', {
      detail: 'This holder has a passkey: a security officer recovers the account, after checking who asks.',
    });
  }
  return inviteHolder(tools, { account, by: caller.account, why });
}

/** Ends every session of an account; how many there were. */
export async function endSessionsOf(tools: AccountTools, managed: Managed): Promise<number> {
  await reach(tools, managed);
  return endSessions(tools.db, managed.account, managed.caller.account);
}

/** Suspends an account, for its very next record and request. */
export async function suspend(tools: AccountTools, managed: Managed, why: string): Promise<void> {
  const { caller, account } = managed;
  await reach(tools, managed);
  await changeStanding(tools, { account, standing: 'suspended', why, by: caller.account });
}

/** Reinstates an account; never by the hand that suspended it. */
export async function reinstate(tools: AccountTools, managed: Managed, why: string): Promise<void> {
  const { caller, account } = managed;
  await reach(tools, managed);
  if ((await lastSuspendedBy(tools.db, account)) === caller.account) {
    throw new Failure('forbidden', {
      detail: 'Whoever suspended an account cannot reinstate it: ask a colleague.',
    });
  }
  await changeStanding(tools, { account, standing: 'open', why, by: caller.account });
}

/** Out of reach is told like not there: numbers of accounts are nobody's business. */
async function reach({ db, ledger }: AccountTools, { caller, account }: Managed): Promise<void> {
  const own = await ledger.readAllowance(caller.account);
  if (own?.standing !== 'open') throw new Failure('account-suspended');
  const house = await findHouse(db, account);
  if (house === undefined || !isInReach(caller, account, house)) throw new Failure('not-found');
}
