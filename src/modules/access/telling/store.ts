import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { Role } from '../roles.ts';

/** What a holder is told of. The table's own list says the same. */
export type ToldChange =
  | 'enrolled'
  | 'passkey-added'
  | 'passkey-removed'
  | 'recovered'
  | 'invited'
  | 'sessions-ended'
  | 'suspended'
  | 'open'
  | 'allowance'
  | 'guard-restricted'
  | 'guard-suspended'
  | 'guard-expired';

/** A change to tell of: numbers and codes, nobody's name. */
export type ToTell = {
  readonly account: number;
  readonly what: ToldChange;
  readonly by: number;
  readonly cap: number | null;
  readonly at: Date;
  readonly byRole: Role | null;
  readonly holderSealed: Buffer;
};

/** Notes what the holder must be told of, in the transaction of the change. */
export async function noteToTell(
  tx: Transaction,
  { account, what, by }: { account: number; what: ToldChange; by: number },
): Promise<void> {
  await tx`insert into access.to_tell (account, what, by) values (${account}, ${what}, ${by})`;
}

/** Takes the oldest changes out; whoever takes them keeps what they became in the same transaction. */
export async function takeToTell(tx: Transaction, most: number): Promise<ToTell[]> {
  const rows = await tx<ToTell[]>`
    with taken as (
      delete from access.to_tell where id in (
        select id from access.to_tell order by id limit ${most} for update skip locked)
      returning id, account, what, by, cap, at)
    select t.account, t.what, t.by, t.cap, t.at, b.role as "byRole", a.holder_sealed as "holderSealed"
      from taken t join access.account a on a.id = t.account
      left join access.account b on b.id = t.by order by t.id`;
  return [...rows];
}

/** How many changes wait to become messages. */
export async function countToTell(db: Database): Promise<number> {
  const [row] = await db`select count(*)::int as waiting from access.to_tell`;
  return row?.waiting;
}

/** The holders of every account of a role that some passkey signs in to, still sealed. */
export async function listHolders(
  db: Database | Transaction,
  role: Role,
): Promise<{ account: number; holderSealed: Buffer }[]> {
  const rows = await db<{ account: number; holderSealed: Buffer }[]>`
    select id as account, holder_sealed as "holderSealed" from access.account
     where role = ${role} order by id`;
  return [...rows];
}

/** The holders of an organisation's administrators, still sealed. */
export async function listAdministrators(
  db: Database | Transaction,
  organisation: number,
): Promise<{ account: number; holderSealed: Buffer }[]> {
  const rows = await db<{ account: number; holderSealed: Buffer }[]>`
    select id as account, holder_sealed as "holderSealed" from access.account
     where organisation = ${organisation} and role = 'organisation-administrator' order by id`;
  return [...rows];
}
