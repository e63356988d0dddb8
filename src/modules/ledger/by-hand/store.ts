import { intArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { type EmergencyReason, emergencies } from '../codes.ts';
import { instant } from '../store.ts';

/** Where an entry stands. */
export type Place = { readonly lane: number; readonly seq: bigint };

/** A lookup beyond the allowance, without the person. */
export type BreakGlassEntry = Place & {
  readonly account: number;
  readonly reason: EmergencyReason;
  readonly at: Date;
  readonly claimFollowed: boolean;
};

/** Lookups told beyond the allowance, besides these, the oldest first. The person is not read. */
export async function readBreakGlass(db: Database, besides: readonly Place[]): Promise<BreakGlassEntry[]> {
  const rows = await db`
    select e.lane, e.seq::text as seq, e.account, e.action, e.at,
           p.by_hand_seq is distinct from e.seq as followed
      from ledger.entry e
      left join ledger.pair p on p.lane = e.lane and p.account = e.account and p.subject = e.subject
     where e.action between 2 and 9 and e.kind = 1 and e.outcome = 1
       and (e.lane, e.seq) not in (select lane, seq from unnest(${lanesOf(besides)}::text::smallint[],
             ${seqsOf(besides)}::text::bigint[]) as done(lane, seq))
     order by e.at limit 200`;
  return rows.map((row) => ({
    lane: row.lane as number,
    seq: BigInt(row.seq),
    account: row.account as number,
    reason: reasonOf(row.action),
    at: row.at as Date,
    claimFollowed: row.followed as boolean,
  }));
}

/** Explanations by hand that do not hold their pair any more: a claim does. */
export async function findFollowed(db: Database, entries: readonly Place[]): Promise<string[]> {
  const rows = await db<{ place: string }[]>`
    select e.lane || '/' || e.seq as place
      from unnest(${lanesOf(entries)}::text::smallint[],
        ${seqsOf(entries)}::text::bigint[]) as asked(lane, seq)
      join ledger.entry e on e.lane = asked.lane and e.seq = asked.seq
      left join ledger.pair p on p.lane = e.lane and p.account = e.account and p.subject = e.subject
     where p.by_hand_seq is distinct from e.seq`;
  return rows.map(({ place }) => place);
}

/** Takes back what an entry explained by hand; the entry of that, and whether the person is charged again. */
export async function takeBackByHand(
  tx: Transaction,
  change: {
    readonly account: number;
    readonly entry: Place;
    readonly by: number;
    readonly serverAt: bigint;
  },
): Promise<{ entry: Place; isCharged: boolean }> {
  const { account, entry, by, serverAt } = change;
  const [row] = await tx`
    select outcome, seq::text as seq
      from ledger.take_back_by_hand(${entry.lane}::int::smallint, ${instant(serverAt)}::text::timestamptz,
        ${account}::int, ${String(entry.seq)}::text::bigint, ${by}::int)`;
  return { entry: { lane: entry.lane, seq: BigInt(row?.seq) }, isCharged: row?.outcome === 4 };
}

const lanesOf = (places: readonly Place[]) => intArray(places.map(({ lane }) => lane));
const seqsOf = (places: readonly Place[]) => intArray(places.map(({ seq }) => seq));

function reasonOf(action: number): EmergencyReason {
  const found = Object.entries(emergencies).find(([, code]) => code === action);
  return (found?.[0] ?? 'emergency-care') as EmergencyReason;
}
