import { parseArgs } from 'node:util';
import { type Client, listClients } from '../modules/access/index.ts';
import { besideServer } from './beside-server.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'client list',
  says: 'Lists the software that was registered: its account, its keys by name, whether it was revoked.',
  usage: '[--json]',
  examples: ['vigie client list'],
  exits: { 0: 'the list is printed', 1: 'it is not', 2: 'wrong usage' },
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
    });
    const clients = await besideServer(io, (tools) => listClients(tools));
    if (values.json) io.out(JSON.stringify(clients));
    else if (clients.length === 0) io.out('No software is registered: vigie client register --help');
    else for (const client of clients) io.out(lineOf(client));
    return 0;
  },
};

function lineOf({ id, number, organisation, account, name, kids, revokedAt }: Client): string {
  const whose = account === null ? `organisation ${organisation}` : `account ${account}`;
  const state = revokedAt === null ? `keys ${kids.join(', ')}` : `revoked ${revokedAt.toISOString()}`;
  return `${id}  n° ${number} in the ledger  ${whose}  ${name}  (${state})`;
}
