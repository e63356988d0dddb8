import { intArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** Another account that a sweep found on a network, and whether a person confirmed that it was stolen. */
export type NetworkUser = { readonly account: number; readonly isConfirmed: boolean };

/** Who else used a network, as a sweep read it: a hundred at most. */
export async function listUsers(
  db: Database,
  asked: { readonly sweep: string; readonly network: number },
): Promise<NetworkUser[]> {
  const rows = await db<NetworkUser[]>`
    select u.account, exists (
        select from guard.case_file c
         where c.account = u.account and not c.is_shadow and c.state = 'confirmed') as "isConfirmed"
      from guard.sweep_network u
     where u.sweep = ${asked.sweep}::text::bigint and u.network = ${asked.network} order by u.account`;
  return [...rows];
}

/** Whether a network is blocked now, or a person opened it within so many days. */
export async function isSettled(
  tx: Transaction,
  asked: { readonly network: number; readonly days: number },
): Promise<boolean> {
  const rows = await tx`
    select from guard.blocked_network
     where network = ${asked.network}
       and coalesce(opened_at > now() - make_interval(days => ${asked.days}::int), until > now())`;
  return rows.length > 0;
}

/** Keeps that a network is blocked, until when, and by which entry of the account's lane. */
export async function insertBlocked(
  tx: Transaction,
  block: {
    readonly sweep: string;
    readonly network: number;
    readonly account: number;
    readonly entrySeq: bigint;
    readonly until: Date;
  },
): Promise<void> {
  await tx`
    insert into guard.blocked_network (network, sweep, account, entry_seq, blocked_at, until)
    values (${block.network}, ${block.sweep}::text::bigint, ${block.account},
      ${String(block.entrySeq)}::text::bigint, now(), ${block.until})`;
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

/** Networks that were blocked, the newest first, 1,000 at most; of some networks alone, if asked. */
export async function listBlocked(db: Database, networks?: readonly number[]): Promise<BlockedRow[]> {
  const only = networks === undefined ? null : intArray(networks);
  const rows = await db<BlockedRow[]>`
    select id::text as block, network, sweep::text as sweep, account, blocked_at as "blockedAt", until,
        opened_at as "openedAt", opened_by as "openedBy"
      from guard.blocked_network
     where ${only}::text is null or network = any (${only}::text::int[])
     order by id desc limit 1000`;
  return [...rows];
}

/** Locks a block; undefined when there is none. */
export async function holdBlock(
  tx: Transaction,
  block: string,
): Promise<{ readonly network: number; readonly account: number; readonly isLive: boolean } | undefined> {
  const [row] = await tx<{ network: number; account: number; isLive: boolean }[]>`
    select network, account, opened_at is null and until > now() as "isLive"
      from guard.blocked_network where id = ${block}::text::bigint for update`;
  return row;
}

/** Keeps that a person opened a network again. */
export async function noteOpened(
  tx: Transaction,
  end: { readonly block: string; readonly by: number; readonly reasonSealed: Buffer },
): Promise<void> {
  await tx`
    update guard.blocked_network
       set opened_at = now(), opened_by = ${end.by}, reason_sealed = ${end.reasonSealed}
     where id = ${end.block}::text::bigint`;
}
