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
      select claim, at as since from claims.to_explain where at <= ledger.now()
       order by at limit ${most} for update skip locked),
    taken as (
      update claims.to_explain e set at = ledger.now() + interval '30 seconds' from due
       where e.claim = due.claim
      returning e.claim, e.how, e.at, due.since)
    select c.id, c.organisation, c.subject, taken.how, taken.at::text as lease
      from taken join claims.claim c on c.id = taken.claim order by taken.since, c.id`;
  return [...rows];
}

/** The ledger heard; of what was changed while it was told, it is to hear now. */
export async function settleExplained(
  db: Database,
  told: readonly Pick<ToExplain, 'id' | 'how' | 'lease'>[],
): Promise<void> {
  if (told.length === 0) return;
  const ids = uuidArray(told.map(({ id }) => id));
  await db`
    delete from claims.to_explain e
     using unnest(${ids}::text::uuid[], ${intArray(told.map(({ how }) => how))}::text::smallint[],
        ${textArray(told.map(({ lease }) => lease))}::text::timestamptz[]) as given(id, how, lease)
     where e.claim = given.id and e.how = given.how and e.at = given.lease`;
  // What is left of them was changed meanwhile.
  await db`
    update claims.to_explain set at = least(at, ledger.now()) where claim = any(${ids}::text::uuid[])`;
}

/**
 * Once the ledger heard that claims explain nobody any more: others of the same houses for the same people
 * may explain them still, and it is to hear of one of them.
 */
export async function explainByAnother(
  db: Database,
  gone: readonly Pick<ToExplain, 'id' | 'organisation' | 'subject'>[],
): Promise<void> {
  if (gone.length === 0) return;
  await db`
    with chosen as (
      select distinct on (gone.organisation, gone.subject) other.id
        from unnest(${uuidArray(gone.map(({ id }) => id))}::text::uuid[],
          ${intArray(gone.map(({ organisation }) => organisation))}::text::int[],
          ${uuidArray(gone.map(({ subject }) => subject))}::text::uuid[]) as gone(id, organisation, subject)
        join claims.claim other on other.subject = gone.subject and other.organisation = gone.organisation
         and other.state = 2 and other.id <> gone.id
       order by gone.organisation, gone.subject, other.decided_at desc)
    insert into claims.to_explain as e (claim, how, at)
    -- One that is cancelled at this moment tells of the next one itself.
    select c.id, 1, ledger.now() from claims.claim c join chosen on chosen.id = c.id
     where c.state = 2 for share of c
    on conflict (claim) do update set at = least(e.at, excluded.at)`;
}

/**
 * Some account had as many given back today as it may: they are told again tomorrow, for 40 days; what was
 * not given back by then was forgiven by renewal, or never will be.
 */
export async function explainTomorrow(db: Database, limited: readonly string[]): Promise<void> {
  if (limited.length === 0) return;
  const ids = uuidArray(limited);
  await db`
    delete from claims.to_explain e using claims.claim c
     where e.claim = any(${ids}::text::uuid[]) and e.how = 1 and c.id = e.claim
       and c.decided_at <= ledger.now() - interval '40 days'`;
  await db`
    update claims.to_explain
       set at = (ledger.paris_day(ledger.now()) + 1)::timestamp at time zone 'Europe/Paris'
     where claim = any(${ids}::text::uuid[]) and how = 1`;
}
