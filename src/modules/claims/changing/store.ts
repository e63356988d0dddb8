import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** A claim whose state is about to change. */
export type ClaimToChange = {
  readonly id: string;
  readonly account: number;
  readonly organisation: number;
  readonly subject: string;
  readonly insurers: string;
  readonly state: number;
};

/** Reads one claim; whoever may change it is asked by the caller. */
export async function findClaim(db: Database | Transaction, id: string): Promise<ClaimToChange | undefined> {
  const [row] = await db<ClaimToChange[]>`
    select id, account, organisation, subject, insurers::text as insurers, state
      from claims.claim where id = ${id}::text::uuid`;
  return row;
}

/** Locks one claim: who decides about it waits, or has decided. Its state, and what was decided. */
export async function lockClaim(
  tx: Transaction,
  id: string,
): Promise<{ readonly state: number; readonly decided: Buffer | null } | undefined> {
  const [row] = await tx<{ state: number }[]>`
    select state from claims.claim where id = ${id}::text::uuid for update`;
  if (row === undefined) return undefined;
  const [decision] = await tx<{ sealed: Buffer }[]>`
    select sealed from claims.decision where claim = ${id}::text::uuid`;
  return { state: row.state, decided: decision?.sealed ?? null };
}

/** Changes the state of a locked claim, with its history, and what the ledger is to hear: 1, 4 or nothing. */
export async function changeState(
  tx: Transaction,
  change: {
    readonly id: string;
    readonly state: number;
    readonly by: number;
    readonly explainHow: 1 | 4 | null;
  },
): Promise<void> {
  const { id, state, by, explainHow } = change;
  await tx`
    with changed as (
      update claims.claim set state = ${state} where id = ${id}::text::uuid returning id),
    gone as (delete from claims.waiting where claim = ${id}::text::uuid)
    insert into claims.history (claim, at, state, by) select id, ledger.now(), ${state}, ${by} from changed`;
  if (explainHow !== null) await explainLater(tx, { id, how: explainHow, seconds: 0 });
}

/** The ledger is to hear this of a claim, in the place of whatever it was to hear before. */
async function explainLater(
  tx: Transaction,
  { id, how, seconds }: { readonly id: string; readonly how: 1 | 4; readonly seconds: number },
): Promise<void> {
  await tx`
    insert into claims.to_explain (claim, how, at)
    values (${id}::text::uuid, ${how}, ledger.now() + ${seconds}::int * interval '1 second')
    on conflict (claim) do update set how = excluded.how, at = excluded.at`;
}

/** Forgets that care was accepted: it may be again. */
export async function deleteAccepted(tx: Transaction, claim: string): Promise<void> {
  await tx`
    delete from claims.accepted a using claims.claim c
     where c.id = ${claim}::text::uuid and a.twin_mark = c.twin_mark and a.claim = c.id`;
  await tx`delete from claims.accepted_act where claim = ${claim}::text::uuid`;
}

/** Opens the engagement again that a claim used; undefined when it used none. */
export async function reopenEngagement(
  tx: Transaction,
  claim: string,
): Promise<{ readonly number: string; readonly expiresOn: string } | undefined> {
  const [row] = await tx<{ number: string; expiresOn: string }[]>`
    update claims.engagement set state = 1, claim = null where claim = ${claim}::text::uuid
    returning number, expires_on::text as "expiresOn"`;
  return row;
}

/** Other accepted claims for the same person explain them still: the ledger is to hear of one again. */
export async function explainByAnother(
  tx: Transaction,
  gone: { readonly id: string; readonly organisation: number; readonly subject: string },
): Promise<void> {
  const [other] = await tx<{ id: string }[]>`
    select c.id from claims.claim c
     where c.organisation = ${gone.organisation} and c.subject = ${gone.subject}::text::uuid
       and c.state = 2 and c.id <> ${gone.id}::text::uuid
       and not exists (select from claims.to_explain e where e.claim = c.id)
     order by c.decided_at desc limit 1`;
  // A moment later: first the ledger hears what does not explain any more.
  if (other !== undefined) await explainLater(tx, { id: other.id, how: 1, seconds: 2 });
}
