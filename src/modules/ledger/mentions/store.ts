import type { Database } from '../../../platform/database/connect.ts';

/** Where the ledger names a subject. */
export type Mentions = { readonly entries: number; readonly pairs: number };

/** How often the ledger names a subject: entries are for ever, pairs say which accounts drew the person. */
export async function countMentions(db: Database, subject: string): Promise<Mentions> {
  return db.begin(async (tx) => {
    // Entries are not indexed by person: reading all of them may take minutes.
    await tx`set local statement_timeout = 0`;
    const [row] = await tx<{ entries: string; pairs: string }[]>`
      select (select count(*) from ledger.entry where subject = ${subject}::text::uuid) as entries,
             (select count(*) from ledger.pair where subject = ${subject}::text::uuid) as pairs`;
    return { entries: Number(row?.entries ?? 0), pairs: Number(row?.pairs ?? 0) };
  });
}
