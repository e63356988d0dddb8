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

/**
 * Changes the state of a locked claim, with its history, and what the ledger is to hear: 1, 4 or nothing.
 * While it is being told of the state before, on whatever server, it hears the new one after that.
 */
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
  if (explainHow !== null) await explainLater(tx, { id, how: explainHow });
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

/**
 * In the place of whatever it was to hear; while it is being told that, it hears this once the lease is
 * over.
 */
async function explainLater(
  tx: Transaction,
  { id, how }: { readonly id: string; readonly how: 1 | 4 },
): Promise<void> {
  await tx`
    insert into claims.to_explain as e (claim, how, at) values (${id}::text::uuid, ${how}, ledger.now())
    on conflict (claim) do update set how = excluded.how,
      at = case when e.at between ledger.now() and ledger.now() + interval '30 seconds' then e.at
        else ledger.now() end`;
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
