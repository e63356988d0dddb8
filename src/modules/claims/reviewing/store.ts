import type { Database } from '../../../platform/database/connect.ts';
import type { ClaimRow } from '../reading/store.ts';

/** A claim that an insurer has a reason to look at. Its subject is null once the person was erased. */
export type FlaggedRow = Omit<ClaimRow, 'account' | 'subject' | 'replaces'> & {
  readonly subject: string | null;
  readonly organisation: number;
  readonly signals: number;
  readonly flaggedAt: Date;
  /** The same in microseconds since 1970: its place in the list. */
  readonly place: string;
  readonly seenAt: Date | null;
  readonly seenBy: number | null;
};

/** A place in the list: those not seen come first, then the newest. */
export type FlaggedPlace = { readonly isSeen: boolean; readonly place: string; readonly claim: string };

/** What is read of a flagged claim (f), of the claim itself (c), and of its decision (d). */
function columnsOf(db: Database) {
  return db`
    c.id, c.organisation, c.subject, c.received_at as "receivedAt", c.decided_at as "decidedAt",
    c.state, c.reason, c.sealed, d.sealed as decided, f.signals, f.at as "flaggedAt", f.seen_at as "seenAt",
    f.seen_by as "seenBy", (extract(epoch from f.at) * 1000000)::bigint::text as place`;
}

/** One page of an insurer's flagged claims, from after a place on. */
export async function listFlagged(
  db: Database,
  asked: { readonly insurer: number; readonly after: FlaggedPlace | null; readonly most: number },
): Promise<FlaggedRow[]> {
  const { after } = asked;
  const unseen = after?.isSeen === true ? [] : await listOf(db, { ...asked, isSeen: false });
  if (unseen.length === asked.most) return unseen;
  const isAfterSeen = after?.isSeen === true ? after : null;
  const most = asked.most - unseen.length;
  return [...unseen, ...(await listOf(db, { ...asked, after: isAfterSeen, isSeen: true, most }))];
}

/** Those seen and those not have an index each. */
async function listOf(
  db: Database,
  asked: Parameters<typeof listFlagged>[1] & { readonly isSeen: boolean },
): Promise<FlaggedRow[]> {
  const { insurer, after, most, isSeen } = asked;
  const rows = await db<FlaggedRow[]>`
    select ${columnsOf(db)} from claims.flagged f join claims.claim c on c.id = f.claim
      left join claims.decision d on d.claim = c.id
     where f.insurer = ${insurer} and ${isSeen ? db`f.seen_at is not null` : db`f.seen_at is null`}
       and (${after?.claim ?? null}::text is null
         or (f.at, f.claim) < (timestamptz 'epoch' + ${after?.place ?? null}::text::bigint
           * interval '1 microsecond', ${after?.claim ?? null}::text::uuid))
     order by f.at desc, f.claim desc limit ${most}`;
  return [...rows];
}

/** A flagged claim of an insurer. */
export async function findFlagged(
  db: Database,
  { claim, insurer }: { readonly claim: string; readonly insurer: number },
): Promise<FlaggedRow | undefined> {
  const [row] = await db<FlaggedRow[]>`
    select ${columnsOf(db)} from claims.flagged f join claims.claim c on c.id = f.claim
      left join claims.decision d on d.claim = c.id
     where f.claim = ${claim}::text::uuid and f.insurer = ${insurer}`;
  return row;
}

/** Notes that a flagged claim was seen, by whom first; its subject, or undefined when there is none such. */
export async function markSeen(
  db: Database,
  seen: { readonly claim: string; readonly insurer: number; readonly by: number },
): Promise<{ readonly subject: string | null } | undefined> {
  const [row] = await db<{ subject: string | null }[]>`
    update claims.flagged f set seen_at = coalesce(f.seen_at, ledger.now()),
        seen_by = coalesce(f.seen_by, ${seen.by})
      from claims.claim c
     where f.claim = ${seen.claim}::text::uuid and f.insurer = ${seen.insurer} and c.id = f.claim
    returning c.subject`;
  return row;
}

/** A contest, or its withdrawal, by an insurer. */
export type ContestRow = {
  readonly what: number;
  readonly whySealed: Buffer;
  readonly by: number;
  readonly at: Date;
};

/** What an insurer itself contested of a claim, the oldest first. */
export async function readContests(
  db: Database,
  { claim, insurer }: { readonly claim: string; readonly insurer: number },
): Promise<ContestRow[]> {
  const rows = await db<ContestRow[]>`
    select what, why_sealed as "whySealed", by, at from claims.contest
     where claim = ${claim}::text::uuid and insurer = ${insurer} order by id`;
  return [...rows];
}
