import type { Transaction } from '../../../../platform/database/binary-copy.ts';
import type { Caller } from '../../caller.ts';
import { judgeTravel } from '../travel/impossible-travel.ts';
import { notePlace, readWhereabouts } from '../travel/store.ts';
import { riskBits, unusualBits } from './login-risk.ts';
import * as store from './store.ts';

/**
 * Keeps with a session that begins how unusual it is for its account, and whether its holder can be where it
 * begins. It decides nothing: an unusual session is asked for its passkey again after half an hour
 * (`isAskedAgain`), and its entries tell the guard (`signInSignals`). Who signs in twice makes the second
 * neither usual nor asked again.
 */
export async function assessSignIn(
  tx: Transaction,
  session: string,
  { findPlace }: Pick<Caller, 'findPlace'>,
): Promise<void> {
  const before = await store.readAlike(tx, session);
  const bits = Math.max(riskBits(await store.readHabits(tx, session)), before);
  const place = findPlace?.() ?? null;
  const travel = place === null ? 'possible' : judgeTravel(place, await readWhereabouts(tx, session));
  const isFirst = (bits >= unusualBits && before < unusualBits) || travel === 'impossible';
  const isUnusual = bits >= unusualBits || travel !== 'possible';
  await store.noteRisk(tx, session, { bits, repeats: isUnusual && !isFirst });
  if (place !== null) await notePlace(tx, session, { place, isImpossible: travel !== 'possible' });
}
