import { byteaArray, intArray } from '../../platform/database/arrays.ts';
import { copyRows, type Transaction } from '../../platform/database/binary-copy.ts';
import type { Database } from '../../platform/database/connect.ts';
import type { FoundSubject, WrappedKey } from './held.ts';
import type { SealedPerson } from './sealed-person.ts';

/**
 * Finds people by lookup keys, many at once: one answer a person asked for, null where nobody is found. A
 * person may be asked for by several keys, of which any finds them.
 */
export async function findSubjects(
  db: Database,
  asked: readonly (Buffer | readonly Buffer[])[],
): Promise<(FoundSubject | null)[]> {
  const keys: Buffer[] = [];
  const places: number[] = [];
  asked.forEach((each, place) => {
    for (const key of Buffer.isBuffer(each) ? [each] : each) {
      keys.push(key);
      places.push(place);
    }
  });
  const rows = await db<FoundRow[]>`
    select asked.place::int as place, l.subject, w.insurer, w.wrapped, i.wrapped as insurer_wrapped
    from unnest(${byteaArray(keys)}::text::bytea[]) with ordinality as asked(key, place)
    join vault.lookup_key l on l.key = asked.key
    left join vault.wrapped_key w on w.subject = l.subject
    left join vault.insurer_key i on i.insurer = w.insurer and i.generation = w.generation
    order by place, w.insurer`;
  const found: ({ subject: string; keys: WrappedKey[]; by: number } | null)[] = asked.map(() => null);
  for (const row of rows) {
    const place = places[row.place - 1] ?? 0;
    const person = found[place] ?? { subject: row.subject, keys: [], by: row.place };
    found[place] = person;
    // Found again, by the key of another generation.
    if (person.by !== row.place) continue;
    if (row.wrapped === null || row.insurer_wrapped === null || row.insurer === null) continue;
    person.keys.push({ insurer: row.insurer, wrapped: row.wrapped, insurerWrapped: row.insurer_wrapped });
  }
  return found.map((person) => (person === null ? null : { subject: person.subject, keys: person.keys }));
}

/** Finds one person by the ledger's name for them; null for nobody, and for whoever was erased. */
export async function findSubject(db: Database, subject: string): Promise<FoundSubject | null> {
  const rows = await db<Omit<FoundRow, 'place'>[]>`
    select p.subject, w.insurer, w.wrapped, i.wrapped as insurer_wrapped
    from vault.person p
    left join vault.wrapped_key w on w.subject = p.subject
    left join vault.insurer_key i on i.insurer = w.insurer and i.generation = w.generation
    where p.subject = ${subject}::text::uuid and p.erased_at is null
    order by w.insurer`;
  if (rows.length === 0) return null;
  const keys = rows.flatMap(({ insurer, wrapped, insurer_wrapped: insurerWrapped }) =>
    insurer === null || wrapped === null || insurerWrapped === null
      ? []
      : [{ insurer, wrapped, insurerWrapped }],
  );
  return { subject, keys };
}

/** A person's sealed presence key, or null. */
export async function readPresenceKey(db: Database, subject: string): Promise<Buffer | null> {
  const [row] = await db<{ presence_key: Buffer }[]>`
    select presence_key from vault.person where subject = ${subject}`;
  return row?.presence_key ?? null;
}

/** Uses one step of a person's card, or counts a wrong code; the number that the function gives. */
export async function consumeStep(
  db: Database,
  use: { account: number; at: Date; subject: string | null; step: bigint | null; limit: number },
): Promise<number> {
  const step = use.step === null ? null : String(use.step);
  const [row] = await db<{ used: number }[]>`
    select vault.consume_presence(${use.account}, ${use.at}, ${use.subject}, ${step}::text::bigint,
      ${use.limit}) as used`;
  return row?.used ?? 0;
}

/** Adds insurers' wrapped keys; an insurer that has one keeps it. */
export async function addInsurerKeys(db: Database, rows: readonly InsurerKeyRow[]): Promise<void> {
  const insurers = intArray(rows.map((row) => row.insurer));
  const wrapped = byteaArray(rows.map((row) => row.wrapped));
  const generations = intArray(rows.map((row) => row.generation));
  await db`
    insert into vault.insurer_key (insurer, generation, wrapped)
    select * from unnest(
      ${insurers}::text::int[], ${generations}::text::smallint[], ${wrapped}::text::bytea[])
    on conflict (insurer, generation) do nothing`;
}

/** Every insurer's wrapped keys: more than one each while they are being changed. */
export async function readInsurerKeys(db: Database): Promise<InsurerKeyRow[]> {
  return [
    ...(await db<InsurerKeyRow[]>`
      select insurer, generation, wrapped from vault.insurer_key order by insurer, generation`),
  ];
}

/** Writes sealed people with their lookup keys and wrapped keys; runs inside the caller's transaction. */
export async function copyPeople(tx: Transaction, people: readonly SealedPerson[]): Promise<void> {
  await copyRows(tx, tx`copy vault.person (subject, presence_key) from stdin (format binary)`, (rows) => {
    for (const person of people) rows.begin(2).bytes(person.id).bytes(person.presenceKey);
  });
  // Rows enter the index in order of their keys: neighbours share pages, which halves the writes.
  const links = people.flatMap(({ id, lookupKeys, generations }) =>
    lookupKeys.map((key) => ({ key, id, generation: generations.lookup })),
  );
  links.sort((a, b) => a.key.compare(b.key));
  const keys = tx`copy vault.lookup_key (key, subject, generation) from stdin (format binary)`;
  await copyRows(tx, keys, (rows) => {
    for (const link of links) rows.begin(3).bytes(link.key).bytes(link.id).small(link.generation);
  });
  const target = tx`
    copy vault.wrapped_key (subject, insurer, wrapped, generation) from stdin (format binary)`;
  await copyRows(tx, target, (rows) => {
    for (const { id, insurers, generations } of people) {
      for (const each of insurers) {
        rows.begin(4).bytes(id).integer(each.insurer).bytes(each.wrapped).small(generations.insurer);
      }
    }
  });
}

/** How many people there are. */
export async function countPeople(db: Database): Promise<number> {
  const [row] = await db<{ people: string }[]>`select count(*) as people from vault.person`;
  return Number(row?.people ?? 0);
}

/** An insurer's key, wrapped. */
export type InsurerKeyRow = {
  readonly insurer: number;
  readonly generation: number;
  readonly wrapped: Buffer;
};

type FoundRow = {
  place: number;
  subject: string;
  insurer: number | null;
  wrapped: Buffer | null;
  insurer_wrapped: Buffer | null;
};
