/** An entry as the guard folds it: the ledger says its shape, because the ledger reads it. */
export type { FollowedEntry } from '../../ledger/index.ts';
