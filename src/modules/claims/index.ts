export type { Act, Practice, Shares, Situation, Step } from './care.ts';
export { readCare } from './care-document.ts';
export { readContract } from './contract-document.ts';
export { euros } from './euros.ts';
export { lintContract } from './lint-contract.ts';
export { payFor } from './pay-for.ts';
export { DocumentProblem } from './read-document.ts';
export { NoRule } from './rules.ts';
