import { numberAt, numberOf } from '../../fold/account-state.ts';
import { observeOwn } from '../../fold/own-share.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { nullRates } from './null-rate.ts';

const track = trackOf.rhythm;
const tolerance = 0.05;

/**
 * Only new people who are asked about count: practice software asks again about known ones at fixed times, and
 * sends the day's claims in one go.
 */
export const rhythm: Detector = {
  number: 7,
  name: 'rhythm',
  says: { fr: 'un rythme de machine', en: 'the rhythm of a machine' },
  weight: 0.07,
  nullRates: nullRates.rows,
  track,
  tracks: 1,
  look(look, account) {
    if (!look.stranger || look.byClaim) return;
    const { numbers } = account;
    const last = numberOf(account, numberAt.lastNewAt);
    const gap = look.entry.at - last;
    numbers[numberAt.lastNewAt] = look.entry.at;
    if (last === 0 || gap <= 0) return;
    const before = numberOf(account, numberAt.lastGap);
    numbers[numberAt.lastGap] = gap;
    if (before === 0) return;
    const happened = Math.abs(gap - before) <= tolerance * before;
    observeOwn(account, look, { track, happened, upper: nullRates.upper[look.profession] as number });
  },
};
