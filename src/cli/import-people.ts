import {
  findInsurer,
  importPeople,
  peopleColumns,
  peopleColumnsBesides,
  readListedPeople,
} from '../modules/rights/index.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { assert } from '../platform/errors.ts';
import { type Command, UsageProblem } from './command.ts';
import { importExits, importUsage, readImportArguments } from './import-arguments.ts';
import { importFile } from './import-file.ts';

export const command: Command = {
  name: 'import people',
  says: 'Takes over what one insurer says of people: one line a person, contract and care domain.',
  usage: `--insurer AMC [--full [--confirm-closures]] ${importUsage}`,
  examples: [
    'vigie import people people-0099500029.csv --insurer 0099500029',
    'vigie import people - --insurer 0099500029 --dry-run < people.csv',
    'vigie import people people-0099500029.csv.gz --insurer 0099500029 --full',
  ],
  exits: importExits,
  run(args, io) {
    const { insurer: amcCode, rest } = takeInsurer(args);
    const asked = readImportArguments(rest, ['full', 'confirm-closures']);
    const complete = asked.flags.has('full');
    const confirmClosures = asked.flags.has('confirm-closures');
    if (confirmClosures && !complete)
      throw new UsageProblem('--confirm-closures only says something of --full.');
    return importFile(
      io,
      { ...asked, complete },
      {
        kind: 'people',
        columns: { required: peopleColumns, optional: peopleColumnsBesides },
        insurer: async ({ db }) => {
          const known = await findInsurer(db, amcCode);
          if (known !== undefined) return known;
          throw new Error(`No insurer has the AMC number ${amcCode}. \`vigie import insurers\` adds one.`);
        },
        run(file, tools) {
          const { insurer, number, counts, dryRun, check, config, rejectBad } = tools;
          assert(insurer !== undefined, 'a file of people is an insurer’s');
          const lenient = config.lenientIdentifiers && config.environment !== 'production';
          const rules = { today: parisDay(systemClock.now()), lenient, amcCode: insurer.amcCode };
          const onLines = (lines: number) => {
            counts.lines += lines;
          };
          const people = readListedPeople(file, rules, { reject: rejectBad, onLines });
          const options = { insurer, number, complete, confirmClosures, dryRun, counts, check };
          return importPeople({ ...tools, clock: systemClock }, people, options);
        },
      },
    );
  },
};

function takeInsurer(args: readonly string[]): { insurer: string; rest: readonly string[] } {
  const at = args.findIndex((word) => word === '--insurer' || word.startsWith('--insurer='));
  const word = args[at];
  const insurer = word === '--insurer' ? args[at + 1] : word?.slice('--insurer='.length);
  if (insurer === undefined || insurer === '' || insurer.startsWith('-')) {
    throw new UsageProblem('--insurer is missing: the AMC number of the insurer whose file it is.');
  }
  return {
    insurer,
    rest: args.filter((_, place) => place !== at && (word !== '--insurer' || place !== at + 1)),
  };
}
