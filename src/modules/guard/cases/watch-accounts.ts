import type { Database } from '../../../platform/database/connect.ts';
import { AccountState, numberAt, numberOf } from '../fold/account-state.ts';
import * as store from './store.ts';

/** What the guard did about an account: to which standing, after which entries it holds. */
export type WatchedStep = {
  readonly what: store.StepRow['what'];
  /** A place in the list of standings. */
  readonly to: number;
  readonly at: Date;
  /** The evidence that led to it; null when none did. */
  readonly bits: number | null;
  /** The entry of the ledger that it wrote; null when it changed nothing there. */
  readonly entry: bigint | null;
  readonly caseFile: string;
  readonly isShadow: boolean;
};

/**
 * An account as the guard has it: its evidence in bits as of the last snapshot or point of an open case,
 * and its steps.
 */
export type WatchedAccount = { readonly bits: number; readonly steps: readonly WatchedStep[] };

/** Accounts by their numbers, with the steps since an instant. */
export async function watchAccounts(
  db: Database,
  asked: { readonly accounts: readonly number[]; readonly since: Date },
): Promise<ReadonlyMap<number, WatchedAccount>> {
  const { accounts } = asked;
  const [states, points, steps] = await Promise.all([
    store.listStates(db, accounts),
    store.listNewestPoints(db, accounts),
    store.listStepsSince(db, asked),
  ]);
  const snapshots = new Map(states.map(({ account, state }) => [account, lastSeen(state)]));
  const newest = new Map(points.map(({ account, ...point }) => [account, point]));
  return new Map(
    accounts.map((account) => {
      const own = steps.filter((step) => step.account === account).map(watchedStep);
      return [account, { bits: newer(snapshots.get(account), newest.get(account)), steps: own }];
    }),
  );
}

type At = { readonly at: Date; readonly bits: number };

/** A snapshot is of seconds ago, or a minute; a case is written at its steps and while it goes on. */
function newer(snapshot: At | undefined, point: At | undefined): number {
  if (snapshot === undefined || point === undefined) return (snapshot ?? point)?.bits ?? 0;
  return point.at >= snapshot.at ? point.bits : snapshot.bits;
}

/** The evidence of a snapshot, after the account's last lookup. */
function lastSeen(bytes: Uint8Array): At {
  const state = new AccountState();
  state.restore(bytes);
  const at = new Date(Math.floor(numberOf(state, numberAt.lastLookupAt) / 1000));
  return { at, bits: numberOf(state, numberAt.bits) };
}

function watchedStep(row: store.AccountStepRow): WatchedStep {
  const { what, to, at, bits, entrySeq, caseFile, isShadow } = row;
  return { what, to, at, bits, caseFile, isShadow, entry: entrySeq === null ? null : BigInt(entrySeq) };
}
