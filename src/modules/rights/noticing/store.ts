import { byteaArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

const insertedAtOnce = 5_000;

/** What tells the marks of now from any others: their number and when the last was placed. */
export async function readHoneyVersion(db: Database): Promise<string> {
  const [row] =
    await db`select count(*) || ' ' || coalesce(max(placed_at)::text, '') as version from rights.honey`;
  return row?.version;
}

/** All marks, sorted, one after the other: one value, because rows would take ten times as long. */
export async function readHoneyMarks(db: Database): Promise<Buffer> {
  const [row] = await db`select string_agg(nir_key, ''::bytea order by nir_key) as marks from rights.honey`;
  return row?.marks ?? Buffer.alloc(0);
}

/** Puts these marks in the place of all that were there. */
export async function replaceHoney(tx: Transaction, marks: readonly Buffer[]): Promise<void> {
  await removeHoney(tx);
  for (let from = 0; from < marks.length; from += insertedAtOnce) {
    const some = byteaArray(marks.slice(from, from + insertedAtOnce));
    await tx`insert into rights.honey (nir_key) select unnest(${some}::text::bytea[]) on conflict do nothing`;
  }
}

/** Takes all marks away; how many there were. */
export async function removeHoney(tx: Transaction): Promise<number> {
  return (await tx`delete from rights.honey`).count;
}

/** How many honey persons there are. */
export async function countHoney(db: Database): Promise<number> {
  const [row] = await db<{ count: number }[]>`select count(*)::int as count from rights.honey`;
  return row?.count ?? 0;
}

/** Takes the marks away of numbers that somebody turned out to have. */
export async function dropHoney(tx: Transaction, nirKeys: readonly Buffer[]): Promise<void> {
  await tx`delete from rights.honey where nir_key = any(${byteaArray(nirKeys)}::text::bytea[])`;
}
