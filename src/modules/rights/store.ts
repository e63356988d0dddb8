import { intArray, textArray, uuidArray } from '../../platform/database/arrays.ts';
import type { Database } from '../../platform/database/connect.ts';
import type { SealedFacts } from '../vault/index.ts';

/** A complementary payer; its code is the one printed on cards. */
export type Insurer = { readonly id: number; readonly amcCode: string; readonly name: string };

/** What insurers say of people, sealed; many people at once, in no order. */
export async function readSealed(db: Database, subjects: readonly string[]): Promise<SealedFacts[]> {
  const rows = await db<SealedFacts[]>`
    select subject, insurer, ciphertext from rights.sealed
    where subject = any(${uuidArray(subjects)}::text::uuid[])`;
  return [...rows];
}

/** Every insurer. */
export async function readInsurers(db: Database): Promise<Insurer[]> {
  const rows = await db<Insurer[]>`select id, amc_code as "amcCode", name from rights.insurer order by id`;
  return [...rows];
}

/** The insurer of an AMC number, as text: leading zeros count. */
export async function findInsurer(db: Database, amcCode: string): Promise<Insurer | undefined> {
  const [row] = await db<Insurer[]>`
    select id, amc_code as "amcCode", name from rights.insurer where amc_code = ${amcCode}`;
  return row;
}

/** Adds the insurers that are not there yet. */
export async function addInsurers(db: Database, insurers: readonly Insurer[]): Promise<void> {
  await db`
    insert into rights.insurer (id, amc_code, name)
    select * from unnest(
      ${intArray(insurers.map((each) => each.id))}::text::int[],
      ${textArray(insurers.map((each) => each.amcCode))}::text::text[],
      ${textArray(insurers.map((each) => each.name))}::text::text[])
    on conflict (id) do nothing`;
}

/** Returns once every earlier commit is on disk: a transaction with a number waits for the log up to it. */
export async function flushCommits(db: Database): Promise<void> {
  await db`select pg_current_xact_id()`;
}

/** Keeps why a professional explained a drawn person by hand. */
export async function insertExplanation(
  db: Database,
  row: { lane: number; seq: bigint; account: number; reason: string; toReview: boolean },
): Promise<void> {
  await db`
    insert into rights.explanation (lane, seq, account, reason, to_review)
    values (${row.lane}::int::smallint, ${String(row.seq)}::text::bigint, ${row.account}, ${row.reason},
      ${row.toReview})`;
}
