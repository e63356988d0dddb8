import { intArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { Role } from '../roles.ts';

/** Makes an empty database a demo; fails when it has accounts. */
export async function markDemo(db: Database): Promise<void> {
  await db`select access.mark_demo()`;
}

/** Whether the database was made as a demo. */
export async function isDemo(db: Database): Promise<boolean> {
  const [row] = await db`select exists (select from access.demo) as is_demo`;
  return row?.is_demo === true;
}

/** Lets anybody at the demo's door into an account; only a demo can hold one. */
export async function insertDemoAccount(db: Database, account: number): Promise<void> {
  await db`insert into access.demo_account (account) values (${account})`;
}

/** Lets a replayed theft into accounts of a demo; the door does not offer them. */
export async function insertStolenAccounts(db: Database, accounts: readonly number[]): Promise<void> {
  await db`
    insert into access.demo_account (account, is_listed)
    select account, false from unnest(${intArray(accounts)}::text::int[]) as given(account)
    on conflict do nothing`;
}

/** An account of the door, its holder's name still sealed. */
export type DoorRow = {
  readonly account: number;
  readonly role: Role;
  readonly profession: string;
  readonly holderSealed: Buffer;
};

/** Who waits behind the door. */
export async function listDemoAccounts(db: Database): Promise<DoorRow[]> {
  const rows = await db<DoorRow[]>`
    select a.id as account, a.role, a.profession, a.holder_sealed as "holderSealed"
      from access.demo_account d join access.account a on a.id = d.account
     where d.is_listed order by a.id`;
  return [...rows];
}

/** Begins a session without a passkey, of an account of the door; false for any other. */
export async function insertDemoSession(
  db: Database,
  row: { hash: Buffer; account: number; network: number; client: number },
): Promise<boolean> {
  const rows = await db`
    insert into access.session (hash, account, by_demo, network, client)
    select ${row.hash}, d.account, d.account, ${row.network}, ${row.client}
      from access.demo_account d where d.account = ${row.account} returning session`;
  return rows.length === 1;
}
