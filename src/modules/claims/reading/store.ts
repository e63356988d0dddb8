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
    select id, account, subject, received_at as "receivedAt", decided_at as "decidedAt", state, reason,
        replaces, sealed, decided
      from claims.claim where id = ${id}::text::uuid and organisation = ${organisation}`;
  return row;
}

/** Which claims to list: an account's own, the newest first, after a place in the list. */
export type ClaimsAsked = {
  readonly account: number;
  readonly state: number | null;
  readonly after: { readonly receivedAt: Date; readonly id: string } | null;
  readonly most: number;
};

/** Lists claims. */
export async function listOwnClaims(db: Database, asked: ClaimsAsked): Promise<ClaimRow[]> {
  const { account, state, after, most } = asked;
  const rows = await db<ClaimRow[]>`
    select id, account, subject, received_at as "receivedAt", decided_at as "decidedAt", state, reason,
        replaces, sealed, decided
      from claims.claim
     where account = ${account}
       and (${state}::smallint is null or state = ${state}::smallint)
       and (${after?.id ?? null}::text is null
         or (date_trunc('milliseconds', received_at), id)
           < (${after?.receivedAt ?? null}::timestamptz, ${after?.id ?? null}::text::uuid))
     order by date_trunc('milliseconds', received_at) desc, id desc limit ${most}`;
  return [...rows];
}

/** The history of a claim, the oldest first. */
export async function readHistory(db: Database, id: string): Promise<HistoryRow[]> {
  const rows = await db<HistoryRow[]>`
    select at, state, reason from claims.history where claim = ${id}::text::uuid order by at`;
  return [...rows];
}
