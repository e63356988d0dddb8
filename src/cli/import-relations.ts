import { importRelations, relationColumns } from '../modules/rights/index.ts';
import type { Command } from './command.ts';
import { importExits, importUsage, readImportArguments } from './import-arguments.ts';
import { goodRows, importFile } from './import-file.ts';

export const command: Command = {
  name: 'import relations',
  says: 'Seeds the people whom accounts already serve: account (or rpps;finess);nir;birthDate;birthRank.',
  usage: importUsage,
  examples: ['vigie import relations relations.csv', 'zcat relations.csv.gz | vigie import relations -'],
  exits: importExits,
  run: (args, io) =>
    importFile(io, readImportArguments(args), {
      kind: 'relations',
      columns: relationColumns,
      async run(file, tools) {
        const lenient = tools.config.lenientIdentifiers;
        await importRelations({ ...tools, lenient }, goodRows(file, tools));
        return { remarks: [] };
      },
    }),
};
