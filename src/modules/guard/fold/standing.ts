import { kinds, standingReasons, standings } from '../../ledger/index.ts';
import { type AccountState, byteAt, numberAt, wordAt } from './account-state.ts';
import type { FollowedEntry } from './followed-entry.ts';

const open = standings.indexOf('open');

/**
 * A change of standing. The holder who opens the account again answered a challenge: the evidence stays.
 * A person of the operator who opens it judged the evidence: it starts again at nothing, which an
 * e-detector may at any time. The system's own expiry changes nothing but the standing.
 */
export function foldStanding(state: AccountState, entry: FollowedEntry): void {
  state.bytes[byteAt.standing] = entry.action;
  if (entry.action !== open) return;
  const answered = entry.reason === standingReasons.holder || entry.by === entry.account;
  if (answered) state.numbers[numberAt.answeredAt] = entry.at;
  else if (entry.reason !== standingReasons.guard) startAgain(state);
}

/** No evidence, no one waited for; what is usual for the account stays as it was learnt. */
function startAgain(state: AccountState): void {
  state.numbers.fill(0, numberAt.tracks);
  state.numbers[numberAt.bits] = 0;
  state.bytes[byteAt.level] = 0;
  state.bytes[byteAt.honey] = 0;
  // Which was met last stays: what was judged to be harmless asks for nothing when it is met again.
  state.bytes[byteAt.honeyMet] = 0;
  state.bytes[byteAt.ascents] = 0;
  state.words[wordAt.drawnCount] = 0;
}

/** A new account knows nobody, unless relations were brought along from past payments. */
export function foldOpening(state: AccountState, entry: FollowedEntry): void {
  if (entry.kind === kinds.opened) state.numbers[numberAt.openedAt] = entry.at;
  else if (entry.kind === kinds.relations) state.numbers[numberAt.openedAt] = 0;
}
