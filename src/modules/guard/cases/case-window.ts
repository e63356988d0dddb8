import type { Database } from '../../../platform/database/connect.ts';
import { countLanes, type LookedBack } from '../../ledger/index.ts';
import type { CaseRow } from './store.ts';

const dayMs = 86_400_000;

/** What of the ledger a case looks back on: its account, from the day before its first step to its end. */
export async function windowOf(
  db: Database,
  { account, openedAt, closedAt }: Pick<CaseRow, 'account' | 'openedAt' | 'closedAt'>,
): Promise<LookedBack> {
  const lane = account % (await countLanes(db));
  const from = new Date(openedAt.getTime() - dayMs);
  return { lane, account, from, to: closedAt ?? new Date(openedAt.getTime() + 365 * dayMs) };
}

/** The days before a case that say what is usual for its account. */
export function usualDaysBefore(window: LookedBack): LookedBack {
  return { ...window, from: new Date(window.from.getTime() - 30 * dayMs), to: window.from };
}
