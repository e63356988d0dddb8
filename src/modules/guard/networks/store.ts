import { intArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** Other accounts that a sweep found on a network, and whether the guard holds a case against each. */
export type NetworkUser = { readonly account: number; readonly hasCase: boolean };

/**
 * Who else used a network, as a sweep read it. A case counts while it is open or confirmed, and not in
 * shadow.
 */
export async function listUsers(
  tx: Transaction,
  asked: { readonly sweep: string; readonly network: number },
): Promise<NetworkUser[]> {
  const rows = await tx<NetworkUser[]>`
    select u.account, exists (
        select from guard.case_file c
         where c.account = u.account and not c.is_shadow and c.state in ('open', 'confirmed')) as "hasCase"
      from guard.sweep_network u
     where u.sweep = ${asked.sweep}::text::bigint and u.network = ${asked.network} order by u.account`;
  return [...rows];
}

/** Whether a sweep blocked a network before: after a kill it comes here again. */
export async function isDone(
  tx: Transaction,
  asked: { readonly sweep: string; readonly network: number },
): Promise<boolean> {
  const rows = await tx`
    select from guard.blocked_network
     where sweep = ${asked.sweep}::text::bigint and network = ${asked.network}`;
  return rows.length > 0;
}

/** Keeps that a network is blocked, and by which entry of the account's lane. */
export async function insertBlocked(
  tx: Transaction,
  block: {
    readonly sweep: string;
    readonly network: number;
    readonly account: number;
    readonly entrySeq: bigint;
    readonly days: number;
  },
): Promise<void> {
  await tx`
    insert into guard.blocked_network (network, sweep, account, entry_seq, blocked_at, until)
    values (${block.network}, ${block.sweep}::text::bigint, ${block.account},
      ${String(block.entrySeq)}::text::bigint, ledger.now(),
      ledger.now() + make_interval(days => ${block.days}::int))`;
}

/** A network that was blocked. */
export type BlockedRow = {
  readonly block: string;
  readonly network: number;
  readonly sweep: string;
  readonly account: number;
  readonly blockedAt: Date;
  readonly until: Date;
  readonly openedAt: Date | null;
  readonly openedBy: number | null;
};

/** Networks that were blocked, the newest first; of some sweeps alone, if asked. */
export async function listBlocked(db: Database, sweeps?: readonly string[]): Promise<BlockedRow[]> {
  const only = sweeps === undefined ? null : intArray(sweeps.map(BigInt));
  const rows = await db<BlockedRow[]>`
    select id::text as block, network, sweep::text as sweep, account, blocked_at as "blockedAt", until,
        opened_at as "openedAt", opened_by as "openedBy"
      from guard.blocked_network
     where ${only}::text is null or sweep = any (${only}::text::bigint[])
     order by id desc limit 1000`;
  return [...rows];
}

/** Locks what is blocked of the network of a block; undefined when there is no such block. */
export async function holdNetwork(
  tx: Transaction,
  block: string,
): Promise<{ readonly network: number; readonly accounts: readonly number[] } | undefined> {
  const rows = await tx<{ network: number; account: number; isLive: boolean }[]>`
    select b.network, b.account, b.opened_at is null and b.until > ledger.now() as "isLive"
      from guard.blocked_network b
     where b.network = (select network from guard.blocked_network where id = ${block}::text::bigint)
     order by b.id for update`;
  const [first] = rows;
  if (first === undefined) return undefined;
  const accounts = rows.filter(({ isLive }) => isLive).map(({ account }) => account);
  return { network: first.network, accounts: [...new Set(accounts)] };
}

/** Keeps that a person opened a network again. */
export async function noteOpened(
  tx: Transaction,
  end: { readonly network: number; readonly by: number; readonly reasonSealed: Buffer },
): Promise<void> {
  await tx`
    update guard.blocked_network
       set opened_at = ledger.now(), opened_by = ${end.by}, reason_sealed = ${end.reasonSealed}
     where network = ${end.network} and opened_at is null`;
}
