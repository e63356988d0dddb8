import { intArray, uuidArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** What the ledger is still to hear of a claim: 1 that it explains, 4 that it does not any more. */
export type ToExplain = {
  readonly id: string;
  readonly organisation: number;
  readonly subject: string;
  readonly how: number;
};

/**
 * Takes claims that the ledger is to hear of. They are due again in half a minute: whoever took them and died
 * has lost nothing, and telling the ledger twice is telling it once.
 */
export async function takeToExplain(db: Database, most: number): Promise<ToExplain[]> {
  const rows = await db<ToExplain[]>`
    with taken as (
      update claims.to_explain set at = ledger.now() + interval '30 seconds'
       where claim in (select claim from claims.to_explain where at <= ledger.now()
                        order by at limit ${most} for update skip locked)
      returning claim, how)
    select c.id, c.organisation, c.subject, taken.how from taken join claims.claim c on c.id = taken.claim`;
  return [...rows];
}

/** The ledger heard: unless something else is due by now. */
export async function settleExplained(
  db: Database,
  done: readonly Pick<ToExplain, 'id' | 'how'>[],
): Promise<void> {
  if (done.length === 0) return;
  await db`
    delete from claims.to_explain e
     using unnest(${uuidArray(done.map(({ id }) => id))}::text::uuid[],
        ${intArray(done.map(({ how }) => how))}::text::smallint[]) as given(id, how)
     where e.claim = given.id and e.how = given.how`;
}

/**
 * Some account had as many given back today as it may: they are told again tomorrow, for 40 days; what was
 * not given back by then was forgiven by renewal, or never will be.
 */
export async function explainTomorrow(db: Database, limited: readonly string[]): Promise<void> {
  if (limited.length === 0) return;
  await db`
    with late as (
      delete from claims.to_explain e using claims.claim c
       where e.claim = any(${uuidArray(limited)}::text::uuid[]) and e.how = 1 and c.id = e.claim
         and c.decided_at <= ledger.now() - interval '40 days'
      returning e.claim)
    update claims.to_explain
       set at = (ledger.paris_day(ledger.now()) + 1)::timestamp at time zone 'Europe/Paris'
     where claim = any(${uuidArray(limited)}::text::uuid[]) and how = 1
       and claim not in (select claim from late)`;
}
