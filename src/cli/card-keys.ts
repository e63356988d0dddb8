import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { cardKeysPath } from '../modules/rights/index.ts';
import { readConfig } from '../platform/config.ts';
import { fetchCardKeys } from './card-key-set.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'card keys',
  says: 'Saves the public keys of cards, with their date: they verify cards when the service is away.',
  usage: '--out FILE',
  examples: ['vigie card keys --out card-keys.json'],
  exits: { 0: 'the keys are saved', 1: 'no server gives them', 2: 'wrong usage' },
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { out: { type: 'string' } } });
    if (values.out === undefined) throw new UsageProblem('--out is needed: the file that keeps the keys.');
    const from = readConfig(io.env).url + cardKeysPath;
    const set = await fetchCardKeys(from);
    const saved = { from, fetchedAt: new Date().toISOString(), ...set };
    await writeFile(values.out, `${JSON.stringify(saved, null, 2)}\n`);
    const keys = set.keys.length;
    io.out(`${keys} ${keys === 1 ? 'key' : 'keys'} of ${from}, saved in ${values.out}.`);
    return 0;
  },
};
