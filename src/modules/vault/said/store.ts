import { byteaArray, intArray, uuidArray } from '../../../platform/database/arrays.ts';
import { copyRows, type Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** Who is found by lookup keys: subjects, in the order asked; nothing is opened and no key is read. */
export async function readSubjects(
  db: Database | Transaction,
  asked: readonly (readonly Buffer[])[],
): Promise<(string | null)[]> {
  const places = asked.flatMap((keys, place) => keys.map(() => place));
  const rows = await db<{ place: number; subject: string }[]>`
    select asked.place, l.subject
    from unnest(${byteaArray(asked.flat())}::text::bytea[], ${intArray(places)}::text::int[])
      as asked(key, place)
    join vault.lookup_key l on l.key = asked.key`;
  const found: (string | null)[] = asked.map(() => null);
  for (const { place, subject } of rows) found[place] = subject;
  return found;
}

/** The dense numbers of people; of somebody erased too. */
export async function readNumbers(
  db: Database | Transaction,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (subjects.length === 0) return new Map();
  const rows = await db<{ subject: string; number: string }[]>`
    select subject, number from vault.person
    where subject = any(${uuidArray(subjects)}::text::uuid[])`;
  return new Map(rows.map(({ subject, number }) => [subject, Number(number)]));
}

/** The highest dense number that was given to a person. */
export async function readLastNumber(db: Database): Promise<number> {
  const [row] = await db<{ last: string }[]>`
    select case when is_called then last_value else 0 end as last from vault.person_number_seq`;
  return Number(row?.last ?? 0);
}

/** The wrapped keys of one insurer's records, with the insurer's own that opens each. */
export async function readWrapped(
  db: Database | Transaction,
  insurer: number,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, { wrapped: Buffer; insurerWrapped: Buffer }>> {
  if (subjects.length === 0) return new Map();
  const rows = await db<{ subject: string; wrapped: Buffer; insurerWrapped: Buffer }[]>`
    select w.subject, w.wrapped, i.wrapped as "insurerWrapped"
    from vault.wrapped_key w
    join vault.insurer_key i on i.insurer = w.insurer and i.generation = w.generation
    where w.insurer = ${insurer} and w.subject = any(${uuidArray(subjects)}::text::uuid[])`;
  return new Map(rows.map(({ subject, ...keys }) => [subject, keys]));
}

/** Adds wrapped keys for people who exist. */
export async function copyWrapped(
  tx: Transaction,
  given: { insurer: number; generation: number },
  rows: readonly { subject: string; wrapped: Buffer }[],
): Promise<void> {
  if (rows.length === 0) return;
  const { insurer, generation } = given;
  const target = tx`
    copy vault.wrapped_key (subject, insurer, wrapped, generation) from stdin (format binary)`;
  await copyRows(tx, target, (writer) => {
    for (const { subject, wrapped } of rows) {
      const id = Buffer.from(subject.replaceAll('-', ''), 'hex');
      writer.begin(4).bytes(id).integer(insurer).bytes(wrapped).small(generation);
    }
  });
}

/** Adds numbers that lead to people who exist; one that leads to somebody already stays theirs. */
export async function addLookupKeys(
  tx: Transaction,
  generation: number,
  rows: readonly { key: Buffer; subject: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx`
    insert into vault.lookup_key (key, subject, generation)
    select key, subject, ${generation}::int::smallint
    from unnest(${byteaArray(rows.map(({ key }) => key))}::text::bytea[],
      ${uuidArray(rows.map(({ subject }) => subject))}::text::uuid[]) as given(key, subject)
    on conflict (key) do nothing`;
}

/** Takes away numbers that no longer lead to these people. */
export async function dropLookupKeys(
  tx: Transaction,
  rows: readonly { key: Buffer; subject: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx`
    delete from vault.lookup_key l
    using unnest(${byteaArray(rows.map(({ key }) => key))}::text::bytea[],
      ${uuidArray(rows.map(({ subject }) => subject))}::text::uuid[]) as given(key, subject)
    where l.key = given.key and l.subject = given.subject`;
}
