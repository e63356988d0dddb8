import { intArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/**
 * Serves nobody from a network for a while, and says until when; undefined, and nothing is done, when an
 * account that is not given, or its software, signed in from there within so many days.
 */
export async function blockNetwork(
  tx: Transaction,
  block: {
    readonly network: number;
    readonly days: number;
    readonly accounts: readonly number[];
    readonly usedWithinDays: number;
  },
): Promise<Date | undefined> {
  const accounts = intArray(block.accounts);
  const [row] = await tx<{ until: Date }[]>`
    insert into access.blocked_network (network, until)
    select ${block.network}::int, now() + make_interval(days => ${block.days}::int)
     where not exists (
       select from access.session s
        where s.network = ${block.network}::int and s.account <> all (${accounts}::text::int[])
          and s.seen_at > now() - make_interval(days => ${block.usedWithinDays}::int))
       and not exists (
       select from access.software_session s
        where s.network = ${block.network}::int and s.account <> all (${accounts}::text::int[])
          and s.seen_at > now() - make_interval(days => ${block.usedWithinDays}::int))
    on conflict (network) do update set until = excluded.until
    returning until`;
  return row?.until;
}

/** Who signed in from a network within so many days, or whose software did, and when last. */
export async function listSignedInFrom(
  db: Database,
  asked: { readonly network: number; readonly withinDays: number },
): Promise<{ readonly account: number; readonly seenAt: Date }[]> {
  const rows = await db<{ account: number; seenAt: Date }[]>`
    select account, max(seen_at) as "seenAt" from (
      select account, seen_at from access.session where network = ${asked.network}::int
      union all
      select account, seen_at from access.software_session where network = ${asked.network}::int) seen
     where seen_at > now() - make_interval(days => ${asked.withinDays}::int)
     group by account order by account`;
  return [...rows];
}

/** Serves a network again. */
export async function openNetwork(tx: Transaction, network: number): Promise<void> {
  await tx`delete from access.blocked_network where network = ${network}::int`;
}

/** Whether nobody is served from a network now. */
export async function isNetworkBlocked(db: Database | Transaction, network: number): Promise<boolean> {
  const rows = await db`
    select from access.blocked_network where network = ${network}::int and until > now()`;
  return rows.length > 0;
}
