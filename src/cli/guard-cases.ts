import { parseArgs } from 'node:util';
import { type ListedCase, listCases } from '../modules/guard/index.ts';
import { besideServer } from './beside-server.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'guard cases',
  says: 'Lists what the guard did about accounts, what is open and strongest first.',
  usage: '[--all] [--json]',
  examples: ['vigie guard cases', 'vigie guard cases --all --json'],
  exits: { 0: 'they are printed', 1: 'they are not', 2: 'wrong usage' },
  async run(args, io) {
    const options = {
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    const { cases: found, counts } = await besideServer(io, ({ db }) => listCases(db));
    const cases = values.all ? found : found.filter(({ state }) => state === 'open');
    if (values.json) {
      io.out(JSON.stringify(cases));
      return 0;
    }
    if (cases.length === 0) io.out(values.all ? 'There is no case.' : 'No case is open.');
    for (const one of cases) {
      const evidence = evidenceOf(one);
      const shadow = one.isShadow ? ', shadow' : '';
      const at = one.openedAt.toISOString().slice(0, 19);
      const about = `account ${one.account} (${one.profession})`;
      io.out(`case ${one.id}  ${at}Z  ${about}: ${one.standing}, ${evidence}, ${one.state}${shadow}`);
    }
    const all = counts.open + counts.watching + (values.all ? counts.ended : 0);
    if (all > cases.length) io.out(`${cases.length} of ${all} cases, the strictest and strongest first.`);
    return 0;
  },
};

/** Whose evidence led to it, or what else. */
function evidenceOf({ isHoney, bits, ledBy, sweep }: ListedCase): string {
  if (isHoney) return 'honey person';
  const says = {
    ...{ own: `${bits.toFixed(1)} bits`, group: `${bits.toFixed(1)} bits with its group` },
    'confirmed-member': `${bits.toFixed(1)} bits, lower bar`,
    ...{ sweep: `found by sweep ${sweep}`, person: 'confirmed in its campaign' },
  };
  return says[ledBy];
}
