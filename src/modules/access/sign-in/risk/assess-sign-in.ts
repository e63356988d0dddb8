import type { Transaction } from '../../../../platform/database/binary-copy.ts';
import { riskBits } from './login-risk.ts';
import * as store from './store.ts';

/**
 * Keeps with a session that begins how unusual it is for its account. It decides nothing: a very unusual
 * session is asked for its passkey again after half an hour, and its entries tell the guard
 * (`signInSignals`).
 */
export async function assessSignIn(tx: Transaction, session: string): Promise<void> {
  await store.noteRisk(tx, session, riskBits(await store.readHabits(tx, session)));
}
