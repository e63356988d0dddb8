/** The guard's facade: folds a lane's entries into evidence, and says what the evidence asks for. */

export { undoCase } from './acting/end-cases.ts';
export { guardLimits } from './alarms/alarm.ts';
export { detectorOf } from './alarms/keep-alarms.ts';
export { type Alarm, readAlarms } from './alarms/store.ts';
export { watchGuard } from './alarms/watch-guard.ts';
export { CampaignIndex } from './campaigns/campaign-index.ts';
export { chooseGroupSteps } from './campaigns/choose-group-steps.ts';
export { type Group, judgeGroup } from './campaigns/group.ts';
export { readGroup, writeGroup } from './campaigns/group-state.ts';
export { listCampaigns, type ReadCampaign, readCampaign } from './campaigns/read-campaigns.ts';
export { countCampaigns } from './campaigns/store.ts';
export { type CasePlace, caseParts, readCasePlace } from './cases/case-place.ts';
export {
  type CasePage,
  type ListedCase,
  listCases,
  type Thresholds,
  thresholdsOf,
} from './cases/read-cases.ts';
export { countCases } from './cases/store.ts';
export { type WatchedAccount, watchAccounts } from './cases/watch-accounts.ts';
export { detectors } from './detectors/detectors.ts';
export type { LeakedTimes } from './detectors/leaked/detector.ts';
export { exportCase } from './exporting/export-case.ts';
export { type Finding, levels } from './fold/finding.ts';
export type { FollowedEntry } from './fold/followed-entry.ts';
export { LaneFold } from './fold/lane-fold.ts';
export type { GuardProfile } from './fold/profile.ts';
export { accountDays } from './fold/thresholds.ts';
export { type GuardTools, startGuard } from './following/follow-ledger.ts';
export { type GuardLag, readLag } from './following/read-lag.ts';
export { openBlocked } from './networks/block-networks.ts';
export { type BlockedNetwork, readBlocked } from './networks/read-blocked.ts';
export { type Measurement, measureRates } from './rates/measure-rates.ts';
export type { MeasuredRate, Verdict } from './rates/measured-rates.ts';
export { guardRoutes } from './routes.ts';
export { firstSettings } from './settings/settings.ts';
export { readSettings } from './settings/store.ts';
export { tellingRoutes } from './telling/routes.ts';
export { type SocSettings, startTelling } from './telling/run-telling.ts';
export { forgetOldEvents, readTelling, type TellingState } from './telling/store.ts';
