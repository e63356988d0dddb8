import type { Transaction } from '../../../platform/database/binary-copy.ts';
import { type CopiedRow, readCopied, uuidLiteral } from '../../../platform/database/binary-read.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** What is turned by rotations that go on where they were stopped. */
export type RotationKind = 'index' | 'insurer' | 'signing';

/** A rotation as it stands; the next run goes on from its place. */
export type Rotation = {
  readonly id: number;
  readonly kind: RotationKind;
  readonly from: number;
  readonly to: number;
  readonly stage: 'walk' | 'check' | 'clean' | 'done';
  readonly place: Buffer;
  readonly done: number;
};

/** How far: written in the transaction of the rows that it counts. */
export type Progress = Pick<Rotation, 'stage' | 'place' | 'done'>;

/** A rotation that was begun and not finished. */
export async function readUnfinished(db: Database, kind: RotationKind): Promise<Rotation | undefined> {
  const [row] = await db<(Rotation & { id: string; done: string })[]>`
    select id::text as id, kind, from_generation as from, to_generation as to, stage, place,
           done::text as done
      from vault.rotation where kind = ${kind} and stage <> 'done'`;
  return row === undefined ? undefined : { ...row, id: Number(row.id), done: Number(row.done) };
}

/** Begins a rotation. */
export async function insertRotation(
  tx: Transaction,
  { kind, from, to }: Pick<Rotation, 'kind' | 'from' | 'to'>,
): Promise<void> {
  await tx`
    insert into vault.rotation (kind, from_generation, to_generation, stage)
    values (${kind}, ${from}::int, ${to}::int, 'walk')`;
}

/** Writes how far a rotation is. */
export async function writeProgress(
  db: Database | Transaction,
  { id, stage, place, done }: Progress & Pick<Rotation, 'id'>,
): Promise<void> {
  await db`
    update vault.rotation
       set stage = ${stage}, place = ${place}, done = ${String(done)}::text::bigint, updated_at = now(),
           ended_at = case when ${stage} = 'done' then now() end
     where id = ${String(id)}::text::bigint`;
}

/** A record's key, as it lies in the database. */
export type WrappedRow = {
  /** The 16 bytes of the subject. */
  readonly id: Buffer;
  readonly insurer: number;
  readonly generation: number;
  readonly wrapped: Buffer;
};

/** The wrapped keys of people between two subjects, the first excluded, by subject and insurer. */
export async function readWrappedBetween(db: Database, after: Buffer, upTo: Buffer): Promise<WrappedRow[]> {
  const rows = await readCopied(
    db,
    `copy (select subject, insurer, generation, wrapped from vault.wrapped_key
            where subject > ${uuidLiteral(after)} and subject <= ${uuidLiteral(upTo)}
            order by subject, insurer) to stdout (format binary)`,
  );
  return rows.map(wrappedRow);
}

/**
 * Adds, for each key that leads to a person, its successor; no link that was not there before. The links come
 * as 48 bytes each: subject, old key, new key. One parameter is read faster than three arrays of thousands.
 */
export async function addSuccessors(
  tx: Transaction,
  rotation: Pick<Rotation, 'from' | 'to'>,
  links: Buffer,
): Promise<void> {
  await tx`
    insert into vault.lookup_key (key, subject, generation)
    select substring(p.links from i + 33 for 16), o.subject, ${rotation.to}::int
      from (select ${links}::bytea as links) p
      cross join generate_series(0, ${links.length}::int - 1, 48) as i
      join vault.lookup_key o on o.key = substring(p.links from i + 17 for 16)
     where o.subject = encode(substring(p.links from i + 1 for 16), 'hex')::uuid
       and o.generation = ${rotation.from}::int
    on conflict (key) do nothing`;
}

/** People who have fewer keys of the new generation than of the old one, and who among them has no record. */
export async function countLacking(
  db: Database,
  rotation: Pick<Rotation, 'from' | 'to'>,
): Promise<{ lacking: number; unreadable: number }> {
  return db.begin(async (tx) => {
    await tx`set local statement_timeout = 0`;
    const [row] = await tx<{ people: string; unreadable: string }[]>`
      select count(*) as people, count(*) filter (where not exists (
               select from vault.wrapped_key w where w.subject = lacking.subject)) as unreadable
        from (
          select subject from vault.lookup_key group by subject
          having count(*) filter (where generation = ${rotation.from}::int)
               > count(*) filter (where generation = ${rotation.to}::int)) as lacking`;
    const unreadable = Number(row?.unreadable ?? 0);
    return { lacking: Number(row?.people ?? 0) - unreadable, unreadable };
  });
}

/** Deletes the next keys of a generation, in their order; how many, and where the next ones begin. */
export async function deleteLookupKeys(
  tx: Transaction,
  use: { generation: number; after: Buffer; limit: number },
): Promise<{ deleted: number; place: Buffer | null }> {
  const [row] = await tx<{ deleted: number; place: Buffer | null }[]>`
    with page as materialized (
      select key, generation from vault.lookup_key where key > ${use.after} order by key limit ${use.limit}),
    gone as (
      delete from vault.lookup_key l using page
       where l.key = page.key and page.generation = ${use.generation}::int returning 1)
    select (select count(*) from gone)::int as deleted,
           (select key from page order by key desc limit 1) as place`;
  return row ?? { deleted: 0, place: null };
}

/** Whether anybody is still found by a generation of lookup keys. */
export async function usesLookupGeneration(tx: Transaction, generation: number): Promise<boolean> {
  await tx`set local statement_timeout = 0`;
  const [row] = await tx<{ used: boolean }[]>`
    select exists (select from vault.lookup_key where generation = ${generation}::int) as used`;
  return row?.used ?? true;
}

/** The next records' keys that an insurer's key of one generation wraps, by subject and insurer. */
export async function readWrappedAfter(
  db: Database,
  use: { generation: number; after: Buffer; insurer: number; limit: number },
): Promise<WrappedRow[]> {
  const rows = await readCopied(
    db,
    `copy (select subject, insurer, generation, wrapped from vault.wrapped_key
            where (subject, insurer) > (${uuidLiteral(use.after)}, ${Number(use.insurer)})
              and generation = ${Number(use.generation)}
            order by subject, insurer limit ${Number(use.limit)}) to stdout (format binary)`,
  );
  return rows.map(wrappedRow);
}

/**
 * Writes records' keys wrapped anew. They come as rows of one length in one parameter: the subject, the
 * insurer as four bytes, the wrapped key.
 */
export async function rewrapKeys(
  tx: Transaction,
  rotation: Pick<Rotation, 'from' | 'to'>,
  rows: { readonly bytes: Buffer; readonly rowLength: number },
): Promise<void> {
  const { bytes, rowLength } = rows;
  await tx`
    update vault.wrapped_key w
       set wrapped = substring(p.given from i + 21 for ${rowLength - 20}::int),
           generation = ${rotation.to}::int
      from (select ${bytes}::bytea as given) p
      cross join generate_series(0, ${bytes.length}::int - 1, ${rowLength}::int) as i
     where w.subject = encode(substring(p.given from i + 1 for 16), 'hex')::uuid
       and w.insurer = ('x' || encode(substring(p.given from i + 17 for 4), 'hex'))::bit(32)::int
       and w.generation = ${rotation.from}::int`;
}

/** How many records would still open with insurers' keys of a generation. */
export async function countWrappedBy(tx: Transaction, generation: number): Promise<number> {
  await tx`set local statement_timeout = 0`;
  const [row] = await tx<{ records: string }[]>`
    select count(*) as records from vault.wrapped_key w
      join vault.insurer_key i on i.insurer = w.insurer and i.generation = w.generation
     where w.generation = ${generation}::int`;
  return Number(row?.records ?? 0);
}

/** Destroys insurers' keys of a generation; how many. */
export async function deleteInsurerKeys(tx: Transaction, generation: number): Promise<number> {
  const gone = await tx`delete from vault.insurer_key where generation = ${generation}::int returning 1`;
  return gone.length;
}

/** How many people there are, or how many records: what a rotation has before it. */
export async function countRows(db: Database, kind: RotationKind): Promise<number> {
  return db.begin(async (tx) => {
    await tx`set local statement_timeout = 0`;
    const [row] =
      kind === 'index'
        ? await tx`select count(*) as rows from vault.person where erased_at is null`
        : await tx`select count(*) as rows from vault.wrapped_key`;
    return Number(row?.rows ?? 0);
  });
}

function wrappedRow([id, insurer, generation, wrapped]: CopiedRow): WrappedRow {
  if (!id || !insurer || !generation || !wrapped) throw new Error('a wrapped key without all its parts');
  return { id, insurer: insurer.readInt32BE(0), generation: generation.readInt16BE(0), wrapped };
}
