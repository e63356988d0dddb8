import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Act, euros, payFor, readCare, readContract, type Shares } from '../modules/claims/index.ts';
import { type Command, UsageProblem } from './command.ts';
import { tellProblems } from './tell-problems.ts';

export const command: Command = {
  name: 'guarantees explain',
  says:
    'Says who pays each act of an invented care under a contract and its options, to the cent, and why. ' +
    'No file of a real person belongs in it.',
  usage: 'CONTRACT [OPTION …] --care FILE [--language fr|en] [--json]',
  examples: [
    'cd docs/operating/guarantees && vigie guarantees explain aubepine.yaml --care care.yaml',
    'cd docs/operating/guarantees && vigie guarantees explain aubepine.yaml --care care.yaml --language fr',
  ],
  exits: { 0: 'every act is explained', 1: 'a file is wrong, or a figure is not known', 2: 'wrong usage' },
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        care: { type: 'string' },
        language: { type: 'string', default: 'en' },
        json: { type: 'boolean', default: false },
      },
    });
    const { care: file, language } = values;
    if (file === undefined || positionals.length === 0) {
      throw new UsageProblem('A contract and --care are given: two files.');
    }
    if (language !== 'fr' && language !== 'en') throw new UsageProblem('--language is fr or en.');
    return tellProblems(io, async () => {
      const versions = await Promise.all(
        positionals.map(async (path) => readContract(await readFile(path, 'utf8'))),
      );
      const { since, ...care } = readCare(await readFile(file, 'utf8'));
      const { shares } = payFor({
        ...care,
        contracts: versions.map(({ contract }) => ({ ...contract, since })),
        used: new Map(),
        keptBefore: { participation: new Map(), franchise: new Map() },
      });
      const early = versions.filter(({ from }) => care.acts.some(({ day }) => day < from));
      for (const { contract, from } of early)
        io.err(`${contract.id} holds from ${from}: care before it is tried all the same.`);
      io.out(
        values.json
          ? JSON.stringify(shares)
          : shares.map((one, place) => explained(care.acts[place], one, language)).join('\n\n'),
      );
      return 0;
    });
  },
};

function explained(act: Act | undefined, { why }: Shares, language: 'fr' | 'en'): string {
  const title = act === undefined ? '' : `${act.code}, ${act.day}, ${euros(act.price, language)}`;
  return [title, ...why.map((step) => `  ${step.rule.padEnd(14)} ${step[language]}`)].join('\n');
}
