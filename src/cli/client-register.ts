import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { registerClient } from '../modules/access/index.ts';
import { besideServer } from './beside-server.ts';
import { explainClient } from './client-trouble.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'client register',
  says:
    'Registers the software of one service account with its public keys (a JWKS of P-256 or Ed25519), and ' +
    'prints its id, which is no secret. Its private keys stay with it.',
  usage: '--account N --jwks FILE --name NAME [--json]',
  examples: ['vigie client register --account 19 --jwks keys.json --name "Logiciel du cabinet Port-Louis"'],
  exits: { 0: 'the client is registered', 1: 'it is not', 2: 'wrong usage' },
  async run(args, io) {
    const { account, file, name, json } = readArguments(args);
    const jwks = await readFile(file, 'utf8');
    return explainClient(io, async () => {
      const id = await besideServer(io, (tools) => registerClient(tools, { name, jwks, for: { account } }));
      io.out(json ? JSON.stringify({ client: id, account }) : `Client ${id} signs in as account ${account}.`);
    });
  },
};

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      account: { type: 'string' },
      jwks: { type: 'string' },
      name: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { account = '', jwks: file, name = '', json } = values;
  if (!/^[1-9]\d{0,8}$/.test(account)) throw new UsageProblem('--account must be the number of an account.');
  if (file === undefined) throw new UsageProblem('--jwks is missing: a file of public keys.');
  if (name.trim() === '') throw new UsageProblem('--name is missing.');
  return { account: Number(account), file, name, json };
}
