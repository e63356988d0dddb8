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
    update claims.claim set explain_at = ledger.now() + interval '30 seconds'
     where id in (select id from claims.claim
                   where explain_how is not null and explain_at <= ledger.now()
                   order by explain_at limit ${most} for update skip locked)
    returning id, organisation, subject, explain_how as how`;
  return [...rows];
}

/** The ledger heard: unless something else is due by now. */
export async function settleExplained(
  db: Database,
  done: readonly Pick<ToExplain, 'id' | 'how'>[],
): Promise<void> {
  if (done.length === 0) return;
  await db`
    update claims.claim c set explain_how = null, explain_at = null
      from unnest(${uuidArray(done.map(({ id }) => id))}::text::uuid[],
        ${intArray(done.map(({ how }) => how))}::text::smallint[]) as given(id, how)
     where c.id = given.id and c.explain_how = given.how`;
}

/**
 * Some account had as many given back today as it may: they are told again tomorrow, for 40 days; what was
 * not given back by then was forgiven by renewal, or never will be.
 */
export async function explainTomorrow(db: Database, limited: readonly string[]): Promise<void> {
  if (limited.length === 0) return;
  await db`
    update claims.claim set
        explain_how = case when decided_at > ledger.now() - interval '40 days' then explain_how end,
        explain_at = (ledger.paris_day(ledger.now()) + 1)::timestamp at time zone 'Europe/Paris'
     where id = any(${uuidArray(limited)}::text::uuid[]) and explain_how = 1`;
}
