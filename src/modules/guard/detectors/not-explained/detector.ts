import { explanations, outcomes } from '../../../ledger/index.ts';
import { type AccountState, drawnMax, explainedAt, wordAt } from '../../fold/account-state.ts';
import type { LaneState } from '../../fold/lane-state.ts';
import type { Look } from '../../fold/look.ts';
import { observeOwn } from '../../fold/own-share.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { nullRates, waitSeconds } from './null-rate.ts';

const track = trackOf.notExplained;

/**
 * Each drawn person is judged once, at the end of the delay and in the order of drawing, explained or
 * not: judging claims as they come and missing claims late would put every missing one of a week in a
 * row. A full ring takes nobody more until one is judged: which people are left out is then not the
 * account's choice.
 */
export const notExplained: Detector = {
  number: 4,
  name: 'not-explained',
  says: {
    fr: 'des personnes nouvelles pour lesquelles aucune facture n’a suivi',
    en: 'new people for whom no claim followed',
  },
  weight: 0.13,
  nullRates: nullRates.rows,
  track,
  tracks: 1,
  look(look, account, lane) {
    mature(look, account, lane);
    // A claim that was sent is what would follow: whether it is accepted is for who pays to say.
    if (look.stranger && !look.byClaim && look.entry.outcome === outcomes.disclosed)
      keep(look, account, lane);
  },
  explanation({ entry, low, high }, account) {
    if (entry.action !== explanations.claim) return;
    const slot = findDrawn(account, low, high);
    if (slot >= 0) account.bytes[explainedAt + slot] = 1;
  },
};

function mature(look: Look, account: AccountState, lane: LaneState): void {
  const { words, bytes } = account;
  const wait = waitSeconds[look.profession] as number;
  // When the feed was silent, its backlog gets a whole delay to arrive.
  if (lane.claimsSilent || lane.seconds < lane.thawedAt + (lane.thawedAt > 0 ? wait : 0)) return;
  const upper = nullRates.upper[look.profession] as number;
  while ((words[wordAt.drawnCount] as number) > 0) {
    const slot = words[wordAt.drawnFirst] as number;
    if ((words[wordAt.drawn + 3 * slot + 2] as number) + wait > lane.seconds) return;
    observeOwn(account, look, { track, happened: bytes[explainedAt + slot] === 0, upper });
    words[wordAt.drawnFirst] = (slot + 1) % drawnMax;
    words[wordAt.drawnCount] = (words[wordAt.drawnCount] as number) - 1;
  }
}

function keep(look: Look, account: AccountState, lane: LaneState): void {
  const { words, bytes } = account;
  const count = words[wordAt.drawnCount] as number;
  if (count >= drawnMax) return;
  const slot = ((words[wordAt.drawnFirst] as number) + count) % drawnMax;
  words[wordAt.drawn + 3 * slot] = look.low;
  words[wordAt.drawn + 3 * slot + 1] = look.high;
  words[wordAt.drawn + 3 * slot + 2] = lane.seconds;
  bytes[explainedAt + slot] = 0;
  words[wordAt.drawnCount] = count + 1;
}

function findDrawn(account: AccountState, low: number, high: number): number {
  const { words } = account;
  const count = words[wordAt.drawnCount] as number;
  for (let back = count - 1; back >= 0; back -= 1) {
    const slot = ((words[wordAt.drawnFirst] as number) + back) % drawnMax;
    const at = wordAt.drawn + 3 * slot;
    if (words[at + 1] === high && words[at] === low) return slot;
  }
  return -1;
}
