import { outcomes } from '../../../ledger/index.ts';
import { flagOf, hasFlag, setFlag } from '../../fold/account-state.ts';
import { observeFixed, observeOwn } from '../../fold/own-share.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { afterUnknown, nullRates } from './null-rate.ts';

const track = trackOf.unknownPeople;

export const unknownPeople: Detector = {
  number: 5,
  name: 'unknown-people',
  says: { fr: 'des numéros que personne ne porte', en: 'numbers that nobody has' },
  weight: 0.08,
  nullRates: nullRates.rows,
  sideRates: [afterUnknown],
  track,
  tracks: 1,
  look(look, account) {
    // Claims read again would each say that a number is somebody's.
    if (look.byClaim) return;
    const happened = look.entry.outcome === outcomes.unknown;
    if (look.again && !happened) return;
    if (hasFlag(account, flagOf.lastWasUnknown)) observeFixed(account, look, afterUnknown, happened);
    else observeOwn(account, look, { track, happened, upper: nullRates.upper[look.profession] as number });
    setFlag(account, flagOf.lastWasUnknown, happened);
  },
};
