import { parseArgs } from 'node:util';
import { type SandboxPerson, sandboxPeople } from '../../world/sandbox/people.ts';
import { sandboxInsurer } from '../../world/sandbox/plans.ts';
import { writeNir } from '../modules/rights/index.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'sandbox people',
  says:
    'Lists the invented people that every demo has for software to quote and claim for: how each is found, ' +
    'and what becomes of their claims.',
  usage: '[--json]',
  examples: ['vigie sandbox people', 'vigie sandbox people --json'],
  exits: { 0: 'they are listed', 2: 'wrong usage' },
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
    });
    if (values.json) io.out(JSON.stringify(sandboxPeople, null, 2));
    else io.out([headLine(), '', ...sandboxPeople.map(lineOf)].join('\n'));
    return 0;
  },
};

function headLine(): string {
  const { name, amcCode } = sandboxInsurer;
  const mark = '* is decided whatever a claim says; one that corrects it (replaces) is judged by the rules.';
  return `Insured by ${name} (AMC ${amcCode}).\n${mark}`;
}

const widest = Math.max(...sandboxPeople.map(({ does }) => does.length));

function lineOf({ nir, birthDate, name, does, by, says }: SandboxPerson): string {
  const mark = by === 'scenario' ? '*' : ' ';
  const who = `${writeNir(nir.slice(0, 13))}  ${birthDate}  ${name.padEnd(9)}`;
  return `${who}  ${does.padEnd(widest)} ${mark} ${says.en}.`;
}
