import { BackupProblem } from '../platform/backup/archive-format.ts';

const diskFull = '53100';
const away = ['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'ECONNREFUSED', 'ECONNRESET'];

/** Says what to do about a full disk and a database that went away; anything else stays as it is. */
export function explainTrouble(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === diskFull) {
    const said = 'The disk of the database is full: nothing was replaced, the database is as it was.';
    const todo = 'A restore, and the trial of a backup, need as much space again as the database has.';
    return new BackupProblem(`${said} ${todo}`, { cause: error });
  }
  // 57P01 to 57P03: it is told to stop, has crashed, or is starting.
  if (!away.includes(code) && !/^(57P0[123]|08)/.test(code)) return error;
  const said = 'The database went away: nothing was replaced.';
  const todo = 'Look at its log and its disk, and do this again once it answers.';
  return new BackupProblem(`${said} ${todo}`, { cause: error });
}
