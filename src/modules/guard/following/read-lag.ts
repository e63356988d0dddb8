import type { Database } from '../../../platform/database/connect.ts';
import { measureAfter } from '../../ledger/index.ts';
import { readNews } from './store.ts';

/** How far the guard is behind the ledger and on what it cannot act, as it said a second ago. */
export type GuardLag = {
  /** Entries that it has not folded. */
  readonly behind: number;
  /** How old the oldest of these is; 0 when there is none. */
  readonly behindSeconds: number;
  /** Since when nothing was heard of it; null when it never worked here. */
  readonly quietSeconds: number | null;
  /** Accounts on which it cannot act yet: it tries again. */
  readonly waiting: number;
};

/** Measures it. */
export async function readLag(db: Database): Promise<GuardLag> {
  const news = await readNews(db);
  const places = news.map(({ lane, folded }) => ({ lane, seq: folded }));
  const { entries, oldestSeconds } = await measureAfter(db, places);
  return {
    behind: entries,
    behindSeconds: oldestSeconds,
    quietSeconds: news.length === 0 ? null : Math.max(...news.map((each) => each.quietSeconds)),
    waiting: news.reduce((sum, { waiting }) => sum + waiting, 0),
  };
}
