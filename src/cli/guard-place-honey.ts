import { parseArgs } from 'node:util';
import {
  chooseHoney,
  honeyMost,
  NumberList,
  parseNir,
  peopleColumns,
  peopleColumnsBesides,
  peoplePlace,
  placeHoney,
  walkMost,
} from '../modules/rights/index.ts';
import { refreshKeys } from '../modules/vault/index.ts';
import { isBadRow, openRows } from '../platform/files/index.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';
import { aloneWithKeys } from './hold-keys.ts';

const columns = { required: peopleColumns, optional: peopleColumnsBesides };

export const command: Command = {
  name: 'guard place-honey',
  says: 'Puts numbers of nobody beside those of people files, where only a walk through numbers meets them.',
  usage: 'FILE... [--most N] [--wait]',
  examples: [
    'vigie guard place-honey people-0099500029.csv people-0099500037.csv.gz',
    'vigie guard place-honey people-*.csv --most 20000 --wait',
  ],
  exits: {
    0: 'those that were there before are gone, the new ones are placed; servers know them within a minute',
    1: 'it could not be done: nothing was changed',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { most: { type: 'string' }, wait: { type: 'boolean', default: false } },
    });
    if (positionals.length === 0)
      throw new UsageProblem(
        'Name the people files of every insurer: a number in none is taken for nobody’s.',
      );
    const most = readMost(values.most);
    const numbers = new NumberList();
    for (const path of positionals) await addNumbers(numbers, path);
    const places = chooseHoney(numbers.sorted(), { most });
    await besideServer(io, ({ db, keys }) =>
      aloneWithKeys(io, { db, wait: values.wait }, async () => {
        await refreshKeys(db, keys);
        await placeHoney({ db, keys }, places.numbers);
      }),
    );
    const { guarded, people } = places;
    io.out(`Placed ${places.numbers.length} honey persons; those of before are gone.`);
    io.out(`${guarded} of ${people} numbers have one within ${walkMost} above them.`);
    io.out('Place them again after `vigie keys rotate index`, and after large imports.');
    return 0;
  },
};

async function addNumbers(numbers: NumberList, path: string): Promise<void> {
  const file = await openRows(path, columns);
  let before = '';
  for await (const rows of file.batches()) {
    for (const row of rows) {
      const text = isBadRow(row) ? '' : (row.values[peoplePlace.nir] ?? '');
      // One line a person, contract and domain.
      if (text === '' || text === before) continue;
      before = text;
      const read = parseNir(text, { lenient: true });
      if (!('problem' in read)) numbers.add(read.nir13);
    }
  }
}

function readMost(text: string | undefined): number {
  const most = text === undefined ? honeyMost : Number(text);
  if (!Number.isInteger(most) || most < 0 || most > honeyMost)
    throw new UsageProblem(`--most is a number up to ${honeyMost}.`);
  return most;
}
