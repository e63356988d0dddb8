import { Failure } from '../../platform/errors.ts';
import { isOpen } from '../ledger/index.ts';
import { sealText } from '../vault/index.ts';
import { insertFiguresReason } from './accounts/store.ts';
import type { Caller } from './caller.ts';
import { changeStanding } from './change-standing.ts';
import type { AccountTools } from './create-account.ts';
import { type Role, roles } from './roles.ts';
import { type Invitation, inviteHolder } from './sign-in/invite-holder.ts';
import { endSessions, findHouse, type House, listPasskeys } from './sign-in/store.ts';
import { hasHandIn } from './store.ts';
import { noteToTell } from './telling/store.ts';

/** One account asked about by another. */
export type Managed = { readonly caller: Caller; readonly account: number };

/** Whether an account is one of the caller's to manage: a security officer's are all but their own. */
export function isInReach(caller: Caller, account: number, house: House): boolean {
  if (account === caller.account || !rolesInReach(caller).includes(house.role)) return false;
  if (caller.role === 'organisation-administrator') return house.organisation === caller.organisation;
  if (caller.role === 'insurer-administrator') {
    return house.insurer !== null && house.insurer === caller.insurer;
  }
  return true;
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
  const house = await reachAccount(tools, { caller, account });
  // Whoever invites is given both halves: one officer would enter as another, and undo alone what they did.
  if (rolesInReach(house).length > 0) {
    throw new Failure('forbidden', {
      detail: 'Accounts that manage others are invited by the command line: vigie account invite.',
    });
  }
  if (!(await isOpen(tools.db, account))) {
    throw new Failure('forbidden', { detail: 'This account is suspended: reinstate it first.' });
  }
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
  await reachAccount(tools, managed);
  const { account } = managed;
  const by = managed.caller.account;
  return tools.db.begin(async (tx) => {
    const sessions = await endSessions(tx, account, by);
    await noteToTell(tx, { account, what: 'sessions-ended', by });
    return sessions;
  });
}

/** Suspends an account, for its very next record and request. */
export async function suspend(tools: AccountTools, managed: Managed, why: string): Promise<void> {
  const { caller, account } = managed;
  await reachAccount(tools, managed);
  await changeStanding(tools, { account, standing: 'suspended', why, by: caller.account });
}

/** Reinstates an account; never by the hand that suspended it. */
export async function reinstate(tools: AccountTools, managed: Managed, why: string): Promise<void> {
  const { caller, account } = managed;
  await reachAccount(tools, managed);
  if (await hasHandIn(tools.db, account, caller.account)) {
    throw new Failure('forbidden', {
      detail: 'Whoever suspended an account, or was let in by who did, cannot reinstate it: ask a colleague.',
    });
  }
  await changeStanding(tools, { account, standing: 'open', why, by: caller.account });
}

/** The roles that a caller manages, in their own house or everywhere. */
export function rolesInReach({ role }: { readonly role: Caller['role'] }): readonly Role[] {
  if (role === 'security-officer') return roles;
  if (role === 'organisation-administrator') return ['professional'];
  return role === 'insurer-administrator' ? ['insurer-agent', 'insurer-service'] : [];
}

/**
 * The house of an account that the caller may manage. Out of reach is told like not there: numbers of
 * accounts are nobody's business.
 */
export async function reachAccount(
  { db, ledger }: AccountTools,
  { caller, account }: Managed,
): Promise<House> {
  const own = await ledger.readAllowance(caller.account);
  if (own?.standing !== 'open') throw new Failure('account-suspended');
  const house = await findHouse(db, account);
  if (house === undefined || !isInReach(caller, account, house)) throw new Failure('not-found');
  return house;
}

/** Keeps why what an account may draw was changed; before the change, which alone has an effect. */
export async function noteFigures(
  { db, keys }: AccountTools,
  { account, cap, why, by }: { account: number; cap: number; why: string; by: number },
): Promise<void> {
  const reasonSealed = sealText(keys, why, `figures|${account}`);
  await insertFiguresReason(db, { account, cap, reasonSealed, by });
}
