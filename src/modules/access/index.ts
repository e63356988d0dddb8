/** Who may ask: organisations, accounts, tokens, and what a route declares about its callers. */
export { type Caller, nobody, type Permission, professionalPermissions } from './caller.ts';
export { changeStanding, type StandingChange } from './change-standing.ts';
export { type AccountTools, createAccount, createOrganisation, type NewAccount } from './create-account.ts';
export { createIdentifyCaller, type IdentifyCaller } from './identify-caller.ts';
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
