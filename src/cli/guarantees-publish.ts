import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { lintContract, publishPlan, readContract } from '../modules/claims/index.ts';
import { findInsurer } from '../modules/rights/index.ts';
import { besideServer } from './beside-server.ts';
import { type Command, type Io, UsageProblem } from './command.ts';
import { tellProblems } from './tell-problems.ts';

export const command: Command = {
  name: 'guarantees publish',
  says:
    'Publishes plans of one insurer, from the day in each document on: people whose contracts name a plan ' +
    'are paid by it. What the linter finds stops it, unless --anyway says that it is meant.',
  usage: 'FILE… --insurer AMC [--anyway]',
  examples: ['vigie guarantees publish docs/operating/guarantees/aubepine.yaml --insurer 99500011'],
  exits: {
    0: 'every plan is published',
    1: 'nothing is published: a file is no contract, the linter found something, or the insurer is unknown',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { values, positionals: files } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { insurer: { type: 'string' }, anyway: { type: 'boolean', default: false } },
    });
    const { insurer: amcCode, anyway } = values;
    if (files.length === 0 || amcCode === undefined)
      throw new UsageProblem('A file and --insurer are given.');
    return tellProblems(io, async () => {
      const documents = await Promise.all(files.map((file) => readFile(file, 'utf8')));
      const found = documents
        .map((document) => tellFindings(io, document))
        .reduce((sum, some) => sum + some, 0);
      if (found > 0 && !anyway) return 1;
      return publishAll(io, amcCode, documents);
    });
  },
};

/** Says what the linter finds in one document; how much. */
function tellFindings(io: Io, document: string): number {
  const version = readContract(document);
  const findings = lintContract(version);
  for (const { name, says } of findings) io.err(`${version.contract.id}: ${name}: ${says}.`);
  return findings.length;
}

/** All of them were read already: none stops half-way. */
function publishAll(io: Io, amcCode: string, documents: readonly string[]): Promise<number> {
  return besideServer(io, async ({ db }) => {
    const insurer = await findInsurer(db, amcCode);
    if (insurer === undefined) throw new Error(`No insurer has the number ${amcCode}.`);
    for (const document of documents) {
      const { name, from } = await publishPlan(db, { insurer: insurer.id, document, by: 0 });
      io.out(`${insurer.name}: “${name}” holds for care from ${from} on.`);
    }
    return 0;
  });
}
