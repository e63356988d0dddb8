import { type AccountState, byteAt, numberAt, wordAt } from './account-state.ts';
import type { FollowedEntry } from './followed-entry.ts';

const open = 0;
/** The holder's own doing, as the ledger codes reasons of standings. */
const byHolder = 3;
/** And of one that the guard changed itself: by hand or at the command line, it has another. */
const byGuard = 2;

/**
 * A change of standing. The holder who opens the account again answered a challenge: the evidence stays.
 * A person of the operator who opens it judged the evidence: it starts again at nothing, which an
 * e-detector may at any time. The system's own expiry changes nothing but the standing.
 */
export function foldStanding(state: AccountState, entry: FollowedEntry): void {
  state.bytes[byteAt.standing] = entry.action;
  if (entry.action !== open) return;
  const answered = entry.reason === byHolder || entry.by === entry.account;
  if (answered) state.numbers[numberAt.answeredAt] = entry.at;
  else if (entry.reason !== byGuard) startAgain(state);
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

const kindOpened = 5;
const kindRelations = 6;

/** A new account knows nobody, unless relations were brought along from past payments. */
export function foldOpening(state: AccountState, entry: FollowedEntry): void {
  if (entry.kind === kindOpened) state.numbers[numberAt.openedAt] = entry.at;
  else if (entry.kind === kindRelations) state.numbers[numberAt.openedAt] = 0;
}
