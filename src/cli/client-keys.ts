import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { rotateClientKeys } from '../modules/access/index.ts';
import { besideServer } from './beside-server.ts';
import { explainClient } from './client-trouble.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'client keys',
  says:
    'Puts other public keys in the place of a client’s. To change keys without a pause: first a file with ' +
    'the old and the new one, then one with the new one alone.',
  usage: 'CLIENT --jwks FILE',
  examples: ['vigie client keys vigie-3q2nPq1xk0fJ8w7L --jwks keys.json'],
  exits: { 0: 'the keys are replaced', 1: 'they are not', 2: 'wrong usage' },
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { jwks: { type: 'string' } },
    });
    const [id] = positionals;
    if (id === undefined || positionals.length !== 1) throw new UsageProblem('Give the id of one client.');
    if (values.jwks === undefined) throw new UsageProblem('--jwks is missing: a file of public keys.');
    const jwks = await readFile(values.jwks, 'utf8');
    return explainClient(io, async () => {
      await besideServer(io, (tools) => rotateClientKeys(tools, id, jwks));
      io.out(`Client ${id} signs in with these keys from now on.`);
    });
  },
};
