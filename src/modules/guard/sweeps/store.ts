import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** A sweep as a list shows it. */
export type SweepRow = {
  readonly sweep: string;
  readonly campaign: string | null;
  readonly case: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly from: Date;
  readonly to: Date;
  readonly entries: number;
};

/** Sweeps, the newest first; of one campaign alone, if asked. */
export async function listSweepRows(
  db: Database,
  asked: { readonly most: number; readonly campaign?: string },
): Promise<SweepRow[]> {
  const rows = await db<SweepRow[]>`
    select * from (
      select s.id::text as sweep, s.case_file::text as case, s.started_at as "startedAt",
          s.ended_at as "endedAt", s.from_at as "from", s.to_at as "to", s.entries::float8 as entries,
          (select max(coalesce(c.part_of, c.id))::text from guard.campaign_member m
             join guard.campaign c on c.id = m.campaign where m.account = s.account) as campaign
        from guard.sweep s) all_of_them
     where ${asked.campaign ?? null}::text is null or campaign = ${asked.campaign ?? null}::text
     order by "startedAt" desc, sweep::bigint desc
     limit ${asked.most}::int`;
  return [...rows];
}

/** An account that a sweep found; families as a set. */
export type FoundRow = {
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly families: number;
  readonly people: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
};

/** Whom a sweep found, those with the most people first. */
export async function listFound(db: Database, sweep: string): Promise<FoundRow[]> {
  const rows = await db<FoundRow[]>`
    select account, organisation, profession, families, people, first_at as "firstAt", last_at as "lastAt"
      from guard.sweep_account where sweep = ${sweep}::text::bigint
     order by people desc, account limit 1000`;
  return [...rows];
}

/** Asks for a sweep, once a case. */
export async function insertSweep(
  tx: Transaction,
  asked: { readonly caseFile: string; readonly account: number; readonly days: number },
): Promise<void> {
  await tx`
    insert into guard.sweep (case_file, account, started_at, from_at, to_at)
    values (${asked.caseFile}::text::bigint, ${asked.account}, ledger.now(),
      ledger.now() - make_interval(days => ${asked.days}::int), ledger.now())
    on conflict (case_file) do nothing`;
}
