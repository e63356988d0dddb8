import type { Database } from '../../../platform/database/connect.ts';

/** A claim as it is read. */
export type ClaimRow = {
  readonly id: string;
  readonly account: number;
  readonly subject: string;
  readonly receivedAt: Date;
  readonly decidedAt: Date | null;
  readonly state: number;
  readonly reason: number;
  readonly replaces: string | null;
  readonly sealed: Buffer;
  readonly decided: Buffer | null;
};

/** One line of a claim's history. */
export type HistoryRow = { readonly at: Date; readonly state: number; readonly reason: number };

/** A claim of an organisation. */
export async function findOwnClaim(
  db: Database,
  { id, organisation }: { readonly id: string; readonly organisation: number },
): Promise<ClaimRow | undefined> {
  const [row] = await db<ClaimRow[]>`
    select c.id, c.account, c.subject, c.received_at as "receivedAt", c.decided_at as "decidedAt", c.state,
        c.reason, c.replaces, c.sealed, d.sealed as decided
      from claims.claim c left join claims.decision d on d.claim = c.id
     where c.id = ${id}::text::uuid and c.organisation = ${organisation}`;
  return row;
}

/** Which claims to list: an account's own, the newest first, after a place in the list. */
export type ClaimsAsked = {
  readonly account: number;
  readonly state: number | null;
  /** Microseconds since 1970 and number of the last one seen. */
  readonly after: { readonly receivedUs: string; readonly id: string } | null;
  readonly most: number;
};

/** Lists claims, each with its place in the list. */
export async function listOwnClaims(
  db: Database,
  asked: ClaimsAsked,
): Promise<(ClaimRow & { readonly receivedUs: string })[]> {
  const { account, state, after, most } = asked;
  const place =
    after === null
      ? db`true`
      : db`
    (c.received_at, c.id) < (
      timestamptz 'epoch' + ${after.receivedUs}::text::bigint * interval '1 microsecond',
      ${after.id}::text::uuid)`;
  const rows = await db<(ClaimRow & { readonly receivedUs: string })[]>`
    select c.id, c.account, c.subject, c.received_at as "receivedAt", c.decided_at as "decidedAt", c.state,
        c.reason, c.replaces, c.sealed, d.sealed as decided,
        (extract(epoch from c.received_at) * 1000000)::bigint::text as "receivedUs"
      from claims.claim c left join claims.decision d on d.claim = c.id
     where c.account = ${account} and ${place}
       and (${state}::smallint is null or c.state = ${state}::smallint)
     order by c.received_at desc, c.id desc limit ${most}`;
  return [...rows];
}

/** The history of a claim, the oldest first. */
export async function readHistory(db: Database, id: string): Promise<HistoryRow[]> {
  const rows = await db<HistoryRow[]>`
    select at, state, reason from claims.history where claim = ${id}::text::uuid order by at`;
  return [...rows];
}
