import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type BackedUp, backUp } from '../backup/back-up.ts';
import { withOwnerUrl } from '../backup/find-database.ts';
import { readConfig } from '../platform/config.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'backup',
  says: 'Writes the whole database to a new file while servers work, and tries to restore it. Never any key.',
  usage: 'FILE [--no-verify] [--json]',
  examples: [
    'vigie backup /var/backups/vigie/monday.vigie',
    'vigie backup /mnt/nas/vigie-2026-11-23.vigie --json',
  ],
  exits: {
    0: 'FILE is there, and was restored into a database of its own (not with --no-verify)',
    1: 'there is no FILE: the message says why and what to do',
  },
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'no-verify': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1)
      throw new UsageProblem('Give the name of one new file.');
    const config = readConfig(io.env);
    const say = values.json ? () => {} : io.out;
    const done = await withOwnerUrl(config, 'read', {
      say,
      work: (ownerUrl) => backUp(ownerUrl, resolve(file), { isTried: !values['no-verify'], say }),
    });
    io.out(values.json ? JSON.stringify({ ...done, rows: String(done.rows) }) : describe(done));
    return 0;
  },
};

function describe({ file, bytes, tables, rows, lanes, isTried }: BackedUp): string {
  const ends = lanes.map(({ lane, entries }) => {
    return entries === '0' ? `lane ${lane} is empty` : `lane ${lane} to entry ${BigInt(entries) - 1n}`;
  });
  return [
    `${file}: ${tables} tables, ${rows} rows, ${(bytes / 1_000_000).toFixed(1)} MB.`,
    `The ledger: ${ends.join(', ') || 'no lanes'}.`,
    isTried
      ? 'It was restored and compared: every table is the same.'
      : 'It was not tried (--no-verify): try it with vigie restore FILE --scratch.',
    'It holds no key: keep the keys folder elsewhere, never beside this file.',
  ].join('\n');
}
