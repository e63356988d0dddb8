import type { JSONWebKeySet } from 'jose';
import { byteaArray, intArray, textArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { Role } from '../roles.ts';

type Connection = Database | Transaction;

/** A client as it is registered. */
export type ClientRow = {
  readonly id: string;
  readonly nameSealed: Buffer;
  /** The organisation whose accounts it may act for; of a service, that of its account. */
  readonly organisation: number | null;
  readonly account: number | null;
  readonly redirects: readonly string[];
  readonly keys: JSONWebKeySet;
};

/**
 * Registers a client. A service account is one that no person signs in to: false when there is none such, or
 * it has a client already; or when there is no such organisation.
 */
export async function insertClient(db: Connection, row: ClientRow): Promise<boolean> {
  const rows = await db`
    insert into access.client (id, name_sealed, organisation, account, redirects, keys)
    select ${row.id}, ${row.nameSealed}, house.organisation, ${row.account}::int,
        ${textArray(row.redirects)}::text::text[], ${JSON.stringify(row.keys)}::text::jsonb
      from (
        select id as organisation from access.organisation
         where id = ${row.organisation}::int and ${row.account}::int is null
        union all
        select a.organisation from access.account a
         where a.id = ${row.account}::int and a.role in ('professional', 'insurer-service')
           and not exists (
             select from access.passkey p where p.account = a.id and p.removed_at is null)
           and not exists (
             select from access.invitation i
              where i.account = a.id and i.used_at is null and i.withdrawn_at is null
                and i.expires_at > now())) house
    on conflict do nothing
    returning id`;
  return rows.length === 1;
}

/** Puts other keys in the place of a client's; false when there is no such client any more. */
export async function replaceClientKeys(db: Connection, id: string, keys: JSONWebKeySet): Promise<boolean> {
  const rows = await db`
    update access.client set keys = ${JSON.stringify(keys)}::text::jsonb, keys_at = now()
     where id = ${id} and revoked_at is null returning id`;
  return rows.length === 1;
}

/** Revokes a client and ends what it signed in; false when there is no such client any more. */
export async function revokeClientRow(
  db: Connection,
  { id, by, whySealed }: { id: string; by: number; whySealed: Buffer | null },
): Promise<boolean> {
  const rows = await db`
    with ended as (
      update access.software_session set ended_at = now(), ended_by = ${by}::int
       where client = ${id} and ended_at is null)
    update access.client set revoked_at = now(), revoked_by = ${by}::int, why_sealed = ${whySealed}::bytea
     where id = ${id} and revoked_at is null returning id`;
  return rows.length === 1;
}

/** A client that may sign in. */
export type LiveClient = Omit<ClientRow, 'organisation'> & {
  readonly organisation: number;
  /** The role of its service account, when it has one. */
  readonly role: Role | null;
};

/** A client, unless it was revoked. */
export async function findClient(db: Connection, id: string): Promise<LiveClient | undefined> {
  // No text of the database holds it: asked for, it fails, and looks like a database that is away.
  if (id.includes('\0')) return undefined;
  const [row] = await db<LiveClient[]>`
    select c.id, c.name_sealed as "nameSealed", c.organisation, c.account,
        to_jsonb(c.redirects) as redirects, c.keys, a.role
      from access.client c left join access.account a on a.id = c.account
     where c.id = ${id} and c.revoked_at is null`;
  return row;
}

/** A client as an operator sees it. */
export type ListedClient = Omit<ClientRow, 'keys'> & {
  readonly number: number;
  readonly kids: readonly string[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
};

/** Every client there ever was, the oldest first. */
export async function listClientRows(db: Connection): Promise<ListedClient[]> {
  const rows = await db<ListedClient[]>`
    select id, number, name_sealed as "nameSealed", organisation, account,
        to_jsonb(redirects) as redirects,
        (select jsonb_agg(k -> 'kid') from jsonb_array_elements(keys -> 'keys') k) as kids,
        created_at as "createdAt", revoked_at as "revokedAt"
      from access.client order by number`;
  return [...rows];
}

/** Notes proofs and assertions as shown; how many of them never were before. */
export async function useOnce(db: Connection, hashes: readonly Buffer[], minutes: number): Promise<number> {
  const rows = await db`
    insert into access.used_proof (hash, expires_at)
    select hash, now() + make_interval(mins => ${minutes}::int)
      from unnest(${byteaArray(hashes)}::text::bytea[]) as shown(hash)
    on conflict do nothing returning hash`;
  return rows.length;
}

/** Forgets what nobody can show any more: what it was about has expired long since. */
export async function forgetUsedProofs(db: Connection): Promise<void> {
  await db`
    delete from access.used_proof where hash in (
      select hash from access.used_proof where expires_at < now() limit 100000)`;
  await db`delete from access.authorization_code where expires_at < now() - interval '1 day'`;
}

/** The session of a service at work: the one that is open, or a new one. */
export async function openServiceSession(
  db: Connection,
  { client, account, scope }: { client: string; account: number; scope: string },
): Promise<string | undefined> {
  const [row] = await db<{ session: string }[]>`
    with open as (
      select session from access.software_session
       where client = ${client} and account = ${account} and ended_at is null limit 1),
    added as (
      insert into access.software_session (client, account, scope)
      select ${client}, ${account}, ${scope} where not exists (select from open) returning session)
    select session::text as session from open union all select session::text from added`;
  return row?.session;
}

/** Notes where a session of software asks for its token. */
export async function touchSoftwareSession(
  db: Connection,
  { session, network }: { readonly session: string; readonly network: number },
): Promise<void> {
  await db`
    update access.software_session set seen_at = now(), network = ${network}
     where session = ${session}::text::bigint`;
}

/** One request that software signed: its proof's name, and what its token says. */
export type Shown = {
  readonly once: Buffer;
  readonly session: string;
  readonly client: string;
  readonly account: number;
  readonly network: number;
};

/** What the database says of it: whether its proof is new, and who acts, unless that has ended. */
export type Admitted = {
  readonly isNew: boolean;
  readonly account: number | null;
  readonly organisation: number;
  readonly profession: string;
  readonly role: Role;
  readonly insurer: number | null;
  readonly client: number;
  /** Nobody is served from its network now. */
  readonly isBlocked: boolean;
};

/**
 * Notes many proofs as shown and reads who acts, in one statement and in the order asked; the hashes differ.
 * It does not wait for the disk: a database that falls may forget the proofs of its last half-second, and
 * for the minute that these hold, whoever also holds their token could show them again.
 */
export async function admitShown(
  db: Database,
  shown: readonly Shown[],
  minutes: number,
): Promise<Admitted[]> {
  const rows = await db<Admitted[]>`
    with asked as materialized (
      select hash, session, client, account, network, place
        from unnest(
          ${byteaArray(shown.map(({ once }) => once))}::text::bytea[],
          ${intArray(shown.map(({ session }) => BigInt(session)))}::text::bigint[],
          ${textArray(shown.map(({ client }) => client))}::text::text[],
          ${intArray(shown.map(({ account }) => account))}::text::int[],
          ${intArray(shown.map(({ network }) => network))}::text::int[])
          with ordinality as a(hash, session, client, account, network, place)),
    hurry as materialized (select set_config('synchronous_commit', 'off', true) as off),
    noted as (
      insert into access.used_proof (hash, expires_at)
      select hash, now() + make_interval(mins => ${minutes}::int) from asked, hurry where off = 'off'
      on conflict do nothing returning hash)
    select n.hash is not null as "isNew", a.id as account, a.organisation, a.profession, a.role, a.insurer,
           c.number as client,
           exists (select from access.blocked_network b where b.network = asked.network and b.until > now())
             as "isBlocked"
      from asked
      left join noted n on n.hash = asked.hash
      left join access.software_session s
        on s.session = asked.session and s.client = asked.client and s.account = asked.account
       and s.ended_at is null and (s.expires_at is null or s.expires_at > now())
      left join access.client c on c.id = s.client and c.revoked_at is null
      left join access.account a on a.id = s.account and c.id is not null
     order by asked.place`;
  return [...rows];
}
