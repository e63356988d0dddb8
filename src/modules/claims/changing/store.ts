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
  const [row] = await tx<{ state: number; decided: Buffer | null }[]>`
    select state, decided from claims.claim where id = ${id}::text::uuid for update`;
  return row;
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
      update claims.claim set state = ${state}, explain_how = ${explainHow}::smallint,
          explain_at = case when ${explainHow}::smallint is not null then ledger.now() end
       where id = ${id}::text::uuid returning id)
    insert into claims.history (claim, at, state, by) select id, ledger.now(), ${state}, ${by} from changed`;
}

/** Keeps why a claim was contested (1), or that withdrawn (2). */
export async function insertContest(
  tx: Transaction,
  row: {
    readonly claim: string;
    readonly insurer: number;
    readonly what: number;
    readonly whySealed: Buffer;
    readonly by: number;
  },
): Promise<void> {
  await tx`
    insert into claims.contest (claim, insurer, what, why_sealed, by)
    values (${row.claim}::text::uuid, ${row.insurer}, ${row.what}, ${row.whySealed}, ${row.by})`;
}

/** The insurer that contested a claim last; undefined when none did. */
export async function lastContester(tx: Transaction, claim: string): Promise<number | undefined> {
  const [row] = await tx<{ insurer: number }[]>`
    select insurer from claims.contest where claim = ${claim}::text::uuid and what = 1
     order by id desc limit 1`;
  return row?.insurer;
}

/** Forgets that acts were accepted. */
export async function deletePaidActs(tx: Transaction, claim: string): Promise<void> {
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
  await tx`
    update claims.claim set explain_how = 1, explain_at = ledger.now() + interval '2 seconds'
     where id = (select id from claims.claim
                  where organisation = ${gone.organisation} and subject = ${gone.subject}::text::uuid
                    and state = 2 and explain_how is null and id <> ${gone.id}::text::uuid
                  order by decided_at desc limit 1)`;
}
