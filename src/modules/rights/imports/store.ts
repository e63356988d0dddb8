import type { Database } from '../../../platform/database/connect.ts';
import type { ImportCounts, ImportStart } from './keep-import.ts';

/** Files of this kind that were being imported when their process died; runs under the kind's lock. */
export async function endDeadImports(db: Database, start: ImportStart): Promise<void> {
  await db`
    update rights.import set state = 'interrupted', ended_at = now(), updated_at = now(),
      message = 'Its process ended before the file did. Import the file again.'
     where state = 'running' and kind = ${start.kind} and spool is null
       and insurer is not distinct from ${start.insurer ?? null}::int`;
}

/** Notes that a file is being imported; its number. */
export async function insertImport(db: Database, start: ImportStart): Promise<string> {
  const [row] = await db<{ id: string }[]>`
    insert into rights.import (kind, insurer, state, complete, dry_run, file_name, started_at)
    values (${start.kind}, ${start.insurer ?? null}, 'running', ${start.complete}, ${start.dryRun},
      ${start.fileName}, now())
    returning id::text as id`;
  if (row === undefined) throw new Error('rights.import returned no row');
  return row.id;
}

/** Notes how far an import is; `ended` is null while it goes on. */
export async function updateImport(
  db: Database,
  is: { id: string; counts: ImportCounts; ended: { state: string; message: string | null } | null },
): Promise<void> {
  const { lines, people, added, changed, unchanged, closed, rejected } = is.counts;
  await db`
    update rights.import set updated_at = now(), lines = ${lines}, people = ${people}, added = ${added},
      changed = ${changed}, unchanged = ${unchanged}, closed = ${closed}, rejected = ${rejected},
      state = coalesce(${is.ended?.state ?? null}::text, state),
      message = ${is.ended?.message ?? null}::text,
      ended_at = case when ${is.ended !== null}::boolean then now() end
     where id = ${is.id}::text::bigint`;
}
