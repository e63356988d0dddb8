import { outcomes } from '../../../ledger/index.ts';
import { byteAt, numberAt } from '../../fold/account-state.ts';
import { alternatives, observe } from '../../fold/e-detector.ts';
import { observeOwn } from '../../fold/own-share.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { afterUnknown, nullRates } from './null-rate.ts';

const track = trackOf.unknownPeople;
const lastWasUnknown = 1;

export const unknownPeople: Detector = {
  number: 5,
  name: 'unknown-people',
  says: { fr: 'des numéros que personne ne porte', en: 'numbers that nobody has' },
  weight: 0.08,
  nullRates: nullRates.rows,
  track,
  tracks: 1,
  look(look, account) {
    // Claims read again would each say that a number is somebody's.
    if (look.byClaim) return;
    const happened = look.entry.outcome === outcomes.unknown;
    if (look.again && !happened) return;
    const flags = account.bytes[byteAt.flags] as number;
    if ((flags & lastWasUnknown) !== 0)
      observe(account, numberAt.tracks + track * alternatives, happened, afterUnknown);
    else observeOwn(account, look, { track, happened, upper: nullRates.upper[look.profession] as number });
    account.bytes[byteAt.flags] = happened ? flags | lastWasUnknown : flags & ~lastWasUnknown;
  },
};
