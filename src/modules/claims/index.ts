/** Who pays what of care: quoted, promised, claimed and decided. */

export { acts } from './acts/act-catalogue.ts';
export type { CatalogueAct } from './acts/catalogue-act.ts';
export { domainOfAct, domainsOfKind, needsPrescriber } from './acts/domain-of-act.ts';
export { type ActSearch, baseOn, findActs, priceOn } from './acts/find-acts.ts';
export { type Rejection, rejections, rejectionWords } from './adjudicating/rejections.ts';
export { type Contest, cancelClaim, contestClaim } from './changing/change-claim.ts';
export type { ClaimTools } from './claim-tools.ts';
export { type ClaimModule, composeClaims } from './compose-claims.ts';
export { webhookRoutes } from './events/routes.ts';
export { startClaimWebhooks } from './events/run-webhooks.ts';
export { forgetOldDeliveries } from './events/store.ts';
export type { Act, Practice, Shares, Situation, Step } from './guarantees/care.ts';
export { readCare } from './guarantees/care-document.ts';
export { readContract } from './guarantees/contract-document.ts';
export { euros } from './guarantees/euros.ts';
export { lintContract } from './guarantees/lint-contract.ts';
export { payFor } from './guarantees/pay-for.ts';
export { DocumentProblem } from './guarantees/read-document.ts';
export { NoRule } from './guarantees/rules.ts';
export { publishPlan } from './plans/publish-plan.ts';
export { createScenarioOf, type ScenarioOf } from './scenarios/play-scenarios.ts';
export { type ScenarioWord, scenarios } from './scenarios/scenario.ts';
export { insertScenarios } from './scenarios/store.ts';
