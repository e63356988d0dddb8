import { textArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { ListedInsurer } from './insurer-row.ts';
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

/** Every insurer, as files tell of them. */
export async function readListedInsurers(db: Database): Promise<ListedInsurer[]> {
  const rows = await db<{ amcCode: string; name: string; types: string }[]>`
    select amc_code as "amcCode", name, array_to_string(convention_types, ' ') as types from rights.insurer`;
  return rows.map(({ amcCode, name, types }) => ({
    amcCode,
    name,
    conventionTypes: types === '' ? [] : types.split(' '),
  }));
}

/** The numbers of all insurers. */
export async function readInsurerNumbers(db: Database): Promise<number[]> {
  const rows = await db<{ id: number }[]>`select id from rights.insurer order by id`;
  return rows.map(({ id }) => id);
}

/** Adds insurers under the next numbers, in the order given, and changes those that are there. */
export async function writeListedInsurers(db: Database, insurers: readonly ListedInsurer[]): Promise<void> {
  const codes = textArray(insurers.map((each) => each.amcCode));
  const names = textArray(insurers.map((each) => each.name));
  const types = textArray(insurers.map((each) => each.conventionTypes.join(' ')));
  await db`
    with given as (
      select * from unnest(${codes}::text::text[], ${names}::text::text[], ${types}::text::text[])
        with ordinality g(amc_code, name, types, place)),
    changed as (
      update rights.insurer i set name = given.name, convention_types = string_to_array(given.types, ' ')
        from given where i.amc_code = given.amc_code
      returning i.amc_code)
    insert into rights.insurer (id, amc_code, name, convention_types)
    select (select coalesce(max(id), 0) from rights.insurer) + row_number() over (order by given.place),
        given.amc_code, given.name, string_to_array(given.types, ' ')
      from given where given.amc_code not in (select amc_code from rights.insurer)`;
}
