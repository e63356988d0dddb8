import { honeyMarkOf, signalBits } from '../../../ledger/index.ts';
import { byteAt, numberAt } from '../../fold/account-state.ts';
import { alternatives, evidenceMax } from '../../fold/e-detector.ts';
import { observeFixed } from '../../fold/own-share.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { nullRates } from './null-rate.ts';
import { meetInWalk } from './walks.ts';

const unknown = 3;

const track = trackOf.honey;
const from = numberAt.tracks + track * alternatives;

/** Entries from before marks do not say which honey person was met: they all count as one. */
const unmarked = 255;

/**
 * Two different ones, each next to a number just asked for, are a walk through numbers, and conclusive: it
 * does not wait for thresholds, nor for e-BH. One is a walk or a trap, and restricts: people who are there
 * are still served. By itself it is evidence as any other: who is insured elsewhere, and in no file that
 * honey was placed by, may have that very number. The same one again says nothing new.
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
  track,
  tracks: 1,
  look(look, account) {
    const { signals, outcome } = look.entry;
    const isHit = (signals & signalBits.honey) !== 0;
    const mark = honeyMarkOf(signals) || unmarked;
    if (isHit && account.bytes[byteAt.honeySeen] === mark) return;
    const upper = nullRates.upper[look.profession] as number;
    if (outcome === unknown) observeFixed(account, look, { rate: track, track, upper }, isHit);
    if (!isHit) return;
    account.bytes[byteAt.honeySeen] = mark;
    if ((signals & signalBits.sameRun) === 0 || !meetInWalk(account, mark, look.hour)) return;
    account.bytes[byteAt.honey] = 1;
    account.numbers.fill(evidenceMax, from, from + alternatives);
  },
};
