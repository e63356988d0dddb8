import { intArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** A network that a sweep looked for, and how far the sweep is. */
export type SoughtNetwork = {
  /** The stolen account. */
  readonly account: number;
  /** When a person confirmed that it was stolen. */
  readonly confirmedAt: Date;
  readonly isRead: boolean;
  /** It ended longer ago than so many days. */
  readonly isOld: boolean;
};

/** Undefined when there is no such sweep, or it did not look for that network. */
export async function findSought(
  db: Database,
  asked: { readonly sweep: string; readonly network: number; readonly oldAfterDays: number },
): Promise<SoughtNetwork | undefined> {
  const [row] = await db<SoughtNetwork[]>`
    select account, started_at as "confirmedAt", ended_at is not null as "isRead",
        coalesce(ended_at < ledger.now() - make_interval(days => ${asked.oldAfterDays}::int), false)
          as "isOld"
      from guard.sweep
     where id = ${asked.sweep}::text::bigint and exists (
        select from json_array_elements_text((sought::json) -> 'networks') as of(network)
         where of.network = ${String(asked.network)})`;
  return row;
}

/** Other accounts that a sweep found on a network: a hundred at most. */
export async function listSwept(
  db: Database,
  asked: { readonly sweep: string; readonly network: number },
): Promise<number[]> {
  const rows = await db<{ account: number }[]>`
    select account from guard.sweep_network
     where sweep = ${asked.sweep}::text::bigint and network = ${asked.network} order by account`;
  return rows.map(({ account }) => account);
}

/** Those of accounts of which a person confirmed that they were stolen. */
export async function listConfirmed(db: Database, accounts: readonly number[]): Promise<number[]> {
  const rows = await db<{ account: number }[]>`
    select distinct account from guard.case_file
     where account = any (${intArray(accounts)}::text::int[]) and not is_shadow and state = 'confirmed'`;
  return rows.map(({ account }) => account);
}

/** Whether a network is blocked now, or a person opened it within so many days; 0 asks of now alone. */
export async function isSettled(
  tx: Database | Transaction,
  asked: { readonly network: number; readonly openedWithinDays: number },
): Promise<boolean> {
  const rows = await tx`
    select from guard.blocked_network
     where network = ${asked.network}
       and coalesce(opened_at > now() - make_interval(days => ${asked.openedWithinDays}::int),
         until > now())`;
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
    /** Which account; 0 is the guard, which has no reason to seal. */
    readonly by: number;
    readonly whySealed: Buffer | null;
  },
): Promise<void> {
  await tx`
    insert into guard.blocked_network
      (network, sweep, account, entry_seq, blocked_at, until, blocked_by, why_sealed)
    values (${block.network}, ${block.sweep}::text::bigint, ${block.account},
      ${String(block.entrySeq)}::text::bigint, now(), ${block.until}, ${block.by}, ${block.whySealed})`;
}

/** A network that was blocked. */
export type BlockedRow = {
  readonly block: string;
  readonly network: number;
  readonly sweep: string;
  readonly account: number;
  readonly blockedAt: Date;
  readonly until: Date;
  /** By which account; 0 is the guard, by a sweep. */
  readonly blockedBy: number;
  readonly openedAt: Date | null;
  readonly openedBy: number | null;
  /** Nobody is served from it now. */
  readonly isLive: boolean;
  readonly whySealed: Buffer | null;
  readonly openedWhySealed: Buffer | null;
};

/** Networks that were blocked, the newest first, 1,000 at most; of some networks alone, if asked. */
export async function listBlocked(db: Database, networks?: readonly number[]): Promise<BlockedRow[]> {
  const only = networks === undefined ? null : intArray(networks);
  const rows = await db<BlockedRow[]>`
    select id::text as block, network, sweep::text as sweep, account, blocked_at as "blockedAt", until,
        blocked_by as "blockedBy", opened_at as "openedAt", opened_by as "openedBy",
        opened_at is null and until > now() as "isLive",
        why_sealed as "whySealed", reason_sealed as "openedWhySealed"
      from guard.blocked_network
     where ${only}::text is null or network = any (${only}::text::int[])
     order by id desc limit 1000`;
  return [...rows];
}

/** How many blocks a list that is not cut would show. */
export async function countBlocked(db: Database): Promise<number> {
  const [row] = await db<{ count: number }[]>`select count(*)::int as count from guard.blocked_network`;
  return row?.count ?? 0;
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
