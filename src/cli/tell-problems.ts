import { DocumentProblem, NoRule } from '../modules/claims/index.ts';
import type { Io } from './command.ts';

/** Runs what reads a document; says everything that is wrong with it, with 1, and throws the rest. */
export async function tellProblems(io: Io, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DocumentProblem) {
      io.err(error.problems.map(({ where, says }) => `${where}: ${says}`).join('\n'));
      return 1;
    }
    if (!(error instanceof NoRule) && !isMissing(error)) throw error;
    io.err(error.message);
    return 1;
  }
}

function isMissing(error: unknown): error is Error {
  return (
    error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'EACCES'].includes(`${error.code}`)
  );
}
