import { Failure } from '../../platform/errors.ts';
import type { Standing } from '../ledger/index.ts';
import { sealText } from '../vault/index.ts';
import type { AccountTools } from './create-account.ts';
import { endSessions, withdrawInvitations } from './sign-in/store.ts';
import { insertStandingReason } from './store.ts';

/** A person's decision about an account, with the reason in their words. */
export type StandingChange = {
  readonly account: number;
  readonly standing: Extract<Standing, 'open' | 'suspended'>;
  readonly why: string;
  readonly by: number;
};

/**
 * Suspends or reinstates an account: the change is a ledger entry, its reason is sealed beside. A suspension
 * ends every session and withdraws what invites anybody in.
 */
export async function changeStanding(
  tools: AccountTools,
  change: StandingChange,
): Promise<{ lane: number; seq: bigint }> {
  const { account, standing, why, by } = change;
  // The reason first: a change without its reason could not be explained; the other way round harms nobody.
  const reasonSealed = sealText(tools.keys, why, `standing|${account}`);
  const known = await insertStandingReason(tools.db, { account, standing, reasonSealed, by });
  if (!known) throw new Failure('not-found', { detail: `There is no account ${account}.` });
  const entry = await tools.ledger.setStanding({ account, standing, by, reason: 'operator' });
  // After the entry, which alone stops disclosures: a session that outlives a crash here draws nothing.
  if (standing === 'suspended') {
    await withdrawInvitations(tools.db, account);
    await endSessions(tools.db, account, by);
  }
  return entry;
}
