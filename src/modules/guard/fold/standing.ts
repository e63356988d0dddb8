import { kinds, standingReasons, standings } from '../../ledger/index.ts';
import { type AccountState, byteAt, numberAt, numberOf, wordAt } from './account-state.ts';
import type { FollowedEntry } from './followed-entry.ts';
import type { EndedStep } from './thresholds.ts';

const open = standings.indexOf('open');

/**
 * A change of standing. A person of the operator who opens the account judged the evidence: it starts again
 * at nothing, which an e-detector may at any time. The holder who answers a challenge, or a step that is
 * over after a day, leave it as it is: the step rests until there is more.
 */
export function foldStanding(state: AccountState, entry: FollowedEntry): void {
  const before = state.bytes[byteAt.standing] as number;
  state.bytes[byteAt.standing] = entry.action;
  if (entry.action !== open) return;
  if (isJudgedHarmless(entry)) {
    startAgain(state);
    return;
  }
  if (isAnswered(entry)) state.numbers[numberAt.answeredAt] = entry.at;
  const level = Math.max(before, state.bytes[byteAt.level] as number);
  setEnded(state, { level, bits: numberOf(state, numberAt.bits) });
}

/** Whether a person of the operator opened the account: not its holder, nor time. */
export function isJudgedHarmless(entry: FollowedEntry): boolean {
  return entry.action === open && !isAnswered(entry) && entry.reason !== standingReasons.guard;
}

function isAnswered({ reason, by, account }: FollowedEntry): boolean {
  return reason === standingReasons.holder || by === account;
}

/** The last step that ended without a person's word, as long as the evidence did not fall since. */
export function endedOf({ words }: AccountState): EndedStep {
  return { level: words[wordAt.endedLevel] as number, bits: (words[wordAt.endedBits] as number) / bitParts };
}

/** Notes that a step ended, or that none is remembered. */
export function setEnded({ words }: AccountState, { level, bits }: EndedStep): void {
  words[wordAt.endedLevel] = level;
  words[wordAt.endedBits] = Math.round(Math.max(0, bits) * bitParts);
}

export const noneEnded: EndedStep = { level: 0, bits: 0 };
/** Evidence is remembered in such parts of a bit. */
const bitParts = 256;

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
  setEnded(state, noneEnded);
}

/** A new account knows nobody, unless relations were brought along from past payments. */
export function foldOpening(state: AccountState, entry: FollowedEntry): void {
  if (entry.kind === kinds.opened) state.numbers[numberAt.openedAt] = entry.at;
  else if (entry.kind === kinds.relations) state.numbers[numberAt.openedAt] = 0;
}
