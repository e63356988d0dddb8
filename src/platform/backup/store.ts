import type { Row } from 'postgres';
import { copyPieces } from '../database/binary-copy.ts';
import type { Database } from '../database/connect.ts';
import type { ArchivedPartition, ArchivedSequence, ArchivedTable, TableName } from './archive-format.ts';

/** A table of the catalogue, with how each column is hashed. */
export type CatalogueTable = ArchivedTable & { readonly hashed: readonly string[] };

/** Opens a view of the database as it is now, on a pool of one connection: nothing changes it any more. */
export async function beginSnapshot(db: Database): Promise<void> {
  await db.unsafe('begin isolation level repeatable read read only');
  // The first statement takes the snapshot. A big table is read from its beginning, whoever else reads it.
  await db.unsafe('set local synchronize_seqscans = off');
  // Bounds of partitions are printed in it.
  await db.unsafe("set local timezone = 'UTC'");
}

/**
 * Every table of every schema of ours that holds rows, from the catalogue: a new table cannot be forgotten.
 * Parts of a partitioned table stand for it.
 */
export async function listTables(db: Database): Promise<CatalogueTable[]> {
  return db<CatalogueTable[]>`
    select n.nspname as schema, c.relname as name,
           coalesce(json_agg(a.attname order by a.attnum) filter (where a.attname is not null),
             '[]') as columns,
           -- json alone has no equality, and so no hash.
           coalesce(json_agg(quote_ident(a.attname)
             || case when a.atttypid in ('json'::regtype, 'xml'::regtype) then '::text' else '' end
             order by a.attnum) filter (where a.attname is not null), '[]') as hashed
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_attribute a
        on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and c.relpersistence <> 't'
       and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     group by n.nspname, c.relname order by n.nspname, c.relname`;
}

/** Which table refers to which. */
export async function listReferences(db: Database): Promise<{ from: TableName; to: TableName }[]> {
  const rows = await db`
    select fn.nspname as from_schema, f.relname as from_name, tn.nspname as to_schema, t.relname as to_name
      from pg_constraint k
      join pg_class f on f.oid = k.conrelid join pg_namespace fn on fn.oid = f.relnamespace
      join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
     where k.contype = 'f' and f.oid <> t.oid`;
  return rows.map((row) => ({
    from: { schema: row.from_schema, name: row.from_name },
    to: { schema: row.to_schema, name: row.to_name },
  }));
}

/** The parts of partitioned tables, those that have parts first, with what vigie_server may do with them. */
export async function listPartitions(db: Database): Promise<ArchivedPartition[]> {
  const rows = await db`
    select n.nspname as schema, c.relname as name, pn.nspname as parent_schema, p.relname as parent_name,
           pg_get_expr(c.relpartbound, c.oid) as bound,
           (select coalesce(json_agg(distinct lower(e.privilege_type)), '[]') from aclexplode(c.relacl) e
              join pg_roles r on r.oid = e.grantee where r.rolname = 'vigie_server') as grants
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_inherits i on i.inhrelid = c.oid
      join pg_class p on p.oid = i.inhparent
      join pg_namespace pn on pn.oid = p.relnamespace
     where c.relispartition and c.relkind in ('r', 'p') and n.nspname !~ '^pg_'
     order by c.relkind = 'p' desc, n.nspname, c.relname`;
  return rows.map(({ schema, name, parent_schema, parent_name, bound, grants }) => {
    return { schema, name, parent: { schema: parent_schema, name: parent_name }, bound, grants };
  });
}

/** Where each sequence stands: never behind the rows of a snapshot that was taken before. */
export async function readSequences(db: Database): Promise<ArchivedSequence[]> {
  const names = await db<TableName[]>`
    select n.nspname as schema, c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
     order by n.nspname, c.relname`;
  const sequences: ArchivedSequence[] = [];
  for (const { schema, name } of names) {
    const [row] = await db`select last_value::text as value, is_called from ${db(schema)}.${db(name)}`;
    sequences.push({ schema, name, value: row?.value, isCalled: row?.is_called });
  }
  return sequences;
}

/** The version of PostgreSQL as a number: 180004. */
export async function readVersion(db: Database): Promise<number> {
  const [row] = await db`select current_setting('server_version_num')::int as version`;
  return row?.version;
}

/** Gives a pool of one connection all the time that a large table may need. */
export async function beginLoad(db: Database): Promise<void> {
  await db.unsafe('set statement_timeout = 0');
  await db.unsafe('set idle_in_transaction_session_timeout = 0');
}

/** The rows of a table in PostgreSQL's own binary format, as they stream. */
export async function* readRows(db: Database, table: ArchivedTable): AsyncGenerator<Buffer> {
  const copy = `copy ${nameOf(table)} (${columnsOf(table)}) to stdout (format binary)`;
  const stream = await db.unsafe(copy).readable();
  yield* stream;
  // The driver stops the connection while its stream is full, and forgets it when the stream ends meanwhile:
  // what it reads with makes the connection go on.
  stream._read(0);
}

/** How many rows a table has, and a digest of them in any order. */
export async function readContent(
  db: Database,
  table: CatalogueTable,
): Promise<{ rows: string; content: string }> {
  const [row] = await db.unsafe(
    `select count(*)::text as rows,
            coalesce(bit_xor(hash_record_extended(row(${table.hashed.join(', ')}), 0)), 0)::text as content
       from ${nameOf(table)}`,
  );
  return { rows: row?.rows, content: row?.content };
}

/** Makes a part of a partitioned table, unless it is there. */
export async function createPartition(db: Database, part: ArchivedPartition): Promise<void> {
  const [there] = await db`select to_regclass(${nameOf(part)}) is not null as is_there`;
  if (there?.is_there === true) return;
  await db.unsafe(`create table ${nameOf(part)} partition of ${nameOf(part.parent)} ${part.bound}`);
  for (const grant of part.grants) await db.unsafe(`grant ${grant} on ${nameOf(part)} to vigie_server`);
}

/** Empties tables that refer to each other: a migration may have put rows in. */
export async function emptyTables(db: Database, tables: readonly TableName[]): Promise<void> {
  if (tables.length > 0) await db.unsafe(`truncate ${tables.map(nameOf).join(', ')}`);
}

/** Puts rows into a table as they were read; the pool has one connection, the transaction is this one's. */
export async function writeRows(
  db: Database,
  table: ArchivedTable,
  pieces: AsyncIterable<Buffer>,
): Promise<void> {
  await db.unsafe('begin');
  // What a trigger would do was done when the rows were first written. References are checked all the same.
  await db.unsafe(`alter table ${nameOf(table)} disable trigger user`);
  const copy = db.unsafe<Row[]>(`copy ${nameOf(table)} (${columnsOf(table)}) from stdin (format binary)`);
  await copyPieces(copy, pieces, () => db.unsafe(`alter table ${nameOf(table)} enable trigger user`));
  await db.unsafe('commit');
}

/** Puts a sequence where it was. */
export async function setSequence(db: Database, sequence: ArchivedSequence): Promise<void> {
  await db`select setval(${nameOf(sequence)}::text::regclass, ${sequence.value}::text::bigint,
      ${sequence.isCalled}::boolean)`;
}

/** Lets the planner know the tables that were just filled. */
export async function analyze(db: Database): Promise<void> {
  await db.unsafe('analyze');
}

/** A table's name as PostgreSQL reads it. */
export function nameOf({ schema, name }: TableName): string {
  return `${quote(schema)}.${quote(name)}`;
}

function columnsOf({ columns }: ArchivedTable): string {
  return columns.map(quote).join(', ');
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
