import { intArray, textArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** An upload as it is noted once its file is there whole. */
export type NewUpload = {
  readonly account: number;
  readonly insurer: number;
  readonly complete: boolean;
  readonly dryRun: boolean;
  readonly confirmClosures: boolean;
  readonly spool: string;
  readonly spoolKey: Buffer;
  readonly bytes: number;
  readonly idempotency: Buffer | null;
};

/** What its sender may know of an upload. */
export type Upload = {
  readonly id: string;
  readonly state: string;
  readonly complete: boolean;
  readonly dryRun: boolean;
  readonly receivedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly lines: string;
  readonly people: string;
  readonly added: string;
  readonly changed: string;
  readonly unchanged: string;
  readonly closed: string;
  readonly rejected: string;
  readonly message: string | null;
};

/** An upload whose file waits, is read, or was read and not put away yet. */
export type WaitingUpload = {
  readonly id: string;
  readonly account: number;
  readonly insurer: number;
  readonly state: string;
  readonly complete: boolean;
  readonly dryRun: boolean;
  readonly confirmClosures: boolean;
  readonly spool: string;
  readonly spoolKey: Buffer;
  readonly attempts: number;
};

/** The upload that an account calls by this name, of the last day. */
export async function findRepeated(
  db: Database,
  account: number,
  idempotency: Buffer,
): Promise<{ id: string; state: string } | undefined> {
  const [row] = await db<{ id: string; state: string }[]>`
    select id::text as id, state from rights.import
     where account = ${account} and idempotency = ${idempotency} and created_at > now() - interval '1 day'
     order by rights.import.id limit 1`;
  return row;
}

/** Notes an upload, unless one of the same name came meanwhile: then that one. */
export async function insertUpload(
  db: Database,
  upload: NewUpload,
): Promise<{ id: string; state: string; isNew: boolean }> {
  return db.begin(async (tx) => {
    if (upload.idempotency !== null) {
      await tx`select pg_advisory_xact_lock(hashtextextended(${`vigie upload ${upload.account}`}, 0))`;
      const [earlier] = await tx<{ id: string; state: string }[]>`
        select id::text as id, state from rights.import
         where account = ${upload.account} and idempotency = ${upload.idempotency}
           and created_at > now() - interval '1 day'
         order by rights.import.id limit 1`;
      if (earlier !== undefined) return { ...earlier, isNew: false };
    }
    const [row] = await tx<{ id: string }[]>`
      insert into rights.import (kind, insurer, account, state, complete, dry_run, confirm_closures,
        spool, spool_key, bytes, idempotency)
      values ('people', ${upload.insurer}, ${upload.account}, 'queued', ${upload.complete},
        ${upload.dryRun}, ${upload.confirmClosures}, ${upload.spool}, ${upload.spoolKey},
        ${upload.bytes}, ${upload.idempotency})
      returning id::text as id`;
    if (row === undefined) throw new Error('rights.import returned no row');
    return { id: row.id, state: 'queued', isNew: true };
  });
}

/** How many files of an account wait or are read. */
export async function countUnfinished(db: Database, account: number): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from rights.import
     where account = ${account} and state in ('queued', 'running')`;
  return row?.count ?? 0;
}

/** An account's uploads, the last first; one of them when its number is given. */
export async function readUploads(
  db: Database,
  of: { account: number; id?: string; most: number },
): Promise<Upload[]> {
  const rows = await db<Upload[]>`
    select id::text as id, state, complete, dry_run as "dryRun", created_at as "receivedAt",
        started_at as "startedAt", ended_at as "endedAt", lines::text as lines, people::text as people,
        added::text as added, changed::text as changed, unchanged::text as unchanged,
        closed::text as closed, rejected::text as rejected, message
      from rights.import
     where account = ${of.account} and (${of.id ?? null}::text is null or id = ${of.id ?? null}::text::bigint)
     order by rights.import.id desc limit ${of.most}`;
  return [...rows];
}

/** An insurer's files of people, the last first, from the command line too; one of them by its number. */
export async function readInsurerUploads(
  db: Database,
  of: { readonly insurer: number; readonly id?: string; readonly most: number },
): Promise<Upload[]> {
  const rows = await db<Upload[]>`
    select id::text as id, state, complete, dry_run as "dryRun", created_at as "receivedAt",
        started_at as "startedAt", ended_at as "endedAt", lines::text as lines, people::text as people,
        added::text as added, changed::text as changed, unchanged::text as unchanged,
        closed::text as closed, rejected::text as rejected, message
      from rights.import
     where insurer = ${of.insurer} and kind = 'people'
       and (${of.id ?? null}::text is null or id = ${of.id ?? null}::text::bigint)
     order by rights.import.id desc limit ${of.most}`;
  return [...rows];
}

/** Uploads whose file is somewhere: insurers take turns, and each one’s oldest is first. */
export async function readWaiting(db: Database): Promise<WaitingUpload[]> {
  const rows = await db<WaitingUpload[]>`
    select id::text as id, account, insurer, state, complete, dry_run as "dryRun",
        confirm_closures as "confirmClosures", spool, spool_key as "spoolKey", attempts
      from rights.import
     where spool is not null and spool_key is not null and account is not null and insurer is not null
     order by (select max(other.started_at) from rights.import other
                where other.insurer = rights.import.insurer) nulls first, rights.import.id`;
  return [...rows];
}

/** Says that the files of these uploads are still there. */
export async function touchWaiting(db: Database, ids: readonly string[]): Promise<void> {
  await db`
    update rights.import set updated_at = now()
     where id = any(${intArray(ids.map(BigInt))}::text::bigint[]) and state = 'queued'`;
}

/** Begins to read an upload, for the first time or again; what an earlier try noted goes. */
export async function startUpload(db: Database, id: string): Promise<WaitingUpload | undefined> {
  return db.begin(async (tx) => {
    await tx`delete from rights.import_rejected where import = ${id}::text::bigint`;
    const [row] = await tx<WaitingUpload[]>`
      update rights.import set state = 'running', attempts = attempts + 1, message = null,
          started_at = coalesce(started_at, now()), updated_at = now()
       where id = ${id}::text::bigint and state in ('queued', 'running', 'interrupted') and ended_at is null
      returning id::text as id, account, insurer, state, complete, dry_run as "dryRun",
        confirm_closures as "confirmClosures", spool, spool_key as "spoolKey", attempts`;
    return row;
  });
}

/** Lets an upload wait for another try; a try that was only interrupted does not count. */
export async function queueAgain(
  db: Database,
  again: { id: string; counts: boolean; message: string },
): Promise<void> {
  await db`
    update rights.import set state = 'queued', updated_at = now(), message = ${again.message},
      attempts = attempts - ${again.counts ? 0 : 1}
     where id = ${again.id}::text::bigint and state = 'running'`;
}

/** Forgets the file of an upload that ended, and the key that opened it. */
export async function forgetFile(db: Database, id: string): Promise<void> {
  await db`update rights.import set spool = null, spool_key = null where id = ${id}::text::bigint`;
}

/** Gives up uploads whose file no server has had for a day. */
export async function failLost(db: Database, message: string): Promise<void> {
  await db`
    update rights.import set state = 'failed', message = ${message}, ended_at = now(), updated_at = now()
     where spool is not null and state in ('queued', 'running') and updated_at < now() - interval '1 day'`;
}

/** Those of these files that an upload waits for. */
export async function findWanted(db: Database, spools: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db<{ spool: string }[]>`
    select spool from rights.import where spool = any(${textArray(spools)}::text::text[])`;
  return new Set(rows.map(({ spool }) => spool));
}

/** Keeps some more of the lines that did not go in. */
export async function addRejected(
  db: Database,
  some: { id: string; place: number; lines: string },
): Promise<void> {
  await db`
    insert into rights.import_rejected (import, place, lines)
    values (${some.id}::text::bigint, ${some.place}, ${some.lines})`;
}

/** The lines of an upload that did not go in. */
export async function readRejected(db: Database, id: string): Promise<readonly string[]> {
  const rows = await db<{ lines: string }[]>`
    select lines from rights.import_rejected where import = ${id}::text::bigint order by place`;
  return rows.map(({ lines }) => lines);
}

/** The chunk of that list at a place, as it was written; undefined beyond its end. */
export async function readRejectedChunk(
  db: Database,
  { id, place }: { readonly id: string; readonly place: number },
): Promise<string | undefined> {
  const [row] = await db<{ lines: string }[]>`
    select lines from rights.import_rejected where import = ${id}::text::bigint and place = ${place}`;
  return row?.lines;
}

/** Removes the lists of rejected lines that are older than a month. */
export async function dropOldRejected(db: Database): Promise<void> {
  await db`delete from rights.import_rejected where at < now() - interval '30 days'`;
}

/** Something that a webhook must be told. */
export type Notice = { readonly id: string; readonly account: number };

/** Notes that a webhook must be told of an upload; noting it twice is noting it once. */
export async function addNotice(db: Database, { id, account }: Notice): Promise<void> {
  await db`
    insert into rights.import_notice (import, account) values (${id}::text::bigint, ${account})
    on conflict (import) do nothing`;
}

/**
 * Takes one notice that is due. It is due again later, each time twice as late up to an hour: whoever took it
 * and died has lost nothing, and no two servers try at once.
 */
export async function takeNotice(db: Database): Promise<Notice | undefined> {
  const [row] = await db<Notice[]>`
    update rights.import_notice set tries = tries + 1,
        next_at = now() + least(interval '1 hour', interval '10 seconds' * 2 ^ least(tries, 20))
     where import = (select import from rights.import_notice
                      where told_at is null and given_up_at is null and next_at <= now()
                      order by next_at limit 1 for update skip locked)
    returning import::text as id, account`;
  return row;
}

/** How a try ended; one that failed for a day is the last. */
export async function settleNotice(
  db: Database,
  settled: { id: string; outcome: string; isTold: boolean },
): Promise<void> {
  await db`
    update rights.import_notice set outcome = ${settled.outcome},
        told_at = case when ${settled.isTold}::boolean then now() end,
        given_up_at = case when not ${settled.isTold}::boolean and created_at < now() - interval '1 day'
          then now() end
     where import = ${settled.id}::text::bigint`;
}
