import { signalBits } from '../../../ledger/index.ts';
import { byteAt, numberAt } from '../../fold/account-state.ts';
import { alternatives, evidenceMax, observe } from '../../fold/e-detector.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { nullRates } from './null-rate.ts';

const unknown = 3;

const from = numberAt.tracks + trackOf.honey * alternatives;

/**
 * A hit next to a number that was just asked for is a walk through numbers, and conclusive: it does not wait
 * for thresholds, nor for e-BH. A hit by itself is evidence as any other: who is insured elsewhere, and in no
 * file that honey was placed by, may have that very number.
 */
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
    const { signals, outcome } = look.entry;
    const isHit = (signals & signalBits.honey) !== 0;
    if (!isHit || (signals & signalBits.sameRun) === 0) {
      if (outcome === unknown) {
        observe(account, from, isHit, nullRates.upper[look.profession] as number);
      }
      return;
    }
    account.bytes[byteAt.honey] = 1;
    account.numbers.fill(evidenceMax, from, from + alternatives);
  },
};
