import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { registerClient } from '../modules/access/index.ts';
import { besideServer } from './beside-server.ts';
import { explainClient } from './client-trouble.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'client register',
  says:
    'Registers software with its public keys (a JWKS of P-256 or Ed25519) and prints its id, which is no ' +
    'secret: for one service account, or for those accounts of one organisation that consent in a browser.',
  usage: '(--account N | --organisation-number N --redirect ADDRESS…) --jwks FILE --name NAME [--json]',
  examples: [
    'vigie client register --account 19 --jwks keys.json --name "Logiciel du cabinet Port-Louis"',
    'vigie client register --organisation-number 12 --redirect http://127.0.0.1/callback --jwks keys.json ' +
      '--name "Logiciel du poste 2"',
  ],
  exits: { 0: 'the client is registered', 1: 'it is not', 2: 'wrong usage' },
  async run(args, io) {
    const { whom, file, name, json } = readArguments(args);
    const jwks = await readFile(file, 'utf8');
    return explainClient(io, async () => {
      const id = await besideServer(io, (tools) => registerClient(tools, { name, jwks, for: whom }));
      const acts =
        'account' in whom
          ? `signs in as account ${whom.account}`
          : `acts for accounts of organisation ${whom.organisation} that consent`;
      io.out(json ? JSON.stringify({ client: id, ...whom }) : `Client ${id} ${acts}.`);
    });
  },
};

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      account: { type: 'string' },
      'organisation-number': { type: 'string' },
      redirect: { type: 'string', multiple: true },
      jwks: { type: 'string' },
      name: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { account, jwks: file, name = '', json, redirect: redirects = [] } = values;
  const organisation = values['organisation-number'];
  if ((account === undefined) === (organisation === undefined)) {
    throw new UsageProblem('Give either --account or --organisation-number.');
  }
  if ((organisation === undefined) !== (redirects.length === 0)) {
    throw new UsageProblem('--redirect goes with --organisation-number: where the software hears its codes.');
  }
  if (!/^[1-9]\d{0,8}$/.test(account ?? organisation ?? '')) {
    throw new UsageProblem('--account and --organisation-number are numbers.');
  }
  if (file === undefined) throw new UsageProblem('--jwks is missing: a file of public keys.');
  if (name.trim() === '') throw new UsageProblem('--name is missing.');
  const whom =
    account === undefined ? { organisation: Number(organisation), redirects } : { account: Number(account) };
  return { whom, file, name, json };
}
