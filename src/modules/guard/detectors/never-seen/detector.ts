import { observeOwn } from '../../fold/own-share.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { neverSeenBound, neverSeenRate, nullRates, opening } from './null-rate.ts';

const track = trackOf.neverSeen;

export const neverSeen: Detector = {
  number: 1,
  name: 'never-seen',
  says: {
    fr: 'des personnes que ce compte n’avait jamais consultées',
    en: 'people this account never looked up before',
  },
  weight: 0.2,
  nullRates: nullRates.rows,
  sideRates: [opening],
  track,
  tracks: 1,
  look(look, account) {
    // Looking at the same person again would let a thief make any day look usual.
    // Nor would claims: they cost nothing where the person is known, and would wash out what was drawn.
    if (look.again || look.high === 0 || look.byClaim) return;
    const upper = neverSeenBound(look);
    observeOwn(account, look, { track, happened: look.stranger, upper, rate: neverSeenRate(look) });
  },
};
