/** The guard's facade: folds a lane's entries into evidence, and says what the evidence asks for. */

export { confirmCase, containedHours, undoCase, type Verdict } from './acting/end-cases.ts';
export type { ActTools } from './acting/take-step.ts';
export { alarmKinds } from './alarms/alarm.ts';
export { nameOf } from './alarms/keep-alarms.ts';
export { type Alarm, readAlarms } from './alarms/store.ts';
export { watchGuard } from './alarms/watch-guard.ts';
export {
  type ListedCampaign,
  listCampaigns,
  type ReadCampaign,
  readCampaign,
} from './campaigns/read-campaigns.ts';
export { type ListedCase, listCases } from './cases/read-cases.ts';
export type { Detector } from './detectors/detector.ts';
export { detectors } from './detectors/detectors.ts';
export type { LeakedTimes } from './detectors/leaked/detector.ts';
export type { NullRate } from './detectors/null-rate.ts';
export { exportCase } from './exporting/export-case.ts';
export { stateBytes, stateVersion } from './fold/account-state.ts';
export { EvidenceCounts, wrongShareMax } from './fold/e-bh.ts';
export { type Finding, type Level, levels } from './fold/finding.ts';
export type { FollowedEntry } from './fold/followed-entry.ts';
export { bitsMax, LaneFold } from './fold/lane-fold.ts';
export type { GuardProfile } from './fold/profile.ts';
export { accountDays, bitsFor, challengeAgainAfterHours, hysteresisBits } from './fold/thresholds.ts';
export { type GuardTools, startGuard } from './following/follow-ledger.ts';
export { type GuardLag, readLag } from './following/read-lag.ts';
export { guardRoutes } from './routes.ts';
export { readSettings } from './settings/store.ts';
export { tellingRoutes } from './telling/routes.ts';
export { type SocSettings, startTelling } from './telling/run-telling.ts';
export { forgetOldEvents, readTelling, type TellingState } from './telling/store.ts';
