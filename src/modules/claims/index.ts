/** Who pays what of care: quoted, promised, claimed and decided. */
export { type Contest, cancelClaim, contestClaim } from './changing/change-claim.ts';
export type { ClaimTools } from './claim-tools.ts';
export { type ClaimModule, composeClaims } from './compose-claims.ts';
export type { Act, Practice, Shares, Situation, Step } from './guarantees/care.ts';
export { readCare } from './guarantees/care-document.ts';
export { readContract } from './guarantees/contract-document.ts';
export { euros } from './guarantees/euros.ts';
export { lintContract } from './guarantees/lint-contract.ts';
export { payFor } from './guarantees/pay-for.ts';
export { DocumentProblem } from './guarantees/read-document.ts';
export { NoRule } from './guarantees/rules.ts';
export { publishPlan } from './plans/publish-plan.ts';
