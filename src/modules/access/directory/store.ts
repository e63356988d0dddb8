import { byteaArray, intArray, textArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

/** An organisation that a directory listed. */
export type ListedOrganisation = {
  readonly id: number;
  readonly index: Buffer;
  readonly nameSealed: Buffer;
};

/** The organisations of these keyed indexes that are there. Without `is not null` no index would serve. */
export async function findOrganisations(
  db: Database,
  indexes: readonly Buffer[],
): Promise<ListedOrganisation[]> {
  const rows = await db<ListedOrganisation[]>`
    select id, external_index as index, name_sealed as "nameSealed" from access.organisation
     where external_index = any(${byteaArray(indexes)}::text::bytea[])
       and external_index is not null`;
  return [...rows];
}

/** Adds organisations that a directory lists; those that came in meanwhile stay as they are. */
export async function insertOrganisations(
  db: Database,
  rows: readonly { index: Buffer; keySealed: Buffer; nameSealed: Buffer }[],
): Promise<void> {
  await db`
    insert into access.organisation (external_index, external_sealed, name_sealed)
    select * from unnest(
      ${byteaArray(rows.map((row) => row.index))}::text::bytea[],
      ${byteaArray(rows.map((row) => row.keySealed))}::text::bytea[],
      ${byteaArray(rows.map((row) => row.nameSealed))}::text::bytea[])
    on conflict (external_index) where external_index is not null do nothing`;
}

/** Gives organisations other names. */
export async function renameOrganisations(
  db: Database,
  rows: readonly { id: number; nameSealed: Buffer }[],
): Promise<void> {
  await db`
    update access.organisation o set name_sealed = given.name_sealed
      from unnest(
        ${intArray(rows.map((row) => row.id))}::text::int[],
        ${byteaArray(rows.map((row) => row.nameSealed))}::text::bytea[]) given(id, name_sealed)
     where o.id = given.id`;
}

/** An account that a directory listed. */
export type ListedAccount = {
  readonly id: number;
  readonly index: Buffer;
  readonly profession: string;
  readonly holderSealed: Buffer;
  readonly isUnlisted: boolean;
  /** Whether it is found by its professional alone: those of before Pro Santé Connect are not yet. */
  readonly hasProfessional: boolean;
};

/** The accounts of these keyed indexes that are there. */
export async function findListedAccounts(db: Database, indexes: readonly Buffer[]): Promise<ListedAccount[]> {
  const rows = await db<ListedAccount[]>`
    select id, external_index as index, profession, holder_sealed as "holderSealed",
        unlisted_at is not null as "isUnlisted", rpps_index is not null as "hasProfessional"
      from access.account
     where external_index = any(${byteaArray(indexes)}::text::bytea[]) and external_index is not null`;
  return [...rows];
}

/** Adds accounts that the ledger opened in the same transaction. */
export async function insertListedAccounts(
  tx: Transaction,
  rows: readonly {
    account: number;
    organisation: number;
    profession: string;
    holderSealed: Buffer;
    index: Buffer;
    rppsIndex: Buffer;
  }[],
): Promise<void> {
  await tx`
    insert into access.account (id, organisation, profession, holder_sealed, external_index,
      rpps_index)
    select * from unnest(
      ${intArray(rows.map((row) => row.account))}::text::int[],
      ${intArray(rows.map((row) => row.organisation))}::text::int[],
      ${textArray(rows.map((row) => row.profession))}::text::text[],
      ${byteaArray(rows.map((row) => row.holderSealed))}::text::bytea[],
      ${byteaArray(rows.map((row) => row.index))}::text::bytea[],
      ${byteaArray(rows.map((row) => row.rppsIndex))}::text::bytea[])`;
}

/** Gives accounts what the directory now says of their holders, and marks them as listed. */
export async function updateHolders(
  db: Database,
  rows: readonly { id: number; holderSealed: Buffer; rppsIndex: Buffer }[],
): Promise<void> {
  await db`
    update access.account a set holder_sealed = given.holder_sealed, unlisted_at = null,
        rpps_index = given.rpps_index
      from unnest(
        ${intArray(rows.map((row) => row.id))}::text::int[],
        ${byteaArray(rows.map((row) => row.holderSealed))}::text::bytea[],
        ${byteaArray(rows.map((row) => row.rppsIndex))}::text::bytea[]) given(id, holder_sealed, rpps_index)
     where a.id = given.id`;
}

/** The next accounts that came from a directory and were not marked as missing from it, by number. */
export async function readListedAccounts(db: Database, after: number, limit: number): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select id from access.account
     where id > ${after} and external_index is not null and unlisted_at is null
     order by id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Marks an account as missing from the directory; no session or invitation holds any more. */
export async function closeListedAccount(db: Database, account: number): Promise<void> {
  await db`
    with ended as (
      update access.session set ended_at = now(), ended_by = 0
       where account = ${account} and ended_at is null),
    withdrawn as (
      update access.invitation set withdrawn_at = now()
       where account = ${account} and used_at is null and withdrawn_at is null)
    update access.account set unlisted_at = now() where id = ${account}`;
}

/** Which of these accounts there are. */
export async function findAccounts(db: Database, accounts: readonly number[]): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select id from access.account where id = any(${intArray(accounts)}::text::int[])`;
  return rows.map(({ id }) => id);
}
