import type { Transaction } from '../../platform/database/binary-copy.ts';
import type { Database } from '../../platform/database/connect.ts';
import type { Role } from './roles.ts';

/** Adds an organisation; its number. */
export async function insertOrganisation(db: Database, nameSealed: Buffer): Promise<number> {
  const [row] = await db`
    insert into access.organisation (name_sealed) values (${nameSealed}) returning id`;
  return row?.id;
}

/** An account as it is stored: sealed texts and codes. */
export type AccountRow = {
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly role: Role;
  readonly holderSealed: Buffer;
  readonly emailIndex: Buffer | null;
  readonly insurer: number | null;
  /** Of the professional, when it is one's. */
  readonly rppsIndex: Buffer | null;
};

/** Adds an account that the ledger opened. */
export async function insertAccount(db: Database, row: AccountRow): Promise<void> {
  await db`
    insert into access.account (id, organisation, profession, role, holder_sealed, email_index, insurer,
      rpps_index)
    values (${row.account}, ${row.organisation}, ${row.profession}, ${row.role}, ${row.holderSealed},
      ${row.emailIndex}, ${row.insurer}, ${row.rppsIndex})`;
}

/** Keeps why a standing changed, sealed; false when there is no such account. */
export async function insertStandingReason(
  db: Database | Transaction,
  reason: { account: number; standing: string; reasonSealed: Buffer; by: number },
): Promise<boolean> {
  const rows = await db`
    insert into access.standing_reason (account, standing, reason_sealed, by)
    select id, ${reason.standing}, ${reason.reasonSealed}, ${reason.by} from access.account
     where id = ${reason.account}
    returning id`;
  return rows.length === 1;
}

/**
 * Whether an account had a hand in a suspension that still holds: it ordered it, first or again, or who did
 * invited it, and might have kept its key.
 */
export async function hasHandIn(db: Database, account: number, asking: number): Promise<boolean> {
  const [row] = await db<{ has_hand: boolean }[]>`
    select exists (
      select from access.standing_reason s
       where s.account = ${account} and s.standing = 'suspended'
         and s.id > coalesce((select max(o.id) from access.standing_reason o
                               where o.account = ${account} and o.standing = 'open'), 0)
         and (s.by = ${asking} or s.by in (
           select i.made_by from access.invitation i
            where i.account = ${asking} and i.used_at is not null and i.made_by <> 0))) as has_hand`;
  return row?.has_hand === true;
}

/** The name of an organisation, still sealed. */
export async function readOrganisationName(db: Database, organisation: number): Promise<Buffer> {
  const [row] = await db<{ sealed: Buffer }[]>`
    select name_sealed as sealed from access.organisation where id = ${organisation}`;
  if (row === undefined) throw new Error('every account has an organisation');
  return row.sealed;
}

/** How many accounts there are. */
export async function countAccounts(db: Database): Promise<number> {
  const [row] = await db`select count(*)::int as accounts from access.account`;
  return row?.accounts;
}

/** Fails when the database does not answer. */
export async function touchDatabase(db: Database): Promise<void> {
  await db`select 1`;
}

/** Where an account is told that its files were read, and the sealed secret that signs it. */
export type WebhookRow = { readonly account: number; readonly url: string; readonly secretSealed: Buffer };

/** Keeps an account's webhook. */
export async function insertWebhook(db: Database, { account, url, secretSealed }: WebhookRow): Promise<void> {
  await db`
    insert into access.webhook (account, url, secret_sealed) values (${account}, ${url}, ${secretSealed})`;
}

/** An account's webhook, if it has one. */
export async function findWebhook(db: Database, account: number): Promise<WebhookRow | undefined> {
  const [row] = await db<WebhookRow[]>`
    select account, url, secret_sealed as "secretSealed" from access.webhook where account = ${account}`;
  return row;
}
