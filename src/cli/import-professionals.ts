import { type DirectoryOutcome, importProfessionals } from '../modules/access/index.ts';
import { directoryColumns, listProfessionals, type Skipped } from '../modules/rights/index.ts';
import type { Command } from './command.ts';
import { importExits, importUsage, readImportArguments } from './import-arguments.ts';
import { goodRows, type ImportEnd, importFile } from './import-file.ts';

export const command: Command = {
  name: 'import professionals',
  says: 'Opens accounts, without tokens, for the professionals of the national directory’s open extraction.',
  usage: `${importUsage} [--full] [--confirm-closures]`,
  examples: [
    'vigie import professionals PS_LibreAcces_Personne_activite.txt --dry-run',
    'vigie import professionals PS_LibreAcces_Personne_activite.txt --full',
  ],
  exits: importExits,
  run(args, io) {
    const asked = readImportArguments(args, ['full', 'confirm-closures']);
    const complete = asked.flags.has('full');
    const confirmed = asked.flags.has('confirm-closures');
    return importFile(
      io,
      { ...asked, complete },
      {
        kind: 'professionals',
        columns: directoryColumns,
        async run(file, tools) {
          const skipped = new Map<string, number>();
          const skip = (why: Skipped) => {
            const name = skipName(why);
            skipped.set(name, (skipped.get(name) ?? 0) + 1);
          };
          const lenient = tools.config.lenientIdentifiers;
          const listed = listProfessionals(goodRows(file, tools), { lenient, reject: tools.reject, skip });
          const outcome = await importProfessionals(tools, listed, { complete, confirmed });
          return endOf(outcome, skipped, complete);
        },
      },
    );
  },
};

const skipNames = {
  category: 'not civil (students, military)',
  adeli: 'known by an ADELI number only',
  'no-place': 'without a place of work',
} as const;

function skipName(why: Skipped): string {
  // A code of the nomenclature has two or three digits; anything else is somebody's typing.
  if (why.skipped !== 'profession') return skipNames[why.skipped];
  return `profession ${/^\d{2,3}$/.test(why.code) ? why.code : 'unknown'}`;
}

function endOf(
  outcome: DirectoryOutcome,
  skipped: ReadonlyMap<string, number>,
  complete: boolean,
): ImportEnd {
  const skips = [...skipped].sort(([, one], [, other]) => other - one);
  const { organisationsAdded, organisationsRenamed, listedAgain, missing, refused } = outcome;
  const remarks = [
    ...(skips.length === 0 ? [] : ['Lines left out, with nothing wrong in them:']),
    ...skips.map(([name, count]) => `  ${name}: ${count}`),
    `Organisations: ${organisationsAdded} added, ${organisationsRenamed} renamed.`,
    ...(listedAgain === 0
      ? []
      : [`${listedAgain} accounts are listed again: vigie account reinstate, then vigie account invite.`]),
    ...(missing === 0 || (complete && refused === null)
      ? []
      : [`${missing} accounts are not listed any more${complete ? '' : '; --full would close them'}.`]),
    ...(refused === null ? [] : [refusals[refused]]),
  ];
  return { remarks, isIncomplete: refused !== null };
}

const refusals = {
  'too-many': 'None was closed: they are more than 5 % of all. Is the file whole? Add --confirm-closures.',
  'bad-lines':
    'None was closed: the rejected lines may be about them. Mend the file, or add --confirm-closures.',
} as const;
