/** Who may ask: organisations, accounts, tokens, and what a route declares about its callers. */
export {
  type Caller,
  insurerPermissions,
  nobody,
  type Permission,
  professionalPermissions,
} from './caller.ts';
export { changeStanding, type StandingChange } from './change-standing.ts';
export { type AccountTools, createAccount, createOrganisation, type NewAccount } from './create-account.ts';
export { findNamedAccounts, type NamedAccount } from './directory/find-accounts.ts';
export {
  type DirectoryImport,
  type DirectoryOutcome,
  importProfessionals,
  type ListedProfessional,
} from './directory/import-professionals.ts';
export { createIdentifyCaller, type IdentifyCaller } from './identify-caller.ts';
export { issueToken } from './issue-token.ts';
export {
  type Answer,
  choice,
  type DeclaredAnswer,
  declareRoute,
  type Exchange,
  type Route,
  type StreamBody,
  word,
} from './route.ts';
export { countAccounts, touchDatabase } from './store.ts';
export { createWebhook, readWebhook, type Webhook, webhookProblem } from './webhook.ts';
