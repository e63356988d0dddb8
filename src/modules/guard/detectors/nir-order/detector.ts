import { signalBits } from '../../../ledger/index.ts';
import { byteAt } from '../../fold/account-state.ts';
import { observeFixed, observeOwn } from '../../fold/own-share.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { ascending, nullRates } from './null-rate.ts';

/** Walks through numbers: neighbours, and lists that were sorted. The number itself never comes here. */
export const nirOrder: Detector = {
  number: 6,
  name: 'nir-order',
  says: { fr: 'des numéros qui se suivent', en: 'numbers that follow one another' },
  weight: 0.1,
  nullRates: nullRates.rows,
  sideRates: [ascending],
  track: trackOf.sameRun,
  tracks: 2,
  look(look, account) {
    if (look.again) return;
    const { signals } = look.entry;
    if (look.stranger || look.high === 0) {
      const happened = (signals & signalBits.sameRun) !== 0;
      const upper = nullRates.upper[look.profession] as number;
      observeOwn(account, look, { track: trackOf.sameRun, happened, upper });
    }
    // Software may send its claims in the order of their numbers.
    if ((signals & signalBits.hasPrevious) === 0 || look.byClaim) return;
    const happened = (signals & signalBits.ascending) !== 0;
    const rising = account.bytes[byteAt.ascents] as number;
    // After a fall the next may rise almost surely: the first rise is not looked at.
    if (rising > 0) observeFixed(account, look, ascending, happened);
    account.bytes[byteAt.ascents] = happened ? 1 : 0;
  },
};
