import { command as accountCreate } from './account-create.ts';
import { command as accountInvite } from './account-invite.ts';
import { command as accountReinstate } from './account-reinstate.ts';
import { command as accountSuspend } from './account-suspend.ts';
import { command as backup } from './backup.ts';
import { command as cardKeys } from './card-keys.ts';
import { command as cardShow } from './card-show.ts';
import { command as cardVerify } from './card-verify.ts';
import { command as clientKeys } from './client-keys.ts';
import { command as clientList } from './client-list.ts';
import { command as clientRegister } from './client-register.ts';
import { command as clientRevoke } from './client-revoke.ts';
import type { Command } from './command.ts';
import { command as configExplain } from './config-explain.ts';
import { command as connect } from './connect.ts';
import { command as connectKey } from './connect-key.ts';
import { command as databaseMigrate } from './database-migrate.ts';
import { command as guaranteesExplain } from './guarantees-explain.ts';
import { command as guaranteesLint } from './guarantees-lint.ts';
import { command as guaranteesPublish } from './guarantees-publish.ts';
import { command as guardCampaigns } from './guard-campaigns.ts';
import { command as guardCases } from './guard-cases.ts';
import { command as guardExport } from './guard-export.ts';
import { command as guardNetworks } from './guard-networks.ts';
import { command as guardNetworksOpen } from './guard-networks-open.ts';
import { command as guardPlaceHoney } from './guard-place-honey.ts';
import { command as guardRates } from './guard-rates.ts';
import { command as guardStatus } from './guard-status.ts';
import { command as guardUndo } from './guard-undo.ts';
import { command as importInsurers } from './import-insurers.ts';
import { command as importPeople } from './import-people.ts';
import { command as importProfessionals } from './import-professionals.ts';
import { command as importRelations } from './import-relations.ts';
import { command as keysRotate } from './keys-rotate.ts';
import { command as keysStatus } from './keys-status.ts';
import { command as lookup } from './lookup.ts';
import { command as messages } from './messages.ts';
import { command as personErase } from './person-erase.ts';
import { command as replay } from './replay.ts';
import { command as restore } from './restore.ts';
import { command as sandboxClock } from './sandbox-clock.ts';
import { command as sandboxPeople } from './sandbox-people.ts';
import { command as status } from './status.ts';
import { command as worldCreate } from './world-create.ts';
import { command as worldDay } from './world-day.ts';

/** Every command there is, in the order help prints them. */
export const commands: readonly Command[] = [
  lookup,
  cardShow,
  cardVerify,
  cardKeys,
  accountCreate,
  accountInvite,
  accountSuspend,
  accountReinstate,
  clientRegister,
  clientList,
  clientKeys,
  clientRevoke,
  connectKey,
  connect,
  sandboxPeople,
  sandboxClock,
  importPeople,
  importInsurers,
  importProfessionals,
  importRelations,
  guaranteesLint,
  guaranteesExplain,
  guaranteesPublish,
  guardStatus,
  guardCases,
  guardCampaigns,
  guardNetworks,
  guardNetworksOpen,
  guardUndo,
  guardExport,
  guardPlaceHoney,
  guardRates,
  keysRotate,
  keysStatus,
  personErase,
  messages,
  configExplain,
  databaseMigrate,
  status,
  backup,
  restore,
  worldCreate,
  worldDay,
  replay,
];
