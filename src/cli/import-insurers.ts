import { importInsurers, insurerColumns } from '../modules/rights/index.ts';
import type { Command } from './command.ts';
import { importExits, importUsage, readImportArguments } from './import-arguments.ts';
import { goodRows, importFile } from './import-file.ts';

export const command: Command = {
  name: 'import insurers',
  says: 'Takes over a list of insurers: amcCode;name;conventionTypes. New ones get a key of their own.',
  usage: importUsage,
  examples: ['vigie import insurers insurers.csv', 'vigie import insurers insurers.csv --dry-run'],
  exits: importExits,
  run: (args, io) =>
    importFile(io, readImportArguments(args), {
      kind: 'insurers',
      columns: insurerColumns,
      async run(file, tools) {
        await importInsurers(tools, goodRows(file, tools));
        return { remarks: [] };
      },
    }),
};
