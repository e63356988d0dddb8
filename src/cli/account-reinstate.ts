import { runStanding } from './account-standing.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'account reinstate',
  says: 'Reinstates a suspended or restricted account; what it had drawn stays drawn.',
  usage: 'ACCOUNT --reason TEXT [--json]',
  examples: ['vigie account reinstate 19 --reason "New token issued, holder called back"'],
  exits: { 0: 'the account is open', 1: 'it is not', 2: 'wrong usage' },
  run: (args, io) => runStanding(args, io, { standing: 'open', done: 'open again' }),
};
