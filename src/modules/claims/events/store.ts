import { intArray, textArray, uuidArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { type ClaimEvent, type EventType, testType } from './event.ts';

/**
 * Keeps events until they are told, in the transaction of what became of the claims: told if and only if it
 * happened. One statement for all of them; an account without an endpoint costs nothing beyond it.
 */
export async function insertEvents(tx: Transaction, events: readonly ClaimEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx`
    insert into claims.webhook_delivery (endpoint, type, claim, at)
    select e.id, told.type, told.claim, told.at
      from unnest(
          ${intArray(events.map(({ account }) => account))}::text::int[],
          ${uuidArray(events.map(({ claim }) => claim))}::text::uuid[],
          ${textArray(events.map(({ type }) => type))}::text::text[],
          ${textArray(events.map(({ at }) => at.toISOString()))}::text::timestamptz[]
        ) as told (account, claim, type, at)
      join claims.webhook_endpoint e on e.account = told.account and e.ended_at is null`;
}

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

/** Lets a delivery of a live endpoint be sent once more, with all its tries; false when there is none such. */
export async function replayDelivery(db: Database, account: number, delivery: string): Promise<boolean> {
  const rows = await db`
    with replayed as (
      update claims.webhook_delivery d
         set next_at = now(), tries = 0, outcome = null, delivered_at = null, given_up_at = null
        from claims.webhook_endpoint e
       where d.id = ${delivery}::text::uuid and e.id = d.endpoint and e.account = ${account}
         and e.ended_at is null
      returning d.endpoint)
    update claims.webhook_endpoint e set rests_until = null from replayed
     where e.id = replayed.endpoint returning e.id`;
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

/** A delivery that is due, and what it is sent with. */
export type Taken = {
  readonly id: string;
  readonly type: EventType;
  readonly claim: string | null;
  readonly at: Date;
  /** This try counted. */
  readonly tries: number;
  readonly account: number;
  readonly endpoint: string;
  readonly url: string;
  readonly secretSealed: Buffer;
  readonly oldSecretSealed: Buffer | null;
  readonly isSlow: boolean;
};

/**
 * Takes one delivery that is due, of the endpoint that waits longest for its turn, swift ones first. Nothing
 * else of that endpoint is sent meanwhile, by any server; whoever took it and died has lost nothing: after
 * half a minute it is due again.
 */
export async function takeDelivery(db: Database, mayBeSlow: boolean): Promise<Taken | undefined> {
  // From endpoint to endpoint by the index: thousands may wait for one that is silent. The delivery is looked at
  // again as it is updated: another server may have settled it a moment ago.
  const [row] = await db<Taken[]>`
    with recursive waiting (endpoint) as (
      (select d.endpoint from claims.webhook_delivery d
        where d.delivered_at is null and d.given_up_at is null order by d.endpoint limit 1)
      union all
      select (select d.endpoint from claims.webhook_delivery d
               where d.delivered_at is null and d.given_up_at is null and d.endpoint > w.endpoint
               order by d.endpoint limit 1)
        from waiting w where w.endpoint is not null
    ), free as (
      select e.id from claims.webhook_endpoint e
       where e.id in (select w.endpoint from waiting w) and e.ended_at is null
         and (e.taken_until is null or e.taken_until <= now())
         and (e.rests_until is null or e.rests_until <= now())
         and (${mayBeSlow}::boolean or e.slow_tries = 0)
         and exists (select from claims.webhook_delivery d
                      where d.endpoint = e.id and d.delivered_at is null and d.given_up_at is null
                        and d.next_at <= now())
       order by e.slow_tries > 0, e.taken_at nulls first limit 1
       for no key update of e skip locked
    ), taken as (
      update claims.webhook_delivery d set tries = d.tries + 1 from free
       where d.id = (select n.id from claims.webhook_delivery n
                      where n.endpoint = free.id and n.delivered_at is null and n.given_up_at is null
                        and n.next_at <= now()
                      order by n.type <> ${testType}, n.next_at, n.at limit 1)
         and d.delivered_at is null and d.given_up_at is null and d.next_at <= now()
      returning d.id, d.endpoint, d.type, d.claim, d.at, d.tries)
    update claims.webhook_endpoint e set taken_at = now(), taken_until = now() + interval '30 seconds'
      from taken where e.id = taken.endpoint
    returning taken.id::text as id, taken.type, taken.claim::text as claim, taken.at, taken.tries,
        e.id::text as endpoint, e.account, e.url, e.secret_sealed as "secretSealed",
        e.slow_tries > 0 as "isSlow",
        case when e.old_secret_until > now() then e.old_secret_sealed end as "oldSecretSealed"`;
  return row;
}

/**
 * How a try ended: told, due again after a wait, or given up when there is none. Its endpoint is free again; one
 * that was silent rests for seconds at first, and for ten minutes in the end.
 */
export async function settleDelivery(
  db: Database,
  settled: {
    readonly id: string;
    readonly outcome: string;
    readonly isTold: boolean;
    readonly waitSeconds: number | null;
    readonly isSlow: boolean;
  },
): Promise<void> {
  const { isTold, isSlow, waitSeconds } = settled;
  const isGivenUp = !isTold && waitSeconds === null;
  await db`
    with settled as (
      update claims.webhook_delivery set outcome = ${settled.outcome},
          delivered_at = case when ${isTold}::boolean then now() end,
          given_up_at = case when ${isTold}::boolean then null when ${isGivenUp}::boolean then now()
            else given_up_at end,
          next_at = now() + ${waitSeconds ?? 0}::int * interval '1 second'
       where id = ${settled.id}::text::uuid returning endpoint)
    update claims.webhook_endpoint e set taken_until = null,
        slow_tries = case when ${isSlow}::boolean then e.slow_tries + 1 else 0 end,
        rests_until = case when ${isSlow && !isTold}::boolean
          then now() + least(600, 5 * 2 ^ least(e.slow_tries, 7)) * interval '1 second' end
      from settled where e.id = settled.endpoint`;
}

/** As many as one statement deletes within its time: whoever was away for long catches up by the minute. */
const forgottenAtOnce = 5_000;

/** Forgets what was told a month ago or given up three months ago, and secrets that were replaced. */
export async function forgetOldDeliveries(db: Database): Promise<void> {
  await db`
    update claims.webhook_endpoint set old_secret_sealed = null, old_secret_until = null
     where old_secret_until <= now()`;
  // An event that came in the instant its endpoint ended; one that waited for days behind others of a silent one.
  await db`
    update claims.webhook_delivery d set given_up_at = now(),
        outcome = coalesce(d.outcome, case when e.ended_at is null then 'no-turn' else 'ended' end)
      from claims.webhook_endpoint e
     where e.id = d.endpoint and d.delivered_at is null and d.given_up_at is null
       and (e.ended_at is not null or (e.slow_tries > 0 and d.next_at < now() - interval '4 days'))`;
  await db`
    delete from claims.webhook_delivery where id in (
      (select id from claims.webhook_delivery where delivered_at < now() - interval '30 days'
        limit ${forgottenAtOnce})
      union all
      (select id from claims.webhook_delivery where given_up_at < now() - interval '90 days'
        limit ${forgottenAtOnce}))`;
  await db`
    delete from claims.webhook_endpoint e
     where e.ended_at < now() - interval '90 days'
       and not exists (select from claims.webhook_delivery d where d.endpoint = e.id)`;
}
