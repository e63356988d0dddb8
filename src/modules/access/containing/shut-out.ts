import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Standing } from '../../ledger/index.ts';
import { type Keys, sealText } from '../../vault/index.ts';
import { endSessions, withdrawInvitations } from '../sign-in/store.ts';
import { insertStandingReason } from '../store.ts';

/** Ends every session of an account, those of its software too, and withdraws what invites anybody in. */
export async function shutOut(tx: Transaction, account: number, by: number): Promise<number> {
  await withdrawInvitations(tx, account);
  return endSessions(tx, account, by);
}

/** Keeps why a person changed a standing, sealed, in the transaction of the change; its holder is told. */
export async function noteStanding(
  tx: Transaction,
  keys: Keys,
  change: { account: number; standing: Extract<Standing, 'open' | 'suspended'>; why: string; by: number },
): Promise<void> {
  const { account, standing, why, by } = change;
  const reasonSealed = sealText(keys, why, `standing|${account}`);
  await insertStandingReason(tx, { account, standing, reasonSealed, by });
}
