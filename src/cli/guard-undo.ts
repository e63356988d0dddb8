import { parseArgs } from 'node:util';
import { undoCase } from '../modules/guard/index.ts';
import { Failure } from '../platform/errors.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'guard undo',
  says: 'Undoes what the guard did in a case: the account is open again; it counts as a false alarm.',
  usage: 'CASE --reason TEXT [--json]',
  examples: ['vigie guard undo 12 --reason "The holder told us by telephone: a vaccination day"'],
  exits: {
    0: 'it is undone',
    1: 'it is not: no such case, it has ended, or somebody decided since',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { reason: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const [caseFile = ''] = positionals;
    const why = values.reason?.trim() ?? '';
    if (positionals.length !== 1 || !/^[1-9]\d{0,17}$/.test(caseFile)) {
      throw new UsageProblem('Give the number of one case.');
    }
    if (why === '') throw new UsageProblem('--reason is missing: a decision about an account has a reason.');
    const done = await besideServer(io, (tools, { publicUrl, port }) =>
      undoCase({ ...tools, site: publicUrl ?? `http://localhost:${port}` }, { caseFile, by: 0, why }),
    ).catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    });
    if (done instanceof Failure) {
      const said = {
        'not-found': `There is no case ${caseFile}.`,
        'already-reviewed': `Case ${caseFile} has ended.`,
      };
      io.err(said[done.code as keyof typeof said] ?? done.detail ?? done.message);
      return 1;
    }
    const { account, isChanged } = done;
    const changed = isChanged
      ? `account ${account} is open again`
      : `account ${account} was not contained by it`;
    io.out(
      values.json ? JSON.stringify({ case: caseFile, ...done }) : `Case ${caseFile} is undone: ${changed}.`,
    );
    return 0;
  },
};
