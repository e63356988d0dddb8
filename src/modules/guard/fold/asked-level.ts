import { type AccountState, byteAt, numberAt, numberOf } from './account-state.ts';
import { type Finding, type Level, levels } from './finding.ts';
import type { GuardProfile } from './profile.ts';
import { endedOf, noneEnded, setEnded } from './standing.ts';
import { challengeAgainAfterHours, isResting, levelFor } from './thresholds.ts';

const hourUs = 3_600_000_000;

/** What the evidence asks for: nothing that just ended, and no challenge on the day of an answered one. */
export function levelOf(state: AccountState, finding: Finding, profile: GuardProfile): Level {
  const { bits, at } = finding;
  if (finding.honey) return 'suspend';
  const level = levelFor(bits, profile.dailyLookups, state.bytes[byteAt.level] as number);
  state.bytes[byteAt.level] = level;
  // Fallen that far, the evidence that led to it is gone: the next step is another one.
  if (level === 0) setEnded(state, noneEnded);
  const answered = numberOf(state, numberAt.answeredAt);
  const wasAnswered = answered > 0 && at - answered < challengeAgainAfterHours * hourUs;
  const rests = isResting(endedOf(state), level, bits) || (wasAnswered && level === 1);
  if (finding.metHoney === true && (rests || level < 2)) return 'restrict';
  return rests ? 'none' : (levels[level] as Level);
}
