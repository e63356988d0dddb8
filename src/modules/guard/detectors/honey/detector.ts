import { signalBits } from '../../../ledger/index.ts';
import { byteAt, numberAt } from '../../fold/account-state.ts';
import { alternatives, evidenceMax } from '../../fold/e-detector.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { nullRates } from './null-rate.ts';

const from = numberAt.tracks + trackOf.honey * alternatives;

/** One hit is conclusive: it does not wait for thresholds, nor for e-BH. */
export const honey: Detector = {
  number: 9,
  name: 'honey',
  says: {
    fr: 'une personne qui n’existe pas, que seul un parcours de numéros rencontre',
    en: 'a person who does not exist, whom only a walk through numbers meets',
  },
  weight: 0.05,
  nullRates: nullRates.rows,
  track: trackOf.honey,
  tracks: 1,
  look(look, account) {
    if ((look.entry.signals & signalBits.honey) === 0) return;
    account.bytes[byteAt.honey] = 1;
    account.numbers.fill(evidenceMax, from, from + alternatives);
  },
};
