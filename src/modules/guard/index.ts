/** The guard's facade: folds a lane's entries into evidence, and says what the evidence asks for. */
export type { Detector } from './detectors/detector.ts';
export { detectors } from './detectors/detectors.ts';
export type { LeakedTimes } from './detectors/leaked/detector.ts';
export type { NullRate } from './detectors/null-rate.ts';
export { stateBytes, stateVersion } from './fold/account-state.ts';
export { type AccountEvidence, mayBeSuspended, wrongShareMax } from './fold/e-bh.ts';
export { type Finding, type Level, levels } from './fold/finding.ts';
export type { FollowedEntry } from './fold/followed-entry.ts';
export { bitsMax, LaneFold } from './fold/lane-fold.ts';
export type { GuardProfile } from './fold/profile.ts';
export { accountDays, bitsFor, challengeAgainAfterHours, hysteresisBits } from './fold/thresholds.ts';
