import { intArray } from '../../src/platform/database/arrays.ts';
import type { Database } from '../../src/platform/database/connect.ts';

/** An account that may be stolen. */
export type Candidate = { readonly account: number; readonly profession: string };

/**
 * Open accounts of professionals that serve so many people at least, of mixed professions; those that the
 * door offers are left to whoever tries them, and those that were stolen before come last.
 */
export async function listCandidates(
  db: Database,
  asked: { readonly most: number; readonly peopleLeast: number },
): Promise<Candidate[]> {
  const rows = await db<Candidate[]>`
    select a.id as account, a.profession from access.account a
      join ledger.account l on l.account = a.id
      left join access.demo_account d on d.account = a.id
     where a.role = 'professional' and l.standing = 0 and not coalesce(d.is_listed, false)
       and (select count(*) from ledger.pair p where p.lane = l.lane and p.account = a.id)
         >= ${asked.peopleLeast}::int
     order by d.account is not null, md5(a.id::text) limit ${asked.most}::int`;
  return [...rows];
}

/** Whom accounts know, by the ledger's names. */
export async function listKnown(
  db: Database,
  accounts: readonly number[],
): Promise<{ readonly account: number; readonly subject: string }[]> {
  const rows = await db<{ account: number; subject: string }[]>`
    select account, subject::text as subject from ledger.pair
     where account = any (${intArray(accounts)}::text::int[])`;
  return [...rows];
}
