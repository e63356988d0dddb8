import { intArray, textArray, uuidArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** What the ledger is still to hear of a claim: 1 that it explains, 4 that it does not any more. */
export type ToExplain = {
  readonly id: string;
  readonly organisation: number;
  readonly subject: string;
  readonly how: number;
  /** Until when it is taken: what was changed meanwhile has another. */
  readonly lease: string;
};

/**
 * Takes claims that the ledger is to hear of, those that wait longest first. They are due again in half a
 * minute: whoever took them and died has lost nothing, and telling the ledger twice is telling it once.
 */
export async function takeToExplain(db: Database, most: number): Promise<ToExplain[]> {
  const rows = await db<ToExplain[]>`
    with due as (
      select id, explain_at as since from claims.claim
       where explain_how is not null and explain_at <= ledger.now()
       order by explain_at limit ${most} for update skip locked),
    taken as (
      update claims.claim c set explain_at = ledger.now() + interval '30 seconds' from due
       where c.id = due.id
      returning c.id, c.organisation, c.subject, c.explain_how, c.explain_at, due.since)
    select id, organisation, subject, explain_how as how, explain_at::text as lease
      from taken order by since, id`;
  return [...rows];
}

/** The ledger heard. What changed while it was told is due at once: the ledger is to hear of that too. */
export async function settleExplained(
  db: Database,
  told: readonly Pick<ToExplain, 'id' | 'how' | 'lease'>[],
): Promise<void> {
  if (told.length === 0) return;
  // One statement a row: one that waits for a claim that is just changed decides by what it became.
  await db`
    update claims.claim c set
        explain_how = case when c.explain_how <> given.how or c.explain_at <> given.lease then c.explain_how end,
        explain_at = case when c.explain_how <> given.how or c.explain_at <> given.lease
          then least(c.explain_at, ledger.now()) end
      from unnest(${uuidArray(told.map(({ id }) => id))}::text::uuid[],
        ${intArray(told.map(({ how }) => how))}::text::smallint[],
        ${textArray(told.map(({ lease }) => lease))}::text::timestamptz[]) as given(id, how, lease)
     where c.id = given.id and c.explain_how is not null`;
}

/**
 * Once the ledger heard that claims explain nobody any more: others of the same houses for the same people may
 * explain them still, and it is to hear of one of them.
 */
export async function explainByAnother(
  db: Database,
  gone: readonly Pick<ToExplain, 'id' | 'organisation' | 'subject'>[],
): Promise<void> {
  if (gone.length === 0) return;
  await db`
    update claims.claim set explain_how = 1, explain_at = ledger.now()
     -- One that is cancelled at this moment tells of the next one itself.
     where state = 2 and id in (
       select distinct on (gone.organisation, gone.subject) other.id
         from unnest(${uuidArray(gone.map(({ id }) => id))}::text::uuid[],
           ${intArray(gone.map(({ organisation }) => organisation))}::text::int[],
           ${uuidArray(gone.map(({ subject }) => subject))}::text::uuid[]) as gone(id, organisation, subject)
         join claims.claim other on other.subject = gone.subject and other.organisation = gone.organisation
          and other.state = 2 and other.id <> gone.id
        order by gone.organisation, gone.subject, other.decided_at desc)`;
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
