import { byteaArray, intArray } from '../../platform/database/arrays.ts';
import { copyRows, type Transaction } from '../../platform/database/binary-copy.ts';
import type { Database } from '../../platform/database/connect.ts';
import type { FoundSubject, WrappedKey } from './held.ts';
import type { SealedPerson } from './sealed-person.ts';

/** Finds people by lookup keys, many at once: one answer a key, null where nobody is found. */
export async function findSubjects(
  db: Database,
  lookupKeys: readonly Buffer[],
): Promise<(FoundSubject | null)[]> {
  const rows = await db<FoundRow[]>`
    select asked.place::int as place, l.subject, w.insurer, w.wrapped, i.wrapped as insurer_wrapped
    from unnest(${byteaArray(lookupKeys)}::text::bytea[]) with ordinality as asked(key, place)
    join vault.lookup_key l on l.key = asked.key
    left join vault.wrapped_key w on w.subject = l.subject
    left join vault.insurer_key i on i.insurer = w.insurer
    order by place, w.insurer`;
  const found: ({ subject: string; keys: WrappedKey[] } | null)[] = lookupKeys.map(() => null);
  for (const row of rows) {
    const person = found[row.place - 1] ?? { subject: row.subject, keys: [] };
    found[row.place - 1] = person;
    if (row.wrapped === null || row.insurer_wrapped === null || row.insurer === null) continue;
    person.keys.push({ insurer: row.insurer, wrapped: row.wrapped, insurerWrapped: row.insurer_wrapped });
  }
  return found;
}

/** A person's sealed presence key, or null. */
export async function readPresenceKey(db: Database, subject: string): Promise<Buffer | null> {
  const [row] = await db<{ presence_key: Buffer }[]>`
    select presence_key from vault.person where subject = ${subject}`;
  return row?.presence_key ?? null;
}

/** Uses one step of a person's card, or counts a wrong code; true only if the step was still unused. */
export async function consumeStep(
  db: Database,
  use: { account: number; day: string; subject: string | null; step: bigint | null; limit: number },
): Promise<boolean> {
  const step = use.step === null ? null : String(use.step);
  const [row] = await db<{ accepted: boolean }[]>`
    select vault.consume_presence(${use.account}, ${use.day}::text::date, ${use.subject},
        ${step}::text::bigint,
      ${use.limit}) as accepted`;
  return row?.accepted === true;
}

/** Adds insurers' wrapped keys; an insurer that has one keeps it. */
export async function addInsurerKeys(
  db: Database,
  rows: readonly { insurer: number; wrapped: Buffer }[],
): Promise<void> {
  const insurers = intArray(rows.map((row) => row.insurer));
  const wrapped = byteaArray(rows.map((row) => row.wrapped));
  await db`
    insert into vault.insurer_key (insurer, wrapped)
    select * from unnest(${insurers}::text::int[], ${wrapped}::text::bytea[])
    on conflict (insurer) do nothing`;
}

/** Every insurer's wrapped key. */
export async function readInsurerKeys(db: Database): Promise<{ insurer: number; wrapped: Buffer }[]> {
  return [
    ...(await db<{ insurer: number; wrapped: Buffer }[]>`select insurer, wrapped from vault.insurer_key`),
  ];
}

/** Writes sealed people with their lookup keys and wrapped keys; runs inside the caller's transaction. */
export async function copyPeople(tx: Transaction, people: readonly SealedPerson[]): Promise<void> {
  await copyRows(tx, tx`copy vault.person (subject, presence_key) from stdin (format binary)`, (rows) => {
    for (const person of people) rows.begin(2).bytes(person.id).bytes(person.presenceKey);
  });
  // Rows enter the index in order of their keys: neighbours share pages, which halves the writes.
  const links = people.flatMap((person) => person.lookupKeys.map((key) => ({ key, id: person.id })));
  links.sort((a, b) => a.key.compare(b.key));
  await copyRows(tx, tx`copy vault.lookup_key (key, subject) from stdin (format binary)`, (rows) => {
    for (const link of links) rows.begin(2).bytes(link.key).bytes(link.id);
  });
  const target = tx`copy vault.wrapped_key (subject, insurer, wrapped) from stdin (format binary)`;
  await copyRows(tx, target, (rows) => {
    for (const person of people) {
      for (const each of person.insurers) {
        rows.begin(3).bytes(person.id).integer(each.insurer).bytes(each.wrapped);
      }
    }
  });
}

/** How many people there are. */
export async function countPeople(db: Database): Promise<number> {
  const [row] = await db<{ people: string }[]>`select count(*) as people from vault.person`;
  return Number(row?.people ?? 0);
}

type FoundRow = {
  place: number;
  subject: string;
  insurer: number | null;
  wrapped: Buffer | null;
  insurer_wrapped: Buffer | null;
};
