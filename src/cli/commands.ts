import type { Command } from './command.ts';
import { command as configExplain } from './config-explain.ts';
import { command as databaseMigrate } from './database-migrate.ts';

/** Every command there is, in the order help prints them. */
export const commands: readonly Command[] = [configExplain, databaseMigrate];
