import type { Database } from '../../../platform/database/connect.ts';
import type { FollowedEntry } from './followed-entry.ts';

/**
 * Entries of a lane after a place, in their order, `most` at most: `seq` -1 begins with the first. An entry
 * is read once it is committed, and a lane has no holes: whoever goes on from the last one misses none.
 */
export async function readEntriesAfter(
  db: Database,
  after: { readonly lane: number; readonly seq: number; readonly most: number },
): Promise<FollowedEntry[]> {
  // Numbers as float8, which the driver reads as numbers: they are exact up to 2^53. Measured: 10 ms for
  // 2,000 entries on two busy cores, and no more than 3 ms less as one text that is cut apart here.
  const rows = await db<FollowedEntry[]>`
    select lane, seq::float8 as seq, (extract(epoch from at) * 1000000)::float8 as at, account,
        acted_by as by, kind, action, organisation, client, network, session::float8 as session, subject,
        outcome, reason, present, signals, count
      from ledger.entry
     where lane = ${after.lane}::int::smallint and seq > ${String(after.seq)}::text::bigint
     order by lane, seq limit ${after.most}::int`;
  return [...rows];
}
