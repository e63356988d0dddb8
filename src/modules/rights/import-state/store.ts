import type { Database } from '../../../platform/database/connect.ts';

/** What is known of one file that came in. */
export type ImportState = {
  readonly id: string;
  readonly kind: string;
  readonly insurer: number | null;
  readonly state: string;
  readonly fileName: string | null;
  readonly lines: string;
  readonly rejected: string;
  /** When something was last heard of it, and how many seconds ago that was. */
  readonly updatedAt: string;
  readonly quietSeconds: number;
};

/** Imports that wait or run, and the last that ended of each kind and insurer; dry runs are left out. */
export async function readImportStates(db: Database): Promise<ImportState[]> {
  const [there] = await db`select to_regclass('rights.import') is not null as is_there`;
  if (there?.is_there !== true) return [];
  const rows = await db`
    select id::text, kind, insurer, state, file_name, lines::text, rejected::text,
           to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as updated_at,
           extract(epoch from now() - updated_at)::int as quiet_seconds
      from rights.import
     where not dry_run and (state in ('queued', 'running') or id in (
       select max(id) from rights.import
        where not dry_run and state not in ('queued', 'running') group by kind, insurer))
     order by import.id`;
  return rows.map(({ id, kind, insurer, state, file_name: fileName, lines, rejected, ...when }) => {
    const { updated_at: updatedAt, quiet_seconds: quietSeconds } = when;
    return { id, kind, insurer, state, fileName, lines, rejected, updatedAt, quietSeconds };
  });
}
