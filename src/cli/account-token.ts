import { parseArgs } from 'node:util';
import { issueToken } from '../modules/access/index.ts';
import { Failure } from '../platform/errors.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'account token',
  says: 'Gives an account one more bearer token and prints it, once: only a hash of it is kept.',
  usage: '--account N [--json]',
  examples: ['vigie account token --account 19'],
  exits: { 0: 'the token is printed', 1: 'there is no such account', 2: 'wrong usage' },
  async run(args, io) {
    const options = { account: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
    const { values } = parseArgs({ args: [...args], options });
    if (!/^[1-9]\d{0,8}$/.test(values.account ?? '')) {
      throw new UsageProblem('--account must be the number of an account.');
    }
    const account = Number(values.account);
    const token = await besideServer(io, ({ db }) => issueToken(db, account)).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'not-found') return null;
      throw error;
    });
    if (token === null) {
      io.err(`There is no account ${account} that signs in with a token.`);
      return 1;
    }
    io.out(values.json ? JSON.stringify({ account, token }) : `Its token, shown this once: ${token}`);
    return 0;
  },
};
