import type { Database } from '../../../platform/database/connect.ts';

/** Cases of a profession that reached a standing at most, by what became of them. */
export type BoardRow = {
  readonly profession: string;
  readonly level: number;
  readonly isShadow: boolean;
  readonly cases: number;
  readonly open: number;
  readonly answered: number;
  readonly undone: number;
  readonly confirmed: number;
  readonly expired: number;
};

/** Cases opened in the last days. */
export async function countCases(db: Database, days: number): Promise<BoardRow[]> {
  const rows = await db<BoardRow[]>`
    select profession, level, is_shadow as "isShadow", count(*)::int as cases,
        count(*) filter (where state = 'open')::int as open,
        count(*) filter (where state = 'answered')::int as answered,
        count(*) filter (where state = 'undone')::int as undone,
        count(*) filter (where state = 'confirmed')::int as confirmed,
        count(*) filter (where state = 'expired')::int as expired
      from guard.case_file where opened_at > ledger.now() - make_interval(days => ${days}::int)
     group by profession, level, is_shadow order by profession, level, is_shadow`;
  return [...rows];
}

/** What was watched of each profession in the last days. */
export async function sumWatched(
  db: Database,
  days: number,
): Promise<{ profession: string; accountDays: number; lookups: number }[]> {
  const rows = await db<{ profession: string; accountDays: number; lookups: number }[]>`
    select profession, sum(account_days)::float8 as "accountDays", sum(lookups)::float8 as lookups
      from guard.watched where day > ledger.paris_day(ledger.now()) - ${days}::int
     group by profession order by profession`;
  return [...rows];
}
