import { Failure } from '../../../platform/errors.ts';
import type { Caller } from '../../access/index.ts';
import type { Ledger } from '../../ledger/index.ts';

/** Whoever is suspended changes nothing; what tells of a person asks the ledger itself. */
export async function refuseSuspended(
  { ledger }: { readonly ledger: Pick<Ledger, 'readAllowance'> },
  { account }: Caller,
): Promise<void> {
  const own = await ledger.readAllowance(account);
  if (own === undefined || own.standing === 'suspended') throw new Failure('account-suspended');
}
