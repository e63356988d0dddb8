import { Failure } from '../platform/errors.ts';
import type { Io } from './command.ts';

/** Does something about a client; trouble is printed, and the exit code says whether it was done. */
export async function explainClient(io: Io, work: () => Promise<void>): Promise<number> {
  try {
    await work();
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const fields = error.fields?.map(({ field, says }) => `${field}: ${says}.`) ?? [];
    io.err([error.detail ?? error.message, ...fields].join('\n'));
    return 1;
  }
}
