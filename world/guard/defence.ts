import type { FollowedEntry } from '../../src/modules/guard/index.ts';

/** What keeps watch over accounts: it sees each entry, and may ask for a step, 0 (nothing) to 3 (suspend). */
export type Defence = {
  readonly see: (entry: FollowedEntry) => number;
  /** Steps that the entry seen last asks for others: accounts in the same hand. */
  readonly others?: () => Iterable<readonly [account: number, asked: number]>;
};
