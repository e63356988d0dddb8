import { observeOwn } from '../../fold/own-share.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { nullRates } from './null-rate.ts';

const track = trackOf.sharedPeople;
const othersLeast = 3;

/**
 * A lane knows only its own accounts: of accomplices in other lanes it hears nothing; campaigns link
 * those.
 */
export const sharedPeople: Detector = {
  number: 11,
  name: 'shared-people',
  says: {
    fr: 'des personnes que plusieurs structures sans lien viennent aussi de découvrir',
    en: 'people whom several unrelated organisations also just met',
  },
  weight: 0.04,
  nullRates: nullRates.rows,
  track,
  tracks: 1,
  look(look, account, lane) {
    if (!look.stranger) return;
    const others = lane.otherOrganisations(look.low, look.high, look.entry.organisation);
    const upper = nullRates.upper[look.profession] as number;
    observeOwn(account, look, { track, happened: others >= othersLeast, upper });
  },
};
