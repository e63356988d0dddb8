import type { Database } from '../../../../platform/database/connect.ts';
import { testType } from '../../../../platform/outgoing/deliveries/retry.ts';
import type { EventType } from '../event.ts';

/** An endpoint as it is made. */
export type NewEndpoint = {
  readonly id: string;
  readonly account: number;
  readonly url: string;
  readonly secretSealed: Buffer;
};

/** An endpoint as its account sees it. */
export type Endpoint = {
  readonly id: string;
  readonly url: string;
  readonly createdAt: Date;
  /** Until when the secret before signs as well; null when none does. */
  readonly oldSecretUntil: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: 'holder' | 'gone' | null;
};

/** One's own endpoint: another's is like one that never was. */
export type Own = { readonly account: number; readonly endpoint: string };

/** Keeps an endpoint; false when the account has as many as it may. */
export async function insertEndpoint(db: Database, made: NewEndpoint, most: number): Promise<boolean> {
  return db.begin(async (tx) => {
    // Two that come together would not count each other.
    await tx`select pg_advisory_xact_lock(hashtextextended('vigie webhook endpoints', ${made.account}::int))`;
    const rows = await tx`
      insert into claims.webhook_endpoint (id, account, url, secret_sealed)
      select ${made.id}::text::uuid, ${made.account}::int, ${made.url}, ${made.secretSealed}
       where ${most}::int > (select count(*) from claims.webhook_endpoint
                              where account = ${made.account}::int and ended_at is null)
      returning id`;
    return rows.length === 1;
  });
}

/** An account's endpoints, the newest first; ended ones too, until they are forgotten. */
export async function readEndpoints(db: Database, account: number, most: number): Promise<Endpoint[]> {
  const rows = await db<Endpoint[]>`
    select id::text as id, url, created_at as "createdAt", ended_at as "endedAt", end_reason as "endReason",
        case when old_secret_until > now() then old_secret_until end as "oldSecretUntil"
      from claims.webhook_endpoint where account = ${account}
     order by created_at desc, id limit ${most}`;
  return [...rows];
}

/** Puts a new secret beside one that signs for a day more; until when, or undefined for no endpoint. */
export async function replaceSecret(
  db: Database,
  { account, endpoint }: Own,
  secretSealed: Buffer,
): Promise<Date | undefined> {
  const [row] = await db<{ until: Date }[]>`
    update claims.webhook_endpoint
       set old_secret_sealed = secret_sealed, old_secret_until = now() + interval '24 hours',
           secret_sealed = ${secretSealed}
     where id = ${endpoint}::text::uuid and account = ${account} and ended_at is null
    returning old_secret_until as until`;
  return row?.until;
}

/** Ends an endpoint for good: its secrets go, what waits for it is given up. False when there is none. */
export async function endEndpoint(
  db: Database,
  { account, endpoint }: Own,
  why: 'holder' | 'gone',
): Promise<boolean> {
  const rows = await db`
    with ended as (
      update claims.webhook_endpoint
         set ended_at = now(), end_reason = ${why},
             secret_sealed = null, old_secret_sealed = null, old_secret_until = null
       where id = ${endpoint}::text::uuid and account = ${account} and ended_at is null
      returning id), given_up as (
      update claims.webhook_delivery d set given_up_at = now(), outcome = coalesce(d.outcome, 'ended')
        from ended where d.endpoint = ended.id and d.delivered_at is null and d.given_up_at is null)
    select id from ended`;
  return rows.length === 1;
}

/** Lets a live endpoint be tried; the delivery, or undefined for no endpoint. One test waits at a time. */
export async function insertTest(
  db: Database,
  { account, endpoint }: Own,
  at: Date,
): Promise<string | undefined> {
  const [row] = await db<{ id: string }[]>`
    with own as (
      select id from claims.webhook_endpoint
       where id = ${endpoint}::text::uuid and account = ${account} and ended_at is null
    ), waiting as (
      select d.id from claims.webhook_delivery d join own on own.id = d.endpoint
       where d.type = ${testType} and d.delivered_at is null and d.given_up_at is null limit 1
    ), inserted as (
      insert into claims.webhook_delivery (endpoint, type, at)
      select own.id, ${testType}, ${at.toISOString()}::text::timestamptz from own
       where not exists (select from waiting) returning id
    ), roused as (
      update claims.webhook_endpoint e set rests_until = null from own where e.id = own.id)
    select id::text as id from waiting union all select id::text from inserted`;
  return row?.id;
}

/** Lets a delivery of a live endpoint be sent once more, with all its tries; false when there is none. */
export async function sendDeliveryAgain(db: Database, account: number, delivery: string): Promise<boolean> {
  const rows = await db`
    with again as (
      update claims.webhook_delivery d
         set next_at = now(), tries = 0, outcome = null, delivered_at = null, given_up_at = null
        from claims.webhook_endpoint e
       where d.id = ${delivery}::text::uuid and e.id = d.endpoint and e.account = ${account}
         and e.ended_at is null
      returning d.endpoint)
    update claims.webhook_endpoint e set rests_until = null from again
     where e.id = again.endpoint returning e.id`;
  return rows.length === 1;
}

/** A delivery as its account sees it. */
export type Delivery = {
  readonly id: string;
  readonly endpoint: string;
  readonly type: EventType;
  readonly claim: string | null;
  readonly at: Date;
  readonly tries: number;
  readonly outcome: string | null;
  readonly deliveredAt: Date | null;
  readonly nextAt: Date | null;
  readonly givenUpAt: Date | null;
};

/** The last deliveries of an account, or of one of its endpoints; the newest first. */
export async function readDeliveries(
  db: Database,
  of: { readonly account: number; readonly endpoint: string | null; readonly most: number },
): Promise<Delivery[]> {
  const rows = await db<Delivery[]>`
    select d.id::text as id, d.endpoint::text as endpoint, d.type, d.claim::text as claim, d.at, d.tries,
        d.outcome, d.delivered_at as "deliveredAt", d.given_up_at as "givenUpAt",
        case when e.ended_at is null and d.delivered_at is null and d.given_up_at is null
          then d.next_at end as "nextAt"
      from claims.webhook_endpoint e
      cross join lateral (
        select * from claims.webhook_delivery l where l.endpoint = e.id order by l.at desc limit ${of.most}) d
     where e.account = ${of.account} and (${of.endpoint}::text is null or e.id = ${of.endpoint}::text::uuid)
     order by d.at desc, d.id limit ${of.most}`;
  return [...rows];
}
