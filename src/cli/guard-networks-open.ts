import { parseArgs } from 'node:util';
import { openBlocked } from '../modules/guard/index.ts';
import { Failure } from '../platform/errors.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'guard networks open',
  says: 'Opens a blocked network again, by the number of its block; every security officer is told.',
  usage: 'BLOCK --reason TEXT [--json]',
  examples: ['vigie guard networks open 3 --reason "A practice moved in there last week"'],
  exits: {
    0: 'it is open again, at once and on every server',
    1: 'it is not: no such block, or it has ended',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { reason: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const [block = ''] = positionals;
    const why = values.reason?.trim() ?? '';
    if (positionals.length !== 1 || !/^[1-9]\d{0,17}$/.test(block))
      throw new UsageProblem('Give the number of one block: “guard networks” lists them.');
    if (why === '') throw new UsageProblem('--reason is missing: who opens a network says why.');
    const done = await besideServer(io, (tools, { publicUrl, port }) =>
      openBlocked({ ...tools, site: publicUrl ?? `http://localhost:${port}` }, { block, by: 0, why }),
    ).catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    });
    if (done instanceof Failure) {
      const said = {
        'not-found': `There is no block ${block}.`,
        'already-reviewed': `Block ${block} has ended.`,
      };
      io.err(said[done.code as keyof typeof said] ?? done.detail ?? done.message);
      return 1;
    }
    const { network } = done;
    io.out(values.json ? JSON.stringify({ block, network }) : `Network ${network} is open again.`);
    return 0;
  },
};
