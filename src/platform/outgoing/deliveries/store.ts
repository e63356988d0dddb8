import type { Database } from '../../database/connect.ts';
import { testType } from './retry.ts';

/**
 * Where a module keeps its endpoints and what is on its way to them; the server may select both and update
 * these columns. Endpoints: id, ended_at, taken_at, taken_until, slow_tries, rests_until. Deliveries: id,
 * endpoint, type, at, next_at, tries, outcome, delivered_at, given_up_at.
 */
export type DeliveryTables = { readonly endpoints: string; readonly deliveries: string };

/** A delivery that is due. */
export type Due = {
  readonly id: string;
  readonly endpoint: string;
  readonly type: string;
  /** This try counted. */
  readonly tries: number;
  readonly isSlow: boolean;
};

/**
 * Takes one delivery that is due, of the endpoint that waits longest for its turn, swift ones first. Nothing
 * else of that endpoint is sent meanwhile, by any server; whoever took it and died has lost nothing: after
 * half a minute it is due again.
 */
export async function takeDue(
  db: Database,
  { endpoints, deliveries }: DeliveryTables,
  mayBeSlow: boolean,
  /** Which endpoints, as a condition on `e`; all of them unless it is given. */
  which = db`true`,
): Promise<Due | undefined> {
  // From endpoint to endpoint by the index: thousands may wait for one that is silent. The delivery is looked
  // at again as it is updated: another server may have settled it a moment ago.
  const [row] = await db<Due[]>`
    with recursive waiting (endpoint) as (
      (select d.endpoint from ${db(deliveries)} d
        where d.delivered_at is null and d.given_up_at is null order by d.endpoint limit 1)
      union all
      select (select d.endpoint from ${db(deliveries)} d
               where d.delivered_at is null and d.given_up_at is null and d.endpoint > w.endpoint
               order by d.endpoint limit 1)
        from waiting w where w.endpoint is not null
    ), free as (
      select e.id from ${db(endpoints)} e
       where e.id in (select w.endpoint from waiting w) and e.ended_at is null
         and (e.taken_until is null or e.taken_until <= now())
         and (e.rests_until is null or e.rests_until <= now())
         and (${mayBeSlow}::boolean or e.slow_tries = 0) and ${which}
         and exists (select from ${db(deliveries)} d
                      where d.endpoint = e.id and d.delivered_at is null and d.given_up_at is null
                        and d.next_at <= now())
       order by e.slow_tries > 0, e.taken_at nulls first limit 1
       for no key update of e skip locked
    ), taken as (
      update ${db(deliveries)} d set tries = d.tries + 1 from free
       where d.id = (select n.id from ${db(deliveries)} n
                      where n.endpoint = free.id and n.delivered_at is null and n.given_up_at is null
                        and n.next_at <= now()
                      order by n.type <> ${testType}, n.next_at, n.at limit 1)
         and d.delivered_at is null and d.given_up_at is null and d.next_at <= now()
      returning d.id, d.endpoint, d.type, d.tries)
    update ${db(endpoints)} e set taken_at = now(), taken_until = now() + interval '30 seconds'
      from taken where e.id = taken.endpoint
    returning taken.id::text as id, e.id::text as endpoint, taken.type, taken.tries,
        e.slow_tries > 0 as "isSlow"`;
  return row;
}

/**
 * How a try ended: told, due again after a wait, or given up when there is none. Its endpoint is free again;
 * one that was silent rests for seconds at first, and for ten minutes in the end.
 */
export async function settleDelivery(
  db: Database,
  { endpoints, deliveries }: DeliveryTables,
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
      update ${db(deliveries)} set outcome = ${settled.outcome},
          delivered_at = case when ${isTold}::boolean then now() end,
          given_up_at = case when ${isTold}::boolean then null when ${isGivenUp}::boolean then now()
            else given_up_at end,
          next_at = now() + ${waitSeconds ?? 0}::int * interval '1 second'
       where id = ${settled.id}::text::uuid returning endpoint)
    update ${db(endpoints)} e set taken_until = null,
        slow_tries = case when ${isSlow}::boolean then e.slow_tries + 1 else 0 end,
        rests_until = case when ${isSlow && !isTold}::boolean
          then now() + least(600, 5 * 2 ^ least(e.slow_tries, 7)) * interval '1 second' end
      from settled where e.id = settled.endpoint`;
}

/** As many as one statement deletes within its time: whoever was away for long catches up by the minute. */
const forgottenAtOnce = 5_000;

/** Gives up what had no turn, forgets what was told a month ago or given up three months ago. */
export async function forgetDeliveries(
  db: Database,
  { endpoints, deliveries }: DeliveryTables,
): Promise<void> {
  // What came in the instant its endpoint ended; what waited for days behind others, for one that is silent.
  await db`
    update ${db(deliveries)} d set given_up_at = now(),
        outcome = coalesce(d.outcome, case when e.ended_at is null then 'no-turn' else 'ended' end)
      from ${db(endpoints)} e
     where e.id = d.endpoint and d.delivered_at is null and d.given_up_at is null
       and (e.ended_at is not null or (e.slow_tries > 0 and d.next_at < now() - interval '4 days'))`;
  await db`
    delete from ${db(deliveries)} where id in (
      (select id from ${db(deliveries)} where delivered_at < now() - interval '30 days'
        limit ${forgottenAtOnce})
      union all
      (select id from ${db(deliveries)} where given_up_at < now() - interval '90 days'
        limit ${forgottenAtOnce}))`;
  await db`
    delete from ${db(endpoints)} e
     where e.ended_at < now() - interval '90 days'
       and not exists (select from ${db(deliveries)} d where d.endpoint = e.id)`;
}
