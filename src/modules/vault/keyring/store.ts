import { byteaArray, intArray, textArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** A wrapped key of one purpose and generation. */
export type PurposeRow = {
  readonly purpose: string;
  readonly generation: number;
  readonly state: 'current' | 'accepted';
  readonly derived: boolean;
  readonly masterId: Buffer;
  readonly wrapped: Buffer;
};

/** A new one: current, of the first generation. */
export type NewPurposeRow = Omit<PurposeRow, 'generation' | 'state'>;

/** How a rotation stands. */
export type KeyringState = { readonly version: bigint; readonly derived: boolean };

/** The version of the keys, and whether this database's first generation comes from the master key itself. */
export async function readKeyring(db: Database): Promise<KeyringState> {
  const [row] = await db<{ version: string; derived: boolean }[]>`
    select version::text as version, derived from vault.keyring`;
  if (row === undefined) throw new Error('the database has no keyring');
  return { version: BigInt(row.version), derived: row.derived };
}

/** Every wrapped key, the current one of each purpose first, with the version they were read at. */
export async function readPurposeRows(
  db: Database | Transaction,
): Promise<{ version: bigint; rows: PurposeRow[] }> {
  const rows = await db<(PurposeRow & { version: string })[]>`
    select k.version::text as version, p.purpose, p.generation, p.state, p.derived,
           p.master_id as "masterId", p.wrapped
      from vault.purpose_key p cross join vault.keyring k
     order by p.purpose, p.state desc, p.generation desc`;
  const version = BigInt(rows[0]?.version ?? 0);
  return { version, rows: rows.map(({ version: _, ...row }) => row) };
}

/** Adds first generations; a purpose that has a key keeps it: two servers may start at once. */
export async function addFirstPurposeRows(db: Database, rows: readonly NewPurposeRow[]): Promise<void> {
  await db`
    with added as (
      insert into vault.purpose_key (purpose, generation, state, derived, master_id, wrapped)
      select n.purpose, 1, 'current', n.derived, n.master_id, n.wrapped
        from unnest(
          ${textArray(rows.map((row) => row.purpose))}::text::text[],
          ${textArray(rows.map((row) => String(row.derived)))}::text::boolean[],
          ${byteaArray(rows.map((row) => row.masterId))}::text::bytea[],
          ${byteaArray(rows.map((row) => row.wrapped))}::text::bytea[])
          as n(purpose, derived, master_id, wrapped)
       where not exists (select from vault.purpose_key p where p.purpose = n.purpose)
      on conflict do nothing
      returning 1)
    update vault.keyring set version = version + 1 where exists (select from added)`;
}

/** Notes which version a server works with; gives the version there is now. */
export async function noteReader(db: Database, reader: string, version: bigint): Promise<bigint> {
  const [row] = await db<{ version: string }[]>`
    with noted as (
      insert into vault.key_reader as r (reader, version)
      values (${reader}::text::uuid, ${String(version)}::text::bigint)
      on conflict (reader) do update set version = excluded.version, at = clock_timestamp()
      returning 1)
    select version::text as version from vault.keyring, noted`;
  return BigInt(row?.version ?? 0);
}

/** Takes a server that stops from the list, and those that went without a word. */
export async function forgetReader(db: Database, reader: string): Promise<void> {
  await db`
    delete from vault.key_reader
     where reader = ${reader}::text::uuid or at < clock_timestamp() - interval '1 hour'`;
}

/** How many servers were seen in the last seconds, and how many of them lack this version. */
export async function countReaders(
  db: Database,
  version: bigint,
  seconds: number,
): Promise<{ live: number; behind: number }> {
  const [row] = await db<{ live: number; behind: number }[]>`
    select count(*)::int as live,
           count(*) filter (where version < ${String(version)}::text::bigint)::int as behind
      from vault.key_reader
     where at > clock_timestamp() - make_interval(secs => ${seconds}::int)`;
  return row ?? { live: 0, behind: 0 };
}

/** Adds an accepted generation to each purpose; runs inside the caller's transaction. */
export async function addGeneration(
  tx: Transaction,
  rows: readonly Omit<PurposeRow, 'state' | 'derived'>[],
): Promise<void> {
  await tx`
    insert into vault.purpose_key (purpose, generation, state, derived, master_id, wrapped)
    select n.purpose, n.generation, 'accepted', false, n.master_id, n.wrapped
      from unnest(
        ${textArray(rows.map((row) => row.purpose))}::text::text[],
        ${intArray(rows.map((row) => row.generation))}::text::smallint[],
        ${byteaArray(rows.map((row) => row.masterId))}::text::bytea[],
        ${byteaArray(rows.map((row) => row.wrapped))}::text::bytea[])
        as n(purpose, generation, master_id, wrapped)`;
}

/** Makes one generation of some purposes the current one; those before it are still accepted. */
export async function makeCurrent(
  tx: Transaction,
  purposes: readonly string[],
  generation: number,
): Promise<void> {
  const named = textArray(purposes);
  await tx`
    update vault.purpose_key set state = 'accepted'
     where purpose = any(${named}::text::text[]) and generation <> ${generation}::int`;
  await tx`
    update vault.purpose_key set state = 'current'
     where purpose = any(${named}::text::text[]) and generation = ${generation}::int`;
}

/** Destroys a generation of some purposes; how many keys it was. */
export async function destroyGeneration(
  tx: Transaction,
  purposes: readonly string[],
  generation: number,
): Promise<number> {
  const gone = await tx`
    delete from vault.purpose_key
     where purpose = any(${textArray(purposes)}::text::text[]) and generation = ${generation}::int
       and state = 'accepted'
    returning 1`;
  return gone.length;
}

/** Writes keys wrapped anew; fails unless each is still wrapped by the master key that was unwrapped. */
export async function rewrapPurposeRows(
  tx: Transaction,
  rows: readonly { purpose: string; generation: number; wrapped: Buffer }[],
  masters: { readonly from: Buffer; readonly to: Buffer },
): Promise<number> {
  const done = await tx`
    update vault.purpose_key p set wrapped = n.wrapped, master_id = ${masters.to}
      from unnest(
        ${textArray(rows.map((row) => row.purpose))}::text::text[],
        ${intArray(rows.map((row) => row.generation))}::text::smallint[],
        ${byteaArray(rows.map((row) => row.wrapped))}::text::bytea[]) as n(purpose, generation, wrapped)
     where p.purpose = n.purpose and p.generation = n.generation and p.master_id = ${masters.from}
    returning 1`;
  return done.length;
}

/** Tells servers that the keys changed; the version there is from then on. */
export async function raiseVersion(tx: Transaction): Promise<bigint> {
  const [row] = await tx<{ version: string }[]>`
    update vault.keyring set version = version + 1 returning version::text as version`;
  return BigInt(row?.version ?? 0);
}
