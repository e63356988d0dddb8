import { isPassing } from '../../platform/database/trouble.ts';
import { Failure } from '../../platform/errors.ts';

/**
 * What an error of the record means for its batch.
 * `passing`: the connection was lost or the database was busy; the same batch may be sent again.
 * `poisonous`: a value in it cannot be stored; the batch was rolled back and another cut of it may pass.
 * `lasting`: sending it again would end the same way.
 */
export type Trouble = 'passing' | 'poisonous' | 'lasting';

/** Classifies an error by its code alone. */
export function classifyTrouble(error: unknown): Trouble {
  const { code, routine } = (error ?? {}) as { code?: unknown; routine?: unknown };
  if (typeof code !== 'string') return 'lasting';
  if (isPassing(error)) return 'passing';
  // A missing partition is reported as a check violation of class 23; no cut of the batch would pass.
  if (routine === 'ExecFindPartition') return 'lasting';
  if (code.startsWith('22') || code.startsWith('23')) return 'poisonous';
  return 'lasting';
}

/** Waits for work on the ledger; what goes wrong is `ledger-unavailable`, its cause for the log alone. */
export async function madeDurable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Failure('ledger-unavailable', { privateCause: error });
  }
}
