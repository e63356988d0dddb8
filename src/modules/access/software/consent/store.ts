import type { Transaction } from '../../../../platform/database/binary-copy.ts';
import type { Database } from '../../../../platform/database/connect.ts';
import type { Role } from '../../roles.ts';

type Connection = Database | Transaction;

/** A consent as it is kept, and the code that its software is given for it, by hash. */
export type ConsentRow = {
  readonly client: string;
  readonly account: number;
  readonly scope: string;
  readonly hours: number;
  readonly codeHash: Buffer;
  readonly codeSeconds: number;
  readonly redirect: string;
  readonly challenge: string;
  readonly jkt: string | null;
};

/** Keeps a consent with its code; false when the client was revoked meanwhile. */
export async function insertConsent(db: Connection, row: ConsentRow): Promise<boolean> {
  const rows = await db`
    with consent as (
      insert into access.software_session (client, account, scope, expires_at)
      select id, ${row.account}::int, ${row.scope}, now() + make_interval(hours => ${row.hours}::int)
        from access.client where id = ${row.client} and revoked_at is null
      returning session)
    insert into access.authorization_code (hash, session, redirect, challenge, jkt, expires_at)
    select ${row.codeHash}, session, ${row.redirect}, ${row.challenge}, ${row.jkt}::text,
        now() + make_interval(secs => ${row.codeSeconds}::int)
      from consent
    returning session`;
  return rows.length === 1;
}

/** What an account consented to, while it holds. */
export type Consented = {
  readonly session: string;
  readonly account: number;
  readonly role: Role;
  readonly scope: string;
};

/** A consent, as its code tells it. */
export type CodedConsent = Consented & {
  readonly redirect: string;
  readonly challenge: string;
  readonly jkt: string | null;
};

/**
 * Uses a code up, for its own client: of two who show it at once, one has it. One that was used before ends
 * what it began, since somebody has a copy.
 */
export async function useCode(
  db: Connection,
  { hash, client }: { hash: Buffer; client: string },
): Promise<CodedConsent | undefined> {
  const [row] = await db<CodedConsent[]>`
    with used as (
      update access.authorization_code c set used_at = now() from access.software_session s
       where c.hash = ${hash} and c.used_at is null and c.expires_at > now()
         and s.session = c.session and s.client = ${client}
      returning c.session, c.redirect, c.challenge, c.jkt)
    select s.session::text as session, s.account, a.role, s.scope, u.redirect, u.challenge, u.jkt
      from used u join access.software_session s on s.session = u.session
      join access.account a on a.id = s.account
     where s.ended_at is null`;
  if (row !== undefined) return row;
  // A statement of its own: what another server used at the same instant is seen by the next one only.
  await db`
    update access.software_session s set ended_at = now(), ended_by = 0 from access.authorization_code c
     where c.hash = ${hash} and c.used_at is not null and s.session = c.session and s.client = ${client}
       and s.ended_at is null`;
  return undefined;
}

/** Gives a consent its refresh token, bound to a key. */
export async function keepRefresh(
  db: Connection,
  { session, hash, jkt }: { session: string; hash: Buffer; jkt: string },
): Promise<void> {
  await db`
    update access.software_session set refresh_hash = ${hash}, jkt = ${jkt}
     where session = ${session}::text::bigint and refresh_hash is null`;
}

/** The consent of a refresh token, for its own client and key, while it holds. */
export async function findRefreshed(
  db: Connection,
  { hash, client, jkt }: { hash: Buffer; client: string; jkt: string },
): Promise<Consented | undefined> {
  const [row] = await db<Consented[]>`
    select s.session::text as session, s.account, a.role, s.scope
      from access.software_session s join access.account a on a.id = s.account
     where s.refresh_hash = ${hash} and s.client = ${client} and s.jkt = ${jkt}
       and s.ended_at is null and s.expires_at > now()`;
  return row;
}

/** Software that acts for an account, as its holder sees it. */
export type OwnConsent = {
  readonly session: string;
  readonly client: string;
  readonly nameSealed: Buffer;
  readonly scope: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** The consents of an account that hold, the newest first. */
export async function listConsents(db: Connection, account: number): Promise<OwnConsent[]> {
  const rows = await db<OwnConsent[]>`
    select s.session::text as session, c.id as client, c.name_sealed as "nameSealed", s.scope,
        s.created_at as "createdAt", s.expires_at as "expiresAt"
      from access.software_session s join access.client c on c.id = s.client
     where s.account = ${account} and s.ended_at is null and s.expires_at > now()
     order by s.created_at desc limit 100`;
  return [...rows];
}

/** Ends one consent of an account; false when it has no such consent. */
export async function endConsent(db: Connection, account: number, session: string): Promise<boolean> {
  const rows = await db`
    update access.software_session set ended_at = now(), ended_by = ${account}
     where session = ${session}::text::bigint and account = ${account} and ended_at is null
       and expires_at is not null
    returning session`;
  return rows.length === 1;
}
