import type { Transaction } from '../../../platform/database/binary-copy.ts';
import { type Standing, standingAt, standingReasons, standings } from '../codes.ts';
import { madeDurable } from '../trouble.ts';
import { noteNetwork, raiseStanding, takeBackStanding } from './store.ts';

type Reason = keyof typeof standingReasons;

/**
 * Changes of standing that join the transaction of what they belong to, near its end: they hold the lane
 * until the commit. They are made only when nobody decided otherwise since.
 */
export type Containing = {
  /**
   * Raises a standing because of the account's entry `ofSeq`; null when it is as strict already, or a person
   * decided about it after that entry.
   */
  raiseStanding(
    tx: Transaction,
    change: { account: number; standing: Standing; by: number; reason: Reason; ofSeq: bigint },
  ): Promise<{ readonly seq: bigint; readonly before: Standing } | null>;
  /** Opens the account again if the entry `ofSeq` is still the last word about its standing; else null. */
  takeBackStanding(
    tx: Transaction,
    change: { account: number; by: number; reason: Reason; ofSeq: bigint },
  ): Promise<bigint | null>;
  /** Notes that a network was blocked because the account was stolen, or is open again; the entry's seq. */
  noteNetwork(
    tx: Transaction,
    change: { account: number; network: number; isBlocked: boolean; by: number; reason: Reason },
  ): Promise<bigint>;
};

/** The ledger's work for whoever contains accounts. */
export function containing(is: { readonly lanes: number; readonly now: () => bigint }): Containing {
  const here = (account: number) => ({ lane: account % is.lanes, account, serverAt: is.now() });
  return {
    async raiseStanding(tx, { account, standing, by, reason, ofSeq }) {
      const to = { standing: standings.indexOf(standing), by, reason: standingReasons[reason], ofSeq };
      const { seq, before } = await madeDurable(raiseStanding(tx, { ...here(account), ...to }));
      return seq === null ? null : { seq, before: standingAt(before) };
    },
    async takeBackStanding(tx, { account, by, reason, ofSeq }) {
      return madeDurable(
        takeBackStanding(tx, { ...here(account), by, reason: standingReasons[reason], ofSeq }),
      );
    },
    async noteNetwork(tx, { account, reason, ...change }) {
      const ask = { ...here(account), ...change, reason: standingReasons[reason] };
      return madeDurable(noteNetwork(tx, ask));
    },
  };
}
