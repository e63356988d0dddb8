/** Who may ask: organisations, accounts, tokens, and what a route declares about its callers. */
export { accountRoutes } from './accounts/routes.ts';
export {
  type Caller,
  insurerOf,
  nobody,
  professionalPermissions,
  provenAccount,
  provenOrSoftware,
  signInSignals,
} from './caller.ts';
export { changeStanding, type StandingChange } from './change-standing.ts';
export { countSignedIn, type Live } from './containing/count-signed-in.ts';
export { noteStanding, shutOut } from './containing/shut-out.ts';
export { readWatched, type Watched } from './containing/store.ts';
export {
  type AccountTools,
  createOrganisation,
  drawsNobody,
  type NewAccount,
  openAccount,
} from './create-account.ts';
export { openDemoSession } from './demo/open-session.ts';
export { demoRoutes, hasDemoDoor } from './demo/routes.ts';
export { insertDemoAccount, insertStolenAccounts, isDemo, markDemo } from './demo/store.ts';
export { findNamedAccounts, type NamedAccount } from './directory/find-accounts.ts';
export {
  type DirectoryImport,
  type DirectoryOutcome,
  importProfessionals,
  type ListedProfessional,
} from './directory/import-professionals.ts';
export {
  type Arrival,
  createBeginnings,
  createIdentifyCaller,
  type IdentifyCaller,
} from './identify-caller.ts';
export { type Managed, noteFigures, reachAccount } from './manage-account.ts';
export { manageRoutes } from './manage-routes.ts';
export { blockNetwork, listSignedInFrom, openNetwork } from './networks/store.ts';
export { createPscTools } from './psc/compose-psc.ts';
export { pscRoutes } from './psc/routes.ts';
export type { PscTools } from './psc/sign-in.ts';
export { leaveProvider } from './psc/sign-out.ts';
export { asksStanding, type Permission, permissionsOf, permissionTable, type Role, roles } from './roles.ts';
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
export { type Invitation, invitationHours, inviteHolder } from './sign-in/invite-holder.ts';
export { signInRoutes } from './sign-in/routes.ts';
export { type FindPlace, openPlaces, placesBuiltOn } from './sign-in/travel/open-places.ts';
export { forgetPlaces } from './sign-in/travel/store.ts';
export { clientRoutes } from './software/clients/routes.ts';
export {
  type Client,
  listClients,
  type NewClient,
  registerClient,
  revokeClient,
  rotateClientKeys,
} from './software/register-client.ts';
export { softwareRoutes } from './software/routes.ts';
export { forgetUsedProofs } from './software/store.ts';
export { countAccounts, touchDatabase } from './store.ts';
export { readHolder } from './telling/read-holder.ts';
export {
  countToTell,
  listAdministrators,
  listHolders,
  noteToTell,
  type ToldChange,
  type ToTell,
  takeToTell,
} from './telling/store.ts';
export { createWebhook, readWebhook, type Webhook, webhookProblem } from './webhook.ts';
