import type { Transaction } from '../../../platform/database/binary-copy.ts';
import { instant } from '../store.ts';

type At = { readonly lane: number; readonly account: number; readonly serverAt: bigint };

/**
 * Raises a standing because of an entry, unless it is as strict or somebody decided since; the entry's seq.
 */
export async function raiseStanding(
  tx: Transaction,
  ask: At & { standing: number; by: number; reason: number; ofSeq: bigint },
): Promise<{ seq: bigint | null; before: number }> {
  const { lane, account, serverAt, standing, by, reason, ofSeq } = ask;
  const [row] = await tx`
    select seq::text as seq, before
      from ledger.raise_standing(${lane}::int::smallint, ${instant(serverAt)}::text::timestamptz,
        ${account}::int, ${standing}::int::smallint, ${by}::int, ${reason}::int::smallint,
        ${String(ofSeq)}::text::bigint)`;
  return { seq: row?.seq === null ? null : BigInt(row?.seq), before: row?.before };
}

/** Opens an account again if the entry is still the last word about its standing; the new entry's seq. */
export async function takeBackStanding(
  tx: Transaction,
  ask: At & { by: number; reason: number; ofSeq: bigint },
): Promise<bigint | null> {
  const { lane, account, serverAt, by, reason, ofSeq } = ask;
  const [row] = await tx`
    select seq::text as seq
      from ledger.take_back_standing(${lane}::int::smallint, ${instant(serverAt)}::text::timestamptz,
        ${account}::int, ${by}::int, ${reason}::int::smallint, ${String(ofSeq)}::text::bigint)`;
  return row?.seq === null ? null : BigInt(row?.seq);
}

/** Notes that a network was blocked or opened because of an account; the entry's seq. */
export async function noteNetwork(
  tx: Transaction,
  ask: At & { network: number; isBlocked: boolean; by: number; reason: number },
): Promise<bigint> {
  const { lane, account, serverAt, network, isBlocked, by, reason } = ask;
  const [row] = await tx`
    select ledger.note_network(${lane}::int::smallint, ${instant(serverAt)}::text::timestamptz,
      ${account}::int, ${by}::int, ${network}::int, ${isBlocked}, ${reason}::int::smallint)::text as seq`;
  return BigInt(row?.seq);
}
