import { intArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** What whoever watches accounts needs to know of one: codes and a number. */
export type Watched = {
  readonly account: number;
  readonly profession: string;
  readonly organisation: number;
};

/** Those of the accounts that are described here; one that was opened a moment ago may not be yet. */
export async function readWatched(db: Database, accounts: readonly number[]): Promise<Watched[]> {
  const rows = await db<Watched[]>`
    select id as account, profession, organisation from access.account
     where id = any (${intArray(accounts)}::text::int[])`;
  return [...rows];
}
