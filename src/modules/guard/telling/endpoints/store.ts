import { textArray } from '../../../../platform/database/arrays.ts';
import type { Transaction } from '../../../../platform/database/binary-copy.ts';
import type { Database } from '../../../../platform/database/connect.ts';
import { testType } from '../../../../platform/outgoing/deliveries/retry.ts';
import type { EndpointKind } from '../store.ts';

/** A webhook as it is made. */
export type NewWebhook = {
  readonly id: string;
  readonly url: string;
  readonly secretSealed: Buffer;
  readonly by: number;
};

/** Keeps a webhook, with an event that tries it; false when there are as many as there may be. */
export async function insertWebhook(tx: Transaction, made: NewWebhook, most: number): Promise<boolean> {
  // Two that come together would not count each other.
  await tx`select pg_advisory_xact_lock(hashtextextended('vigie guard endpoints', 0))`;
  const rows = await tx`
    insert into guard.endpoint (id, kind, url, secret_sealed, made_by)
    select ${made.id}::text::uuid, 'webhook', ${made.url}, ${made.secretSealed}, ${made.by}::int
     where ${most}::int > (select count(*) from guard.endpoint where kind = 'webhook' and ended_at is null)
    returning id`;
  if (rows.length === 0) return false;
  await tx`
    with written as (
      insert into guard.event (type, at, data) values (${testType}, ledger.now(), '{}')
      returning id, type, at)
    insert into guard.delivery (endpoint, event, type, at)
    select ${made.id}::text::uuid, w.id, w.type, w.at from written w`;
  return true;
}

/** Ends a webhook for good: its secret goes, what waits for it is given up. Its address, or undefined. */
export async function endWebhook(
  db: Database | Transaction,
  endpoint: string,
  why: 'officer' | 'gone',
): Promise<string | undefined> {
  const [row] = await db<{ url: string }[]>`
    with ended as (
      update guard.endpoint set ended_at = now(), end_reason = ${why}, secret_sealed = null
       where id = ${endpoint}::text::uuid and kind = 'webhook' and ended_at is null returning id, url),
    given_up as (
      update guard.delivery d set given_up_at = now(), outcome = coalesce(d.outcome, 'ended')
        from ended where d.endpoint = ended.id and d.delivered_at is null and d.given_up_at is null)
    select url from ended`;
  return row?.url;
}

/** An endpoint that a setting names: `target` is a mark of where it leads. */
export type NamedEndpoint = { readonly kind: EndpointKind; readonly target: string };

/** Longer than a server takes to start again. Assumed. */
const namedMinutes = 15;

/** Keeps an endpoint alive for each setting, and ends those that no server named for a quarter of an hour. */
export async function keepNamedEndpoints(db: Database, named: readonly NamedEndpoint[]): Promise<void> {
  const kinds = textArray(named.map(({ kind }) => kind));
  const targets = textArray(named.map(({ target }) => target));
  // One of before marks keeps what waits for it.
  await db`
    update guard.endpoint e set target = given.target
      from unnest(${kinds}::text::text[], ${targets}::text::text[]) as given(kind, target)
     where e.kind = given.kind and e.target is null and e.ended_at is null
       and not exists (select from guard.endpoint o
                        where o.kind = e.kind and o.target = given.target and o.ended_at is null)`;
  await db`
    insert into guard.endpoint (kind, target, made_by)
    select kind, target, 0
      from unnest(${kinds}::text::text[], ${targets}::text::text[]) as given(kind, target)
    on conflict (kind, (coalesce(target, ''))) where kind <> 'webhook' and ended_at is null
      do update set named_at = now()`;
  await db`
    update guard.endpoint set ended_at = now(), end_reason = 'setting'
     where kind <> 'webhook' and ended_at is null
       and named_at < now() - make_interval(mins => ${namedMinutes}::int)`;
}

/** Has an endpoint told again of what was since an instant; how many events, undefined for no endpoint. */
export async function sendAgainSince(
  db: Database,
  asked: { readonly endpoint: string; readonly since: string; readonly most: number },
): Promise<number | undefined> {
  const [row] = await db<{ there: boolean; told: number }[]>`
    with live as (
      update guard.endpoint set rests_until = null
       where id = ${asked.endpoint}::text::uuid and ended_at is null returning id),
    again as (
      insert into guard.delivery (endpoint, event, type, at)
      select live.id, w.id, w.type, w.at from live, lateral (
        select * from guard.event o where o.at >= ${asked.since}::text::timestamptz and o.type <> ${testType}
         order by o.at desc limit ${asked.most}::int) w
      on conflict (endpoint, event) do update
        set next_at = now(), tries = 0, outcome = null, delivered_at = null, given_up_at = null
      returning id)
    select exists (select from live) as there, (select count(*)::int from again) as told`;
  return row?.there === true ? row.told : undefined;
}

/** An endpoint, and how telling it goes. */
export type Endpoint = {
  readonly id: string;
  readonly kind: EndpointKind;
  readonly url: string | null;
  readonly madeBy: number;
  readonly createdAt: Date;
  readonly waiting: number;
  readonly givenUp: number;
  readonly toldAt: Date | null;
  readonly lastOutcome: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
};

/** Every live endpoint, and those that ended within a week. */
export async function listEndpointRows(db: Database): Promise<Endpoint[]> {
  const rows = await db<Endpoint[]>`
    select e.id::text as id, e.kind, e.url, e.made_by as "madeBy", e.created_at as "createdAt",
        e.ended_at as "endedAt", e.end_reason as "endReason",
        (select count(*)::int from guard.delivery d
          where d.endpoint = e.id and d.delivered_at is null and d.given_up_at is null) as waiting,
        (select count(*)::int from guard.delivery d
          where d.endpoint = e.id and d.given_up_at is not null) as "givenUp",
        (select max(d.delivered_at) from guard.delivery d where d.endpoint = e.id) as "toldAt",
        (select d.outcome from guard.delivery d where d.endpoint = e.id and d.outcome is not null
          order by d.delivered_at is not null, d.at desc limit 1) as "lastOutcome"
      from guard.endpoint e
     where e.ended_at is null or e.ended_at > now() - interval '7 days'
     order by e.ended_at is not null, e.kind, e.created_at limit 100`;
  return [...rows];
}
