import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { lintContract, readContract } from '../modules/claims/index.ts';
import { type Command, UsageProblem } from './command.ts';
import { tellProblems } from './tell-problems.ts';

export const command: Command = {
  name: 'guarantees lint',
  says:
    'Tries a contract on invented care, and says what a responsible contract must not do, what it leaves ' +
    'unpaid that it must pay, and which guarantees can never be reached.',
  usage: 'FILE',
  examples: ['vigie guarantees lint docs/operating/guarantees/aubepine.yaml'],
  exits: {
    0: 'nothing was found',
    1: 'something was found, or the file is not a contract',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageProblem('One file is given.');
    return tellProblems(io, async () => {
      const version = readContract(await readFile(file, 'utf8'));
      const findings = lintContract(version);
      for (const { name, says, correct } of findings) io.out(`${name}: ${says}.\n  To correct: ${correct}.`);
      if (findings.length === 0) io.out(`${version.contract.id}, from ${version.from}: nothing was found.`);
      return findings.length === 0 ? 0 : 1;
    });
  },
};
