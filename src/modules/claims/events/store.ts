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
  // From endpoint to endpoint by the index: thousands may wait for one that is silent. The delivery is looked
  // at again as it is updated: another server may have settled it a moment ago.
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
 * How a try ended: told, due again after a wait, or given up when there is none. Its endpoint is free again;
 * one that was silent rests for seconds at first, and for ten minutes in the end.
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
  // What came in the instant its endpoint ended; what waited for days behind others, for one that is silent.
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
