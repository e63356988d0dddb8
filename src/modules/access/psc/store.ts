import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';

type Connection = Database | Transaction;

/** Whom the provider named, by keyed indexes: the person as it calls them, and its own session. */
export type ProviderSession = { readonly subject: Buffer; readonly sid: Buffer | null };

/** A place that a professional may enter, its name still sealed. */
export type PlaceRow = {
  readonly account: number;
  readonly organisationSealed: Buffer;
  readonly profession: string;
};

/** The accounts of a professional that people sign in to, where the directory still lists them. */
export async function listPlaces(db: Connection, rpps: Buffer): Promise<PlaceRow[]> {
  const rows = await db<PlaceRow[]>`
    select a.id as account, o.name_sealed as "organisationSealed", a.profession
      from access.account a join access.organisation o on o.id = a.organisation
     where a.rpps_index = ${rpps} and a.role = 'professional' and a.unlisted_at is null
       and not exists (select from access.client c where c.account = a.id and c.revoked_at is null)
     order by a.id limit 100`;
  return [...rows];
}

/** A session that begins by the provider's word. */
export type PscSessionRow = ProviderSession & {
  readonly hash: Buffer;
  readonly account: number;
  readonly rpps: Buffer;
  readonly network: number;
  readonly client: number;
};

/** Begins a session of an account of this professional; its number, or undefined for any other account. */
export async function insertPscSession(tx: Transaction, row: PscSessionRow): Promise<string | undefined> {
  const [added] = await tx<{ session: string }[]>`
    insert into access.session (hash, account, psc_rpps, psc_subject, psc_sid, network, client)
    select ${row.hash}, a.id, a.rpps_index, ${row.subject}, ${row.sid}::bytea, ${row.network}, ${row.client}
      from access.account a
     where a.id = ${row.account} and a.rpps_index = ${row.rpps} and a.role = 'professional'
       and a.unlisted_at is null
       and not exists (select from access.client c where c.account = a.id and c.revoked_at is null)
    returning session::text as session`;
  return added?.session;
}

/** Keeps what signs out at the provider, sealed about the session's number. */
export async function keepHint(tx: Transaction, session: string, hintSealed: Buffer): Promise<void> {
  await tx`
    update access.session set psc_hint_sealed = ${hintSealed} where session = ${session}::text::bigint`;
}

/** What signs out at the provider, and forgets it; undefined for a session of another kind. */
export async function takeHint(db: Connection, session: string): Promise<Buffer | undefined> {
  const [row] = await db<{ hint: Buffer }[]>`
    with taken as (
      select session, psc_hint_sealed as hint from access.session
       where session = ${session}::text::bigint and psc_hint_sealed is not null for update),
    forgotten as (
      update access.session s set psc_hint_sealed = null from taken t where s.session = t.session)
    select hint from taken`;
  return row?.hint;
}

/** Whoever waits to choose a place. */
export type VisitRow = ProviderSession & {
  readonly hash: Buffer;
  readonly sealed: Buffer;
  readonly seconds: number;
};

/** Keeps a visit until its choice; those that were left are forgotten with it. */
export async function insertVisit(db: Database, row: VisitRow): Promise<void> {
  await db`
    with forgotten as (
      delete from access.psc_visit where hash in (
        select hash from access.psc_visit where expires_at < now() limit 100 for update skip locked))
    insert into access.psc_visit (hash, psc_subject, psc_sid, sealed, expires_at)
    values (${row.hash}, ${row.subject}, ${row.sid}::bytea, ${row.sealed},
      now() + make_interval(secs => ${row.seconds}::int))`;
}

/** A visit whose place is being chosen: used up, for one caller only. */
export async function takeVisit(
  tx: Transaction,
  hash: Buffer,
): Promise<(ProviderSession & { readonly sealed: Buffer }) | undefined> {
  const [row] = await tx<(ProviderSession & { sealed: Buffer })[]>`
    delete from access.psc_visit where hash = ${hash} and expires_at > now()
    returning psc_subject as subject, psc_sid as sid, sealed`;
  return row;
}

/** Ends what began in one of the provider's sessions, or in any of a person's; how many there were. */
export async function endProviderSessions(
  tx: Transaction,
  ended: { readonly subject: Buffer | null; readonly sid: Buffer | null },
): Promise<number> {
  const { subject, sid } = ended;
  await tx`
    delete from access.psc_visit
     where (${sid}::bytea is null or psc_sid = ${sid}::bytea)
       and (${subject}::bytea is null or psc_subject = ${subject}::bytea)`;
  const rows = await tx`
    update access.session set ended_at = now(), ended_by = 0, psc_hint_sealed = null
     where psc_subject is not null and ended_at is null
       and (${sid}::bytea is null or psc_sid = ${sid}::bytea)
       and (${subject}::bytea is null or psc_subject = ${subject}::bytea)
    returning session`;
  return rows.length;
}
