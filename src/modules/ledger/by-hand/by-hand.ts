import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { madeDurable } from '../trouble.ts';
import { type BreakGlassEntry, findFollowed, type Place, readBreakGlass, takeBackByHand } from './store.ts';

/** What was explained by hand or drawn by break-glass, for whoever reviews it. */
export type ByHand = {
  /** Break-glass entries besides these, the oldest first, 200 at most. */
  readBreakGlass(besides: readonly Place[]): Promise<BreakGlassEntry[]>;
  /** Those of these explanations by hand that a claim followed, as `lane/seq`. */
  findFollowed(entries: readonly Place[]): Promise<ReadonlySet<string>>;
  /** Charges the person again, in the caller's transaction: it stands or falls with what is written there. */
  takeBackByHand(
    tx: Transaction,
    change: { readonly account: number; readonly entry: Place; readonly by: number },
  ): Promise<{ readonly entry: Place; readonly isCharged: boolean }>;
};

/** The ledger's side of reviews. */
export function byHand(db: Database, is: { readonly now: () => bigint }): ByHand {
  return {
    readBreakGlass: (besides) => madeDurable(readBreakGlass(db, besides)),
    findFollowed: async (entries) => new Set(await madeDurable(findFollowed(db, entries))),
    takeBackByHand: (tx, change) => madeDurable(takeBackByHand(tx, { ...change, serverAt: is.now() })),
  };
}
