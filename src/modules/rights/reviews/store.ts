import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** Where an entry stands. */
export type Place = { readonly lane: number; readonly seq: bigint };

/** A reason given by hand, drawn by lot for review. */
export type DrawnExplanation = Place & {
  readonly account: number;
  readonly reason: string;
  readonly at: Date;
};

/** Explanations drawn by lot that nobody has reviewed, the oldest first, 200 at most. */
export async function readDrawnExplanations(db: Database): Promise<DrawnExplanation[]> {
  const rows = await db`
    select e.lane, e.seq::text as seq, e.account, e.reason, e.at
      from rights.explanation e
      left join rights.review r on r.lane = e.lane and r.seq = e.seq
     where e.to_review and r.lane is null
     order by e.at limit 200`;
  return rows.map((row) => ({
    ...placeOf(row),
    account: row.account as number,
    reason: row.reason as string,
    at: row.at as Date,
  }));
}

/** Every entry that was reviewed. */
export async function readReviewed(db: Database): Promise<Place[]> {
  const rows = await db`select lane, seq::text as seq from rights.review`;
  return rows.map(placeOf);
}

/** Writes a verdict; false when the entry has one already. */
export async function insertReview(
  tx: Transaction,
  row: {
    readonly entry: Place;
    readonly reviewer: number;
    readonly isAccepted: boolean;
    readonly why: string;
    readonly takenBack: Place | null;
  },
): Promise<boolean> {
  const { entry, reviewer, isAccepted, why, takenBack } = row;
  const rows = await tx`
    insert into rights.review (lane, seq, reviewer, accepted, why, taken_back_seq)
    values (${entry.lane}::int::smallint, ${String(entry.seq)}::text::bigint, ${reviewer}::int, ${isAccepted},
      ${why}, ${takenBack === null ? null : String(takenBack.seq)}::text::bigint)
    on conflict (lane, seq) do nothing
    returning lane`;
  return rows.length === 1;
}

function placeOf(row: Record<string, unknown>): Place {
  return { lane: row.lane as number, seq: BigInt(String(row.seq)) };
}
