import type { ListedProfessional } from '../../access/index.ts';
import { allowanceFigures } from '../figures.ts';
import { findProfession } from '../professions.ts';
import { type DirectoryRule, narrower } from './directory.ts';
import { type DirectoryProblem, type DirectoryRow, readDirectoryRow, type Skipped } from './directory-row.ts';

/** A row of a file: its line, and its values in the order of `directoryColumns`. */
export type FileRow = { readonly line: number; readonly values: readonly (string | undefined)[] };

/** What hears of the rows that give no account. */
export type DirectoryListener = {
  readonly lenient: boolean;
  reject(row: { line: number; column: string | null; value: string; reason: string }): void;
  skip(why: Skipped): void;
};

type Group = { -readonly [K in keyof DirectoryRow]: DirectoryRow[K] } & { line: number };

/**
 * The professionals of a directory's rows, each once at each of their places. Rows of one professional stand
 * together in the directory: those at the end of a batch wait for the next one.
 */
export async function* listProfessionals(
  batches: AsyncIterable<readonly FileRow[]>,
  listener: DirectoryListener,
): AsyncGenerator<readonly ListedProfessional[]> {
  let groups = new Map<string, Group>();
  for await (const batch of batches) {
    let last = '';
    for (const { line, values } of batch) {
      const row = readDirectoryRow(values, listener);
      if ('skipped' in row) listener.skip(row);
      else if ('problem' in row) listener.reject(rejectionOf(line, row));
      else {
        gather(groups, row, line);
        last = row.rpps;
      }
    }
    const waiting = new Map([...groups].filter(([, { rpps }]) => rpps === last));
    const ready = [...groups.values()].filter(({ rpps }) => rpps !== last);
    groups = waiting;
    if (ready.length > 0) yield ready.map(listed);
  }
  if (groups.size > 0) yield [...groups.values()].map(listed);
}

function gather(groups: Map<string, Group>, row: DirectoryRow, line: number): void {
  const name = `${row.rpps}|${row.place.key}`;
  const known = groups.get(name);
  if (known === undefined) groups.set(name, { ...row, line });
  else known.rule = narrower(known.rule, row.rule);
}

function rejectionOf(line: number, { problem, column, value }: DirectoryProblem) {
  return { line, column, value, reason: problem };
}

function listed({ line, rpps, name, place, rule }: Group): ListedProfessional {
  const { code, figures } = professionOf(rule);
  return { line, rpps, name, place, profession: code, professionCode: rule.profession, figures };
}

const opened = new Map<DirectoryRule, { code: string; figures: ReturnType<typeof allowanceFigures> }>();

function professionOf(rule: DirectoryRule) {
  const known = opened.get(rule);
  if (known !== undefined) return known;
  const profession = rule.ours === null ? undefined : findProfession(rule.ours);
  if (profession === undefined) throw new Error('a rule without a profession lists nobody');
  const found = { code: profession.code, figures: allowanceFigures(profession.figures) };
  opened.set(rule, found);
  return found;
}
