import { parseArgs } from 'node:util';
import { createLocalKey } from '../connect/local-key.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'connect key',
  says:
    'Draws the key of this machine into a new file. Prints its public half, for `vigie client register`, ' +
    'and apart from it the secret that software on this machine sends to `vigie connect`.',
  usage: '--out FILE',
  examples: ['vigie connect key --out vigie-key.json > jwks.json'],
  exits: { 0: 'the key is made', 1: 'it is not: the file exists already', 2: 'wrong usage' },
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { out: { type: 'string' } } });
    if (values.out === undefined) throw new UsageProblem('--out is missing: a file that is not there yet.');
    const { jwks, secret } = await createLocalKey(values.out);
    io.out(jwks);
    io.err(`The secret for software on this machine: ${secret}`);
    return 0;
  },
};
