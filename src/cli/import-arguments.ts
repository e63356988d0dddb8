import { parseArgs } from 'node:util';
import { UsageProblem } from './command.ts';
import type { ImportAsked } from './import-file.ts';

/** The options that every import has. */
export const importUsage = 'FILE|- [--dry-run] [--json]';

/** What the exit codes of every import mean. */
export const importExits = {
  0: 'every line went in, or was there already',
  1: 'some lines were rejected, or the import could not be done; the output says which',
  2: 'wrong usage',
} as const;

/** Reads the arguments of an import; `flags` are the options that this one has besides. */
export function readImportArguments<const F extends string>(
  args: readonly string[],
  flags: readonly F[] = [],
): ImportAsked & { readonly flags: ReadonlySet<F> } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: Object.fromEntries(
      ['dry-run', 'json', ...flags].map((name) => [name, { type: 'boolean' as const, default: false }]),
    ),
  });
  const [path, ...others] = positionals;
  if (path === undefined || path === '' || others.length > 0) {
    throw new UsageProblem('Give the name of one file, or - for standard input.');
  }
  const set = new Set(flags.filter((name) => values[name] === true));
  return { path, dryRun: values['dry-run'] === true, json: values.json === true, flags: set };
}
