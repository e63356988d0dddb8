import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import { isNetworkBlocked } from './store.ts';

/** Fails with `network-blocked` where no session may begin: the next request from there would be refused. */
export async function refuseBlocked(db: Database | Transaction, network: number): Promise<void> {
  if (await isNetworkBlocked(db, network)) throw new Failure('network-blocked');
}
