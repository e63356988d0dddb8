import { intArray } from '../../../platform/database/arrays.ts';
import type { Database } from '../../../platform/database/connect.ts';
import type { Role } from '../roles.ts';

/** Which accounts a caller may see, and which of them are asked for. */
export type AccountFilter = {
  /** Only this organisation's, or this insurer's; null: everybody's. */
  readonly organisation: number | null;
  readonly insurer: number | null;
  readonly roles: readonly Role[];
  readonly number: number | null;
  readonly emailIndex: Buffer | null;
  /** Only these accounts, when not null. */
  readonly among: readonly number[] | null;
  /** Only this profession, when not null. */
  readonly profession: string | null;
  readonly sort: AccountSort;
  /** The last account of the page before, in the same order. */
  readonly after: number | null;
  readonly most: number;
};

/** What accounts may be ordered by; a minus turns it around. Names are sealed: nothing can order them. */
export const accountSorts = ['number', '-number', 'profession', '-profession', 'seen', '-seen'] as const;
export type AccountSort = (typeof accountSorts)[number];

/** An account as a list shows it, names still sealed. */
export type ListedRow = {
  readonly account: number;
  readonly organisation: number;
  readonly organisationSealed: Buffer;
  readonly profession: string;
  readonly role: Role;
  readonly holderSealed: Buffer;
  readonly passkeys: number;
  readonly seenAt: Date | null;
};

/** Accounts in the order that is asked; those that are equal in it, by their numbers. */
export async function listAccounts(db: Database, filter: AccountFilter): Promise<ListedRow[]> {
  const { organisation, insurer, roles, number, emailIndex, among, profession, sort, after, most } = filter;
  const isDown = sort.startsWith('-');
  const place = placeOf(db, sort);
  const lastSeen = db`left join lateral (
    select max(s.seen_at) as at from access.session s where s.account = a.id) seen on true`;
  // The account to go on after is one of the caller's own, too: the place of another would tell of it.
  const isInReach = db`a.role = any (string_to_array(${roles.join(' ')}, ' '))
       and (${organisation}::int is null or a.organisation = ${organisation}::int)
       and (${insurer}::int is null or a.insurer = ${insurer}::int)`;
  const last = db`(
    select ${place}, a.id from access.account a ${lastSeen} where a.id = ${after}::int and ${isInReach})`;
  const rows = await db<ListedRow[]>`
    select a.id as account, a.organisation, o.name_sealed as "organisationSealed", a.profession, a.role,
           a.holder_sealed as "holderSealed", seen.at as "seenAt",
           (select count(*)::int from access.passkey p
             where p.account = a.id and p.removed_at is null) as passkeys
      from access.account a join access.organisation o on o.id = a.organisation ${lastSeen}
     where (${after}::int is null or (${place}, a.id) ${isDown ? db`<` : db`>`} ${last})
       and ${isInReach}
       and (${profession}::text is null or a.profession = ${profession}::text)
       and (${number}::int is null or a.id = ${number}::int)
       and (${emailIndex}::bytea is null or a.email_index = ${emailIndex}::bytea)
       and (${among === null} or a.id = any (${intArray(among ?? [])}::text::int[]))
     order by ${place} ${isDown ? db`desc` : db`asc`}, a.id ${isDown ? db`desc` : db`asc`}
     limit ${most}::int`;
  return [...rows];
}

/** An account's place in an order. */
function placeOf(db: Database, sort: AccountSort) {
  if (sort.endsWith('profession')) return db`(a.role || ' ' || a.profession)`;
  if (sort.endsWith('seen')) return db`coalesce(seen.at, '-infinity'::timestamptz)`;
  return db`a.id`;
}

/** A session as those who manage the account see it: where and with what, as keyed numbers. */
export type ManagedSession = {
  readonly session: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly endedAt: Date | null;
  readonly network: number;
  readonly client: number;
};

/** The last sessions of an account, ended ones too. */
export async function listManagedSessions(db: Database, account: number): Promise<ManagedSession[]> {
  const rows = await db<ManagedSession[]>`
    select session::text as session, created_at as "createdAt", seen_at as "seenAt", ended_at as "endedAt",
           network, client
      from access.session where account = ${account} order by created_at desc limit 50`;
  return [...rows];
}

/** Software that acts, or acted, for an account. */
export type ManagedSoftware = {
  readonly session: string;
  readonly client: string;
  readonly nameSealed: Buffer;
  readonly scope: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly endedAt: Date | null;
};

/** The last software of an account, that whose work has ended too. */
export async function listManagedSoftware(db: Database, account: number): Promise<ManagedSoftware[]> {
  const rows = await db<ManagedSoftware[]>`
    select s.session::text as session, c.id as client, c.name_sealed as "nameSealed", s.scope,
        s.created_at as "createdAt", s.expires_at as "expiresAt",
        case when s.expires_at < now() then least(s.ended_at, s.expires_at) else s.ended_at end as "endedAt"
      from access.software_session s join access.client c on c.id = s.client
     where s.account = ${account} order by s.created_at desc limit 50`;
  return [...rows];
}

/** What may be done to an account, as its page tells it. */
export const deedWords = [
  'open',
  'suspended',
  'invited',
  'allowance',
  'opened',
  'passkey-made',
  'passkey-removed',
  'sessions-ended',
] as const;

/** Something that was done to an account, its reason still sealed; some deeds have none. */
export type DeedRow = {
  readonly what: (typeof deedWords)[number];
  readonly at: Date;
  readonly by: number;
  readonly whySealed: Buffer | null;
  /** The new cap, of an allowance that was changed. */
  readonly cap: number | null;
};

/** What was done to an account, by its holder too, the newest first. Ends of one moment are one deed. */
export async function listDeeds(db: Database, account: number): Promise<DeedRow[]> {
  const rows = await db<DeedRow[]>`
    select standing as what, at, by, reason_sealed as "whySealed", null::int as cap
      from access.standing_reason where account = ${account}
    union all
    select 'invited', created_at, made_by, why_sealed, null from access.invitation where account = ${account}
    union all
    select 'allowance', at, by, reason_sealed, cap from access.figures_reason where account = ${account}
    union all
    select 'opened', created_at, 0, null, null from access.account where id = ${account}
    union all
    select 'passkey-made', created_at, account, null, null from access.passkey where account = ${account}
    union all
    select distinct 'passkey-removed', removed_at, account, null::bytea, null::int from access.passkey
     where account = ${account} and removed_at is not null
    union all
    select distinct 'sessions-ended', ended_at, ended_by, null::bytea, null::int from (
      select ended_at, ended_by from access.session where account = ${account}
      union all select ended_at, ended_by from access.software_session where account = ${account}) s
     where ended_at is not null and ended_by <> ${account}
    order by at desc limit 100`;
  return [...rows];
}

/** Keeps why an account may draw what it may, sealed. */
export async function insertFiguresReason(
  db: Database,
  row: { account: number; cap: number; reasonSealed: Buffer; by: number },
): Promise<void> {
  await db`
    insert into access.figures_reason (account, cap, reason_sealed, by)
    values (${row.account}, ${row.cap}, ${row.reasonSealed}, ${row.by})`;
}
