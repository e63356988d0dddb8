import { parseArgs } from 'node:util';
import { readKeyStatus } from '../modules/vault/index.ts';
import { besideServer } from './beside-server.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'keys status',
  says: 'Shows which keys there are, which servers work with them, and which rotation waits to go on.',
  usage: '[--json]',
  examples: ['vigie keys status'],
  exits: {
    0: 'all is in order',
    1: 'a rotation waits to go on, a server is behind, or the keys cannot be opened',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const status = await besideServer(io, ({ db }) => readKeyStatus(db));
    const { servers, unfinished } = status;
    const exit = unfinished.length > 0 || servers.behind > 0 ? 1 : 0;
    if (values.json) {
      const rotations = unfinished.map(({ kind, from, to, stage, done }) => ({
        kind,
        from,
        to,
        stage,
        done,
      }));
      io.out(JSON.stringify({ ...status, version: Number(status.version), unfinished: rotations }));
      return exit;
    }
    io.out(`master key ${status.master}`);
    for (const { purpose, generation, state, derived } of status.keys) {
      const origin = derived ? ', made from the first master key' : '';
      io.out(`  ${purpose.padEnd(12)} generation ${generation}, ${state}${origin}`);
    }
    const behind = servers.behind === 0 ? '' : `, of which ${servers.behind} have not read the newest keys`;
    io.out(`servers seen in the last seconds: ${servers.live}${behind}`);
    for (const { kind, stage, done } of unfinished) {
      io.out(`a rotation waits to go on (${stage}, ${done} done): run vigie keys rotate ${kind}`);
    }
    return exit;
  },
};
