import { exportCase } from '../modules/guard/index.ts';
import { Failure } from '../platform/errors.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'guard export',
  says: 'Prints what fired in a case as rules of Sigma (YAML), with what they can and cannot say.',
  usage: 'CASE',
  examples: ['vigie guard export 12 > case-12.yml'],
  exits: { 0: 'it is printed', 1: 'there is no such case', 2: 'wrong usage' },
  async run(args, io) {
    const [caseFile = '', ...others] = args;
    if (others.length > 0 || !/^[1-9]\d{0,17}$/.test(caseFile)) {
      throw new UsageProblem('Give the number of one case.');
    }
    const text = await besideServer(io, (tools) => exportCase(tools, caseFile)).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'not-found') return undefined;
      throw error;
    });
    if (text === undefined) {
      io.err(`There is no case ${caseFile}.`);
      return 1;
    }
    io.out(text.trimEnd());
    return 0;
  },
};
