import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { Role } from '../roles.ts';

type Connection = Database | Transaction;

/** An invitation as it is kept: hashes of what was given by two channels. */
export type InvitationRow = {
  readonly linkHash: Buffer;
  readonly codeHash: Buffer;
  readonly account: number;
  readonly madeBy: number;
  readonly whySealed: Buffer;
  readonly hours: number;
};

/** Keeps an invitation and withdraws those before it; false when no person may sign in to such an account. */
export async function insertInvitation(db: Database, row: InvitationRow): Promise<boolean> {
  const rows = await db`
    with withdrawn as (
      update access.invitation set withdrawn_at = now()
       where account = ${row.account} and used_at is null and withdrawn_at is null)
    insert into access.invitation (link_hash, code_hash, account, made_by, why_sealed, expires_at)
    select ${row.linkHash}, ${row.codeHash}, id, ${row.madeBy}, ${row.whySealed},
        now() + make_interval(hours => ${row.hours})
      from access.account a
     where id = ${row.account} and not exists (
       select from access.client c where c.account = a.id and c.revoked_at is null)
    returning account`;
  return rows.length === 1;
}

/**
 * The account that a link and a code invite. A wrong code is counted in the same statement, under the row's
 * lock: however many are tried at once, no more than the limit are compared.
 */
export async function tryInvitation(
  db: Connection,
  tried: { readonly linkHash: Buffer; readonly codeHash: Buffer; readonly wrongCodesMax: number },
): Promise<number | undefined> {
  const [row] = await db<{ account: number; isRight: boolean }[]>`
    update access.invitation
       set wrong_codes = wrong_codes + (code_hash <> ${tried.codeHash})::int
     where link_hash = ${tried.linkHash} and used_at is null and withdrawn_at is null
       and expires_at > now() and wrong_codes < ${tried.wrongCodesMax}
    returning account, code_hash = ${tried.codeHash} as "isRight"`;
  return row?.isRight === true ? row.account : undefined;
}

/** Uses an invitation up: true for one caller only. */
export async function useInvitation(tx: Transaction, linkHash: Buffer): Promise<boolean> {
  const rows = await tx`
    update access.invitation set used_at = now()
     where link_hash = ${linkHash} and used_at is null and withdrawn_at is null and expires_at > now()
    returning account`;
  return rows.length === 1;
}

/** Notes that a challenge was answered; false when it was before. What expired is forgotten with it. */
export async function useChallenge(tx: Transaction, hash: Buffer, expiresAt: number): Promise<boolean> {
  await tx`
    delete from access.used_challenge where hash in (
      select hash from access.used_challenge where expires_at < now() - interval '1 hour'
       limit 100 for update skip locked)`;
  const rows = await tx`
    insert into access.used_challenge (hash, expires_at) values (${hash}, ${new Date(expiresAt)})
    on conflict do nothing returning hash`;
  return rows.length === 1;
}

/** What a passkey being made needs to know of its account. */
export type Enrolling = { readonly userHandle: Buffer; readonly holderSealed: Buffer };

/** The account's handle, given to it now if it had none; undefined when there is no such account. */
export async function readEnrolling(
  db: Database,
  account: number,
  newHandle: Buffer,
): Promise<Enrolling | undefined> {
  const [row] = await db<Enrolling[]>`
    update access.account set user_handle = coalesce(user_handle, ${newHandle}) where id = ${account}
    returning user_handle as "userHandle", holder_sealed as "holderSealed"`;
  return row;
}

/** A passkey as it is kept: its public half only. */
export type PasskeyRow = {
  readonly credential: Buffer;
  readonly account: number;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly backedUp: boolean;
};

/** Adds a passkey; false when it is already somebody's. */
export async function insertPasskey(tx: Transaction, row: PasskeyRow): Promise<boolean> {
  const rows = await tx`
    insert into access.passkey (credential, account, public_key, counter, backed_up)
    values (${row.credential}, ${row.account}, ${row.publicKey}, ${row.counter}::bigint, ${row.backedUp})
    on conflict do nothing returning credential`;
  return rows.length === 1;
}

/** The live passkey of a credential. */
export async function findPasskey(db: Database, credential: Buffer): Promise<PasskeyRow | undefined> {
  const [row] = await db<PasskeyRow[]>`
    select credential, account, public_key as "publicKey", counter::float8 as counter, backed_up as "backedUp"
      from access.passkey where credential = ${credential} and removed_at is null`;
  return row;
}

/** One's own passkeys, the oldest first. */
export type OwnPasskey = {
  readonly credential: Buffer;
  readonly createdAt: Date;
  readonly usedAt: Date | null;
  readonly backedUp: boolean;
};

/** The live passkeys of an account. */
export async function listPasskeys(db: Connection, account: number): Promise<OwnPasskey[]> {
  const rows = await db<OwnPasskey[]>`
    select credential, created_at as "createdAt", used_at as "usedAt", backed_up as "backedUp"
      from access.passkey where account = ${account} and removed_at is null order by created_at`;
  return [...rows];
}

/** Notes a use; false when the passkey is gone, or when its counter went back: a copy was used meanwhile. */
export async function usePasskey(
  tx: Transaction,
  used: Pick<PasskeyRow, 'credential' | 'counter' | 'backedUp'>,
): Promise<boolean> {
  const rows = await tx`
    update access.passkey set counter = ${used.counter}::bigint, backed_up = ${used.backedUp}, used_at = now()
     where credential = ${used.credential} and removed_at is null
       and (counter < ${used.counter}::bigint or (counter = 0 and ${used.counter}::bigint = 0))
    returning credential`;
  return rows.length === 1;
}

/** Removes every passkey of an account: a new holder, or one who lost them. */
export async function removePasskeys(tx: Transaction, account: number): Promise<void> {
  await tx`update access.passkey set removed_at = now() where account = ${account} and removed_at is null`;
}

/** Holds an account's row: what makes and what ends its keys and sessions queue. */
export async function lockAccount(tx: Transaction, account: number): Promise<void> {
  await tx`select from access.account where id = ${account} for update`;
}

/** Whether a session was not ended. */
export async function isSessionLive(tx: Transaction, session: bigint): Promise<boolean> {
  const rows = await tx`
    select from access.session where session = ${String(session)}::text::bigint and ended_at is null`;
  return rows.length === 1;
}

/** Minutes since the account made its first passkey, removed ones too; null when it never had one. */
export async function minutesSinceFirstKey(tx: Transaction, account: number): Promise<number | null> {
  const [row] = await tx<{ minutes: number | null }[]>`
    select extract(epoch from now() - min(created_at))::float8 / 60 as minutes
      from access.passkey where account = ${account}`;
  return row?.minutes ?? null;
}

/** Removes one passkey unless it is the last; whether it did. The account's lock makes two removals queue. */
export async function removePasskey(tx: Transaction, account: number, credential: Buffer): Promise<boolean> {
  await lockAccount(tx, account);
  const rows = await tx`
    update access.passkey set removed_at = now()
     where credential = ${credential} and account = ${account} and removed_at is null
       and exists (select from access.passkey other
                    where other.account = ${account} and other.removed_at is null
                      and other.credential <> ${credential})
    returning credential`;
  await tx`
    update access.session set ended_at = now(), ended_by = ${account}
     where passkey = ${credential} and ended_at is null and ${rows.length === 1}`;
  return rows.length === 1;
}

/** A session as it begins. */
export type SessionRow = {
  readonly hash: Buffer;
  readonly account: number;
  readonly passkey: Buffer;
  readonly network: number;
  readonly client: number;
};

/** Begins a session; its number. */
export async function insertSession(tx: Transaction, row: SessionRow): Promise<string> {
  const [added] = await tx`
    insert into access.session (hash, account, passkey, network, client)
    values (${row.hash}, ${row.account}, ${row.passkey}, ${row.network}, ${row.client})
    returning session::text as session`;
  return added?.session;
}

/** One of an account's sessions. */
export type OwnSession = {
  readonly session: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
};

/** The sessions of an account that were not ended, the newest first. */
export async function listSessions(db: Database, account: number): Promise<OwnSession[]> {
  const rows = await db<OwnSession[]>`
    select session::text as session, created_at as "createdAt", seen_at as "seenAt" from access.session
     where account = ${account} and ended_at is null order by created_at desc limit 100`;
  return [...rows];
}

/** Ends one session of an account; false when it has no such session. */
export async function endSession(db: Connection, account: number, session: string): Promise<boolean> {
  const rows = await db`
    update access.session set ended_at = now(), ended_by = ${account}
     where session = ${session}::text::bigint and account = ${account} and ended_at is null
    returning session`;
  return rows.length === 1;
}

/** Ends the session of a cookie's hash, if there is one. */
export async function endSessionOf(db: Connection, hash: Buffer): Promise<void> {
  await db`
    update access.session set ended_at = now(), ended_by = account where hash = ${hash} and ended_at is null`;
}

/** Withdraws what would let somebody into an account that is being closed. */
export async function withdrawInvitations(db: Connection, account: number): Promise<void> {
  await db`
    update access.invitation set withdrawn_at = now()
     where account = ${account} and used_at is null and withdrawn_at is null`;
}

/** Ends every session of an account, those of its software too; how many there were. */
export async function endSessions(db: Connection, account: number, by: number): Promise<number> {
  const rows = await db`
    with of_software as (
      update access.software_session set ended_at = now(), ended_by = ${by}
       where account = ${account} and ended_at is null returning session),
    of_people as (
      update access.session set ended_at = now(), ended_by = ${by}
       where account = ${account} and ended_at is null returning session)
    select session from of_software union all select session from of_people`;
  return rows.length;
}

/** Where an account belongs. */
export type House = {
  readonly organisation: number;
  readonly insurer: number | null;
  readonly role: Role;
  readonly profession: string;
};

/** The house of an account, if it exists. */
export async function findHouse(db: Database, account: number): Promise<House | undefined> {
  const [row] = await db<House[]>`
    select organisation, insurer, role, profession from access.account where id = ${account}`;
  return row;
}
