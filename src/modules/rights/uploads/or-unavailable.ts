import { Failure } from '../../../platform/errors.ts';

/** A database that cannot be asked now is 503 to whoever waits for the answer. */
export function orUnavailable<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw new Failure('unavailable', { privateCause: error });
  });
}
