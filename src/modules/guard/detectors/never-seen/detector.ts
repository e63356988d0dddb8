import { type AccountState, byteAt, numberAt } from '../../fold/account-state.ts';
import { alternatives, observe } from '../../fold/e-detector.ts';
import type { Look } from '../../fold/look.ts';
import { claimsAreShown, learnShare, observeOwn, ownRate } from '../../fold/own-share.ts';
import { claimsFirst, trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { claimsFirstBound, neverSeenBound, nullRates } from './null-rate.ts';

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
  track,
  tracks: 1,
  look(look, account) {
    // Looking at the same person again would let a thief make any day look usual.
    if (look.again || look.high === 0) return;
    if (look.byClaim) observeClaim(look, account);
    else observeOwn(account, look, { track, happened: look.stranger, upper: neverSeenBound(look) });
  },
};

/**
 * Software that only invoices never looks anybody up: a claim for somebody new says nothing until a week
 * showed that this account asks before it invoices, as most do that ask at all.
 */
function observeClaim(look: Look, account: AccountState): void {
  const isShown = ((account.bytes[byteAt.flags] as number) & claimsAreShown) !== 0;
  if (isShown && ownRate(account, claimsFirst, claimsFirstBound) === claimsFirstBound)
    observe(account.numbers, numberAt.tracks + track * alternatives, look.stranger, claimsFirstBound);
  learnShare(account, look, claimsFirst, look.stranger);
}
