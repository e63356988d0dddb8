import { boolArray, byteaArray, uuidArray } from '../../../platform/database/arrays.ts';
import { copyRows, type Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** What is known of a record without opening it. */
export type RecordState = {
  readonly subject: string;
  readonly digest: Buffer | null;
  readonly pending: boolean;
  readonly closed: boolean;
};

/** The states of one insurer's records of people. */
export async function readStates(
  db: Database,
  insurer: number,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, RecordState>> {
  if (subjects.length === 0) return new Map();
  const rows = await db<RecordState[]>`
    select subject, digest, pending, closed_on is not null as closed from rights.sealed
    where insurer = ${insurer} and subject = any(${uuidArray(subjects)}::text::uuid[])`;
  return new Map(rows.map((row) => [row.subject, row]));
}

/**
 * People found by what the insurer itself names them by: a link at a time, since whatever else the planner
 * thinks of while the table grows (the insurer's records, first to last) costs more than the load itself.
 */
export async function findLinks(
  db: Database,
  insurer: number,
  links: readonly Buffer[],
): Promise<ReadonlyMap<string, string>> {
  if (links.length === 0) return new Map();
  const rows = await db<{ link: Buffer; subject: string }[]>`
    select asked.link, found.subject
    from unnest(${byteaArray(links)}::text::bytea[]) as asked(link)
    cross join lateral (
      select subject, insurer from rights.sealed s where s.link = asked.link offset 0) as found
    where found.insurer = ${insurer}`;
  return new Map(rows.map(({ link, subject }) => [link.toString('latin1'), subject]));
}

/** Records as they are stored. */
export type SealedRow = {
  readonly subject: string;
  readonly ciphertext: Buffer;
  readonly digest: Buffer | null;
};

/** Reads records to be changed; within a transaction, nobody else changes them until it ends. */
export async function lockSealed(
  tx: Transaction,
  insurer: number,
  subjects: readonly string[],
): Promise<readonly SealedRow[]> {
  return tx<SealedRow[]>`
    select subject, ciphertext, digest from rights.sealed
    where insurer = ${insurer} and subject = any(${uuidArray(subjects)}::text::uuid[])
    order by subject for update`;
}

/** Reads records to tell what a file would change in them. */
export async function readSealedRows(
  db: Database,
  insurer: number,
  subjects: readonly string[],
): Promise<readonly SealedRow[]> {
  return db<SealedRow[]>`
    select subject, ciphertext, digest from rights.sealed
    where insurer = ${insurer} and subject = any(${uuidArray(subjects)}::text::uuid[])`;
}

/** A record to be written. */
export type RecordToWrite = {
  readonly subject: string;
  readonly ciphertext: Buffer;
  readonly digest: Buffer;
  readonly link: Buffer;
  readonly pending: boolean;
};

/** A record that was not there. */
export type NewRecord = Omit<RecordToWrite, 'pending'> & { readonly insurer: number };

/** Adds records. */
export async function copyRecords(tx: Transaction, records: readonly NewRecord[]): Promise<void> {
  if (records.length === 0) return;
  const target = tx`
    copy rights.sealed (subject, insurer, ciphertext, digest, link) from stdin (format binary)`;
  await copyRows(tx, target, (rows) => {
    for (const { subject, insurer, ciphertext, digest, link } of records) {
      const id = Buffer.from(subject.replaceAll('-', ''), 'hex');
      rows.begin(5).bytes(id).integer(insurer).bytes(ciphertext).bytes(digest).bytes(link);
    }
  });
}

/** Changes records; `closedOn` closes or, when null, opens again. */
export async function updateRecords(
  tx: Transaction,
  of: { insurer: number; closedOn: string | null },
  records: readonly RecordToWrite[],
): Promise<void> {
  if (records.length === 0) return;
  await tx`
    update rights.sealed s
    set ciphertext = given.ciphertext, digest = given.digest, link = given.link, pending = given.pending,
      closed_on = ${of.closedOn}::text::date
    from unnest(${uuidArray(records.map(({ subject }) => subject))}::text::uuid[],
        ${byteaArray(records.map(({ ciphertext }) => ciphertext))}::text::bytea[],
        ${byteaArray(records.map(({ digest }) => digest))}::text::bytea[],
        ${byteaArray(records.map(({ link }) => link))}::text::bytea[],
        ${boolArray(records.map(({ pending }) => pending))}::text::boolean[])
      as given(subject, ciphertext, digest, link, pending)
    where s.subject = given.subject and s.insurer = ${of.insurer}`;
}

/** The next records that wait for the end of their file, by subject. */
export async function readPending(
  db: Database,
  insurer: number,
  page: { after: string; most: number },
): Promise<readonly string[]> {
  const rows = await db<{ subject: string }[]>`
    select subject from rights.sealed
    where insurer = ${insurer} and pending and subject > ${page.after}::text::uuid
    order by subject limit ${page.most}`;
  return rows.map(({ subject }) => subject);
}

/** The next records that are open, by subject. */
export async function readOpen(
  db: Database,
  insurer: number,
  page: { after: string; most: number },
): Promise<readonly string[]> {
  const rows = await db<{ subject: string }[]>`
    select subject from rights.sealed
    where insurer = ${insurer} and closed_on is null and subject > ${page.after}::text::uuid
    order by subject limit ${page.most}`;
  return rows.map(({ subject }) => subject);
}

/** Those of these people of whom another insurer also says something. */
export async function alsoElsewhere(
  tx: Transaction,
  insurer: number,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx<{ subject: string }[]>`
    select distinct subject from rights.sealed
    where insurer <> ${insurer} and subject = any(${uuidArray(subjects)}::text::uuid[])`;
  return new Set(rows.map(({ subject }) => subject));
}

/** Confirms, in the transaction that writes, that the import was not taken over by another. */
export async function isStillRunning(tx: Transaction, listing: number): Promise<boolean> {
  const [row] = await tx<{ state: string }[]>`
    select state from rights.import where id = ${listing}::bigint for share`;
  return row?.state === 'running';
}
