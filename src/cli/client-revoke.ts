import { parseArgs } from 'node:util';
import { revokeClient } from '../modules/access/index.ts';
import { besideServer } from './beside-server.ts';
import { explainClient } from './client-trouble.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'client revoke',
  says: 'Revokes software for good: none of its tokens holds for a further request, on any server.',
  usage: 'CLIENT',
  examples: ['vigie client revoke vigie-3q2nPq1xk0fJ8w7L'],
  exits: { 0: 'the client is revoked', 1: 'there is no such client', 2: 'wrong usage' },
  async run(args, io) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    const [id] = positionals;
    if (id === undefined || positionals.length !== 1) throw new UsageProblem('Give the id of one client.');
    return explainClient(io, async () => {
      await besideServer(io, (tools) => revokeClient(tools, id));
      io.out(`Client ${id} is revoked.`);
    });
  },
};
