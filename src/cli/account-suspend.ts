import { runStanding } from './account-standing.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'account suspend',
  says: 'Suspends an account: from its next record on, on every server, nothing is disclosed to it.',
  usage: 'ACCOUNT --reason TEXT [--json]',
  examples: ['vigie account suspend 19 --reason "Token seen in a public repository"'],
  exits: { 0: 'the account is suspended', 1: 'it is not', 2: 'wrong usage' },
  run: (args, io) => runStanding(args, io, { standing: 'suspended', done: 'suspended' }),
};
