import { command as accountCreate } from './account-create.ts';
import { command as accountReinstate } from './account-reinstate.ts';
import { command as accountSuspend } from './account-suspend.ts';
import { command as cardShow } from './card-show.ts';
import type { Command } from './command.ts';
import { command as configExplain } from './config-explain.ts';
import { command as databaseMigrate } from './database-migrate.ts';
import { command as lookup } from './lookup.ts';

/** Every command there is, in the order help prints them. */
export const commands: readonly Command[] = [
  lookup,
  cardShow,
  accountCreate,
  accountSuspend,
  accountReinstate,
  configExplain,
  databaseMigrate,
];
