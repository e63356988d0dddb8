import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { nullRates } from './null-rate.ts';

/**
 * What the exposure module will answer: how many times likelier theft is since the account's address or
 * device was found in a leak; its mean over honest accounts must be at most 1.
 */
export type LeakedTimes = (account: number) => number;

/** In the list so that its place and its part of the average are kept; nobody fills it yet. */
export const leaked: Detector = {
  number: 12,
  name: 'leaked',
  says: {
    fr: 'l’adresse ou l’appareil du compte figure dans une fuite (pas encore regardé)',
    en: 'the account’s address or device stands in a leak (not looked at yet)',
  },
  weight: 0.01,
  nullRates: nullRates.rows,
  track: trackOf.leaked,
  tracks: 1,
  waiting: true,
};
