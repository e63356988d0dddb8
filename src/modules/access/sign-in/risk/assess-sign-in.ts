import type { Transaction } from '../../../../platform/database/binary-copy.ts';
import type { Caller } from '../../caller.ts';
import { isImpossibleTravel } from '../travel/impossible-travel.ts';
import { notePlace, readWhereabouts } from '../travel/store.ts';
import { riskBits } from './login-risk.ts';
import * as store from './store.ts';

/**
 * Keeps with a session that begins how unusual it is for its account, and whether its holder can be where it
 * begins. It decides nothing: a very unusual session, or an impossible one, is asked for its passkey again
 * after half an hour (`isAskedAgain`), and its entries tell the guard (`signInSignals`).
 */
export async function assessSignIn(
  tx: Transaction,
  session: string,
  { findPlace }: Pick<Caller, 'findPlace'>,
): Promise<void> {
  await store.noteRisk(tx, session, riskBits(await store.readHabits(tx, session)));
  const place = findPlace?.() ?? null;
  if (place === null) return;
  const isImpossible = isImpossibleTravel(place, await readWhereabouts(tx, session));
  await notePlace(tx, session, { place, isImpossible });
}
