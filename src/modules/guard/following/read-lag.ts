import type { Database } from '../../../platform/database/connect.ts';
import { measureAfter } from '../../ledger/index.ts';
import { readNews } from './store.ts';

/** How far the guard is behind the ledger and what it cannot do, as it said a second ago. */
export type GuardLag = {
  /** Entries that it has not folded. */
  readonly behind: number;
  /** How old the oldest of these is; 0 when there is none. */
  readonly behindSeconds: number;
  /** Since when nothing was heard of it; null when it never worked here. */
  readonly quietSeconds: number | null;
  /** Accounts on which it cannot act yet: it tries again. */
  readonly waiting: number;
  /** Entries of which a detector was left out because it threw, since it began. */
  readonly thrown: number;
  /** Lanes in which claims were heard of, and are not any more. */
  readonly lanesWithoutClaims: number;
};

/** Measures it. */
export async function readLag(db: Database): Promise<GuardLag> {
  const news = await readNews(db);
  const places = news.map(({ lane, folded }) => ({ lane, seq: folded }));
  const { entries, oldestSeconds } = await measureAfter(db, places);
  const sum = (of: (each: (typeof news)[number]) => number) => news.reduce((all, each) => all + of(each), 0);
  return {
    behind: entries,
    behindSeconds: oldestSeconds,
    quietSeconds: news.length === 0 ? null : Math.max(...news.map((each) => each.quietSeconds)),
    waiting: sum(({ waiting }) => waiting),
    thrown: sum(({ thrown }) => thrown),
    lanesWithoutClaims: sum(({ claimsFellSilent }) => (claimsFellSilent ? 1 : 0)),
  };
}
