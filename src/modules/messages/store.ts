import type { Transaction } from '../../platform/database/binary-copy.ts';
import type { Database } from '../../platform/database/connect.ts';

/** A message as it is kept: address and text are sealed. */
export type Kept = {
  readonly id: string;
  readonly account: number;
  readonly what: string;
  readonly sealed: Buffer;
};

/** Keeps a message until it is sent. */
export async function insertMessage(db: Database | Transaction, kept: Kept): Promise<void> {
  await db`
    insert into messages.outbox (id, account, what, sealed)
    values (${kept.id}::text::uuid, ${kept.account}, ${kept.what}, ${kept.sealed})`;
}

/**
 * Takes one message that is due. It is due again later, each time twice as late up to an hour: whoever took
 * it and died has lost nothing, and no two servers try at once.
 */
export async function takeMessage(db: Database): Promise<Kept | undefined> {
  const [row] = await db<Kept[]>`
    update messages.outbox set tries = tries + 1,
        next_at = now() + least(interval '1 hour', interval '1 minute' * 2 ^ least(tries, 20))
     where id = (select id from messages.outbox
                  where sent_at is null and given_up_at is null and next_at <= now()
                  order by next_at limit 1 for update skip locked)
    returning id::text as id, account, what, sealed`;
  return row;
}

/** How a try ended. One that failed for three days is the last; what was sent keeps no text, no address. */
export async function settleMessage(
  db: Database,
  settled: { id: string; outcome: string; isSent: boolean },
): Promise<void> {
  await db`
    update messages.outbox set outcome = ${settled.outcome},
        sent_at = case when ${settled.isSent}::boolean then now() end,
        sealed = case when not ${settled.isSent}::boolean then sealed end,
        given_up_at = case when not ${settled.isSent}::boolean and created_at < now() - interval '3 days'
          then now() end
     where id = ${settled.id}::text::uuid`;
}

/** Forgets what ended long ago, or was never sent: a year of texts is nobody's need. */
export async function forgetOldMessages(db: Database): Promise<void> {
  await db`
    delete from messages.outbox where created_at < now() - interval '30 days'`;
}

/** What waits and what was given up. */
export type MailState = { readonly waiting: number; readonly late: number; readonly givenUp: number };

/** Counts messages: late are those that wait for more than an hour. */
export async function readMailState(db: Database): Promise<MailState> {
  const [row] = await db<MailState[]>`
    select count(*) filter (where sent_at is null and given_up_at is null)::int as waiting,
        count(*) filter (where sent_at is null and given_up_at is null
          and created_at < now() - interval '1 hour')::int as late,
        count(*) filter (where given_up_at is not null)::int as "givenUp"
      from messages.outbox`;
  return row ?? { waiting: 0, late: 0, givenUp: 0 };
}

/** The last messages that were not sent, the newest first. */
export async function listUnsent(db: Database, most: number): Promise<(Kept & { createdAt: Date })[]> {
  const rows = await db<(Kept & { createdAt: Date })[]>`
    select id::text as id, account, what, sealed, created_at as "createdAt" from messages.outbox
     where sent_at is null and sealed is not null order by created_at desc limit ${most}`;
  return [...rows];
}
