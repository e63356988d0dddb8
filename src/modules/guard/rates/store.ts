import type { Database } from '../../../platform/database/connect.ts';

/** Accounts that a person confirmed to be stolen, now or ever. */
export async function readConfirmed(db: Database): Promise<number[]> {
  const rows = await db<{ account: number }[]>`
    select distinct account from guard.case_file where state = 'confirmed'`;
  return rows.map(({ account }) => account);
}
